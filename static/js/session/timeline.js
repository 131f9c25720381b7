// The parts of a whole session in order, as plain data: what is done, how often and for how long.

export const MOVE_SECONDS = 4; // two out, two back
export const OUT_SECONDS = 2;
export const READY_SECONDS = 10;
export const CHANGE_SECONDS = 20;
export const SWITCH_SECONDS = 8;
export const MOST_SECONDS = 99; // two digits can be read from afar

/** The way in which an exercise is done now: as planned, or so many steps easier. */
export const wayOf = (exercise, steps = 0) => (steps ? exercise.easier[steps - 1] : exercise);

/** Rounds asked for; an easier way never asks for more than the plan did. */
export const setsOf = (exercise, steps, done) => Math.max(Math.min(wayOf(exercise, steps).sets, exercise.sets), done, 1);

export const repSeconds = ({ hold_seconds: hold }) => MOVE_SECONDS + (hold ?? 0);

export const workSeconds = (way) => (way.reps ? way.reps * repSeconds(way) : way.hold_seconds ?? 0);

/**
 * The parts of one exercise, from the first round that is not done. `index` is its place in the
 * plan; a part's `key` stays the same when the session is laid out anew.
 */
function partsOf(exercise, index, steps, done) {
  const way = wayOf(exercise, steps);
  const sets = setsOf(exercise, steps, done);
  const sides = way.per_side ? [0, 1] : [null];
  const part = (kind, seconds, set = done + 1, side = sides[0]) => ({
    kind, seconds, set, side, index, slug: exercise.slug, sets,
    key: [exercise.slug, steps, kind, set, side ?? ""].join("/"),
  });
  const parts = index ? [part("change", CHANGE_SECONDS)] : [];
  parts.push(part("ready", READY_SECONDS));
  for (let set = done + 1; set <= sets; set += 1) {
    if (set > done + 1) parts.push(part("rest", exercise.rest_seconds, set));
    for (const side of sides) {
      if (side === 1) parts.push(part("switch", SWITCH_SECONDS, set, side));
      parts.push(part("work", workSeconds(way), set, side));
    }
  }
  return done >= sets ? [] : parts;
}

const plain = (kind, number, seconds) => ({ kind, seconds, set: number, side: null, index: null, slug: null, sets: 1, key: `${kind}/${number}` });

/** Two even halves, so that no number has three digits. */
const halves = (kind, seconds) => (seconds ? [plain(kind, 1, seconds / 2), plain(kind, 2, seconds / 2)] : []);

/**
 * All parts with their start and end in ms. `done` holds the rounds each exercise had done when the
 * session was laid out, `out` the exercises that are left out, `lengths` what a person changed.
 */
export function layOut(plan, { ways = {}, done = {}, out = {}, lengths = {} } = {}) {
  const exercises = plan.exercises.map((exercise, index) => ({ exercise, index })).filter(({ exercise }) => !out[exercise.slug]);
  const parts = halves("warm", plan.warm_up);
  for (const { exercise, index } of exercises) {
    parts.push(...partsOf(exercise, index, ways[exercise.slug] ?? 0, done[exercise.slug] ?? 0));
  }
  if (plan.cool_down) parts.push(plain("cool", 1, plan.cool_down));
  let start = 0;
  return parts.map((part) => {
    const ms = (lengths[part.key] ?? part.seconds) * 1000;
    const placed = { ...part, start, end: start + ms };
    start += ms;
    return placed;
  });
}

/** The number of the part at a time; the last one at the very end. */
export function placeAt(parts, at) {
  const found = parts.findIndex((part) => at < part.end);
  return found < 0 ? parts.length - 1 : found;
}

export const lengthOf = (parts) => (parts.length ? parts[parts.length - 1].end : 0);

/** Which exercise a pain is about: in a change the one before; in warm-up and cool-down none (`loose`). */
export function blamed(parts, part) {
  const behind = parts.filter((item) => item.slug && item.end <= part.start).pop();
  const near = part.kind === "change" ? behind ?? part : part;
  if (near.slug) return { slug: near.slug, loose: false };
  return { slug: (behind ?? parts.find((item) => item.slug))?.slug, loose: true };
}
