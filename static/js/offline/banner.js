// The quiet line at the top: offline, saved here, waiting to be sent.

const PLURALS = new Intl.PluralRules(document.documentElement.lang || "en");

/** "one thing|%s things" with its number: the first form for one, the second for all else. */
export function fill(forms, number) {
  const [one, other] = forms.split("|");
  return (PLURALS.select(number) === "one" ? one : (other ?? one)).replace("%s", String(number));
}

/** What the line says; nothing where all is well. */
export function lineFor({ waiting, refused, isOffline, isSignedOut, isFrail }, words) {
  if (isFrail && (isOffline || isSignedOut)) return words.frail;
  if (isSignedOut && waiting) return fill(words.signIn, waiting);
  if (isOffline && waiting) return fill(words.offlineWaiting, waiting);
  if (isOffline) return words.offline;
  if (refused) return fill(words.stuck, refused);
  return "";
}

export function startBanner(outbox, words) {
  const banner = document.querySelector("[data-net]");
  if (!banner) return;
  const text = banner.querySelector("[data-net-text]");
  const draw = () => {
    const state = outbox.state();
    const line = lineFor({ ...state, isOffline: state.isOffline || !navigator.onLine }, words);
    if (text.textContent !== line) text.textContent = line;
    banner.classList.toggle("is-empty", !line);
    banner.querySelector("a").hidden = !state.refused;
  };
  outbox.onChange(draw);
  window.addEventListener("online", draw);
  window.addEventListener("offline", draw);
  draw();
}

/** A sentence among the page's messages; app.js gives it its button. */
export function toast(sentence, level) {
  const place = document.getElementById("messages");
  if (!place || !sentence) return;
  const note = document.createElement("p");
  note.className = `toast toast--${level}`;
  note.append(Object.assign(document.createElement("span"), { textContent: sentence }));
  place.append(note);
}
