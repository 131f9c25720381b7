// What has to be written down: the difference between two states, as events for `sync.send`.

export function happened(before, after) {
  return [...begun(before, after), ...rounds(before, after), ...ways(before, after), ...pains(before, after), ...endings(before, after)];
}

/** Rounds that were all saved in another run, while "done" was not. */
export function owed(plan) {
  const open = plan.exercises.filter(({ settled, sets, sets_done: done }) => !settled && done >= sets);
  return open.map(({ slug }) => ({ kind: "done", slug }));
}

function begun(before, after) {
  const isTold = before.before === null && after.before !== null;
  return isTold ? [{ kind: "begin", pain_before: after.before }] : [];
}

function rounds(before, after) {
  const grown = Object.keys(after.whole).filter((slug) => after.whole[slug].length > before.whole[slug].length);
  return grown.map((slug) => ({ kind: "sets", slug, sets: after.whole[slug].length }));
}

function ways(before, after) {
  return after.plan.exercises.flatMap(({ slug, easier }) => {
    const steps = easier.slice(before.ways[slug] ?? 0, after.ways[slug] ?? 0);
    return steps.map(({ variant }) => ({ kind: "ease", slug, variant }));
  });
}

/** A sign that stops the session is told at once, with or without a number. Warm-up and cool-down are no exercise. */
function pains(before, after) {
  const { hurt } = after;
  const isTold = hurt && (hurt.zone || hurt.sign) && before.hurt !== hurt;
  if (!isTold || before.hurt?.zone) return [];
  const { feeling, where, pain = null } = hurt;
  const slug = hurt.loose && !hurt.sign ? null : hurt.slug;
  return [{ kind: "hurts", slug, pain, feeling, ...(where ? { where } : {}) }];
}

function endings(before, after) {
  const fresh = Object.keys(after.settled).filter((slug) => !before.settled[slug]);
  const isSigned = after.sheet === "signs"; // the server ends such a session by itself
  const ended = fresh
    .filter((slug) => after.settled[slug] !== "red" && !isSigned)
    .map((slug) => ({ kind: after.settled[slug] === "done" ? "done" : "skip", slug }));
  const isStopped = after.stopped && !before.stopped && !isSigned;
  return isStopped ? [{ kind: "stop" }] : ended;
}
