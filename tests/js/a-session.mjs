// A short session for the tests: one movement that is counted, one that is held on each side.

const way = (fields) => ({ variant_name: fields.variant, dose: "2 rounds", sides: [], start: ["Lie down."], glance: ["Lie down."], cue: ["Lift."], breathing: "", figures: ["/f/"], hold_seconds: null, reps: null, per_side: false, ...fields });

export const bridge = {
  slug: "bridge", name: "Bridge", settled: false, sets_done: 0, rest_seconds: 30, flags: [],
  ...way({ variant: "full", sets: 2, reps: 8, hold_seconds: 3 }),
  easier: [way({ variant: "mini", sets: 2, reps: 6, hold_seconds: 2 }), way({ variant: "squeeze", sets: 1, reps: 6, hold_seconds: 2 })],
};

export const plank = {
  slug: "side-plank", name: "Side Plank", settled: false, sets_done: 0, rest_seconds: 30, flags: [],
  ...way({ variant: "knees", sets: 1, hold_seconds: 20, per_side: true, sides: ["left", "right"], start: ["On your left.", "On your right."], glance: ["On your left.", "On your right."], figures: ["/l/", "/r/"] }),
  easier: [],
};

export const aSession = (changes = {}) => ({
  token: "t", version: "v", day: "2026-11-23", level: 1, pain_before: 2, caution: false, warm_up: 120, cool_down: 60,
  exercises: [bridge, plank], ...changes,
});

/** Words by their own key, so that a test sees which one was taken. */
export const words = new Proxy({ round: "Round {n} of {of}", of: "of {n}", next: "Next: {name}", say_rest: "Rest {n}, round {round}", say_change: "Rest. Next: {name}.", say_switch: "Now {side}", times: "{n} times", held_for: "{n} s", at_left: "left", at_right: "right", call_at_once: ["chest"] }, {
  get: (known, key) => known[key] ?? (String(key).includes("_cue_") ? undefined : String(key)),
});
