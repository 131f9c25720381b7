// Is there a way to the server? A phone that says "online" may still have none.

const PATIENCE_MS = 4000;

const asked = (fetch_, url, more) => fetch_(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS), ...more });

/** True where the server answers within a few seconds. */
export async function canReach(fetch_ = fetch, isOnline = navigator.onLine) {
  if (!isOnline) return false;
  try {
    return (await asked(fetch_, "/healthz", { method: "HEAD" })).ok;
  } catch {
    return false;
  }
}

/** True where the server also knows the person of this page: what a form sends arrives, and as theirs. */
export async function isKnown(person, fetch_ = fetch, isOnline = navigator.onLine) {
  if (!isOnline) return false;
  try {
    const answer = await asked(fetch_, "/offline/list/", { headers: { Accept: "application/json" } });
    return answer.ok && (await answer.json()).person === person;
  } catch {
    return false;
  }
}
