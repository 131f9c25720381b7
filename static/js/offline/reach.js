// Is there a way to the server? A phone that says "online" may still have none.

const PATIENCE_MS = 4000;

/** True where the server answers within a few seconds. */
export async function canReach(fetch_ = fetch, isOnline = navigator.onLine) {
  if (!isOnline) return false;
  try {
    return (await fetch_("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}
