// Green, amber or red: what pain during an exercise means. The same rule as on the server.

const MILD = 2;
const MOST = 5;
const MOST_WITH_CAUTION = 4;
const HIGH_BEFORE = 6;
/** Pain of 9 or 10 ends the session and calls for the warning signs. */
export const TOO_STRONG = 9;

/** An unknown start counts as no pain, from a start of 6 the rise alone counts; red stops the exercise. */
export function zoneOf(pain, before, { sharp = false, caution = false } = {}) {
  const rise = pain - (before ?? 0);
  if (sharp) return "red";
  if (before !== null && before >= HIGH_BEFORE) return rise >= 2 ? "red" : "green";
  if (pain > (caution ? MOST_WITH_CAUTION : MOST) || rise >= 3) return "red";
  return pain <= MILD || rise <= 1 ? "green" : "amber";
}
