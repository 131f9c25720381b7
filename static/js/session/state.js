// What the timer of one exercise does, as pure functions: state and event in, state out.

export const READY_SECONDS = 5;
export const SWITCH_SECONDS = 5;

/** The parts of an exercise in order, from the first round that is not done yet. */
export function phasesOf({ sets, setsDone = 0, reps, hold = 0, move = 4, rest = 30, perSide = false }) {
  const seconds = reps ? reps * (move + hold) : hold;
  const sides = perSide ? [0, 1] : [null];
  const phases = [{ kind: "ready", seconds: READY_SECONDS, round: setsDone + 1, side: sides[0] }];
  for (let round = setsDone + 1; round <= sets; round += 1) {
    if (round > setsDone + 1) phases.push({ kind: "rest", seconds: rest, round, side: sides[0] });
    for (const side of sides) {
      if (side === 1) phases.push({ kind: "switch", seconds: SWITCH_SECONDS, round, side });
      phases.push({ kind: "work", seconds, round, side, reps: reps ?? null, hold });
    }
  }
  return phases;
}

export function begin(plan) {
  const done = plan.setsDone >= plan.sets;
  return { plan, phases: phasesOf(plan), index: 0, elapsed: 0, running: false, done };
}

/** The next state. Events: tick (with ms since the last one), toggle, pause, go, next. */
export function next(state, event) {
  if (state.done) return state;
  switch (event.type) {
    case "tick":
      return state.running ? pass(state, state.elapsed + Math.max(0, event.ms)) : state;
    case "toggle":
      return { ...state, running: !state.running };
    case "pause":
      return { ...state, running: false };
    case "go":
      return { ...state, running: true };
    case "next":
      return pass(state, lengthOf(state.phases[state.index]));
    default:
      throw new Error(`The timer knows no event "${event.type}".`);
  }
}

const lengthOf = (phase) => phase.seconds * 1000;

/** Carries what is too long for one part into the next, so that a sleeping page stays right. */
function pass(state, elapsed) {
  let { index } = state;
  let left = elapsed;
  while (left >= lengthOf(state.phases[index])) {
    left -= lengthOf(state.phases[index]);
    index += 1;
    if (index === state.phases.length) return { ...state, index: index - 1, elapsed: 0, running: false, done: true };
  }
  return { ...state, index, elapsed: left };
}

/** Rounds that are wholly done, both sides where there are two. */
export function setsDone(state) {
  if (state.done) return state.plan.sets;
  const passed = state.phases.slice(0, state.index).filter((phase) => phase.kind === "work");
  const sides = state.plan.perSide ? 2 : 1;
  return (state.plan.setsDone ?? 0) + Math.floor(passed.length / sides);
}

/** What to show: a number that counts repetitions up, or seconds down. */
export function view(state) {
  const phase = state.phases[state.index];
  const share = state.done ? 1 : Math.min(1, state.elapsed / lengthOf(phase));
  const counts = phase.kind === "work" && phase.reps !== null;
  const perRep = counts ? lengthOf(phase) / phase.reps : 0;
  const number = counts
    ? Math.min(phase.reps, Math.floor(state.elapsed / perRep) + 1)
    : Math.ceil((lengthOf(phase) - state.elapsed) / 1000);
  return { kind: state.done ? "end" : phase.kind, counts, number, share, ...pick(phase), rounds: state.plan.sets };
}

const pick = ({ round, side, reps = null, hold = 0 }) => ({ round, side, reps, hold });
