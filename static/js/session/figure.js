// The moving figure in step with the session: its film is sought, never left to run by itself.

const MOVE = 2.6; // seconds that the film takes between two poses, and in one
const HOLD = 1.4;

/** Where in the film a figure is. `length` is the film's in seconds; one pose alone stands still. */
export function filmAt({ mode, phase, share, ms }, length) {
  if (length < 2 * (MOVE + HOLD)) return 0;
  if (mode === "loop") return (ms / 1000) % length;
  if (mode === "held") return MOVE + HOLD / 2;
  if (phase === "out") return share * MOVE;
  return phase === "held" ? MOVE + share * HOLD : MOVE + HOLD + share * MOVE;
}

const lengthOf = (svg) => Number.parseFloat(svg.querySelector("animate, animateTransform")?.getAttribute("dur") ?? "0");

export function createFigure(place, { isCalm = () => false, load = fetchText } = {}) {
  const films = new Map();
  let shown = "";
  let svg = null;
  let length = 0;

  const get = (url) => {
    if (!films.has(url)) films.set(url, load(url).catch(() => (films.delete(url), "")));
    return films.get(url);
  };

  const show = async (url) => {
    shown = url;
    const markup = url ? await get(url) : "";
    if (shown !== url) return;
    const holder = document.createElement("template");
    holder.innerHTML = markup;
    const stills = holder.content.querySelectorAll(".is-twin svg");
    const moving = holder.content.querySelector("svg");
    svg = isCalm() && stills.length ? stills[stills.length - 1] : moving;
    length = svg ? lengthOf(svg) : 0;
    place.replaceChildren(...(svg ? [svg] : []));
    if (svg?.pauseAnimations) svg.pauseAnimations();
  };

  return {
    ahead: (url) => url && get(url),
    draw(figure) {
      if (figure.url !== shown) show(figure.url);
      if (svg?.setCurrentTime && length && !isCalm()) svg.setCurrentTime(filmAt(figure, length));
    },
  };
}

async function fetchText(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`No figure at ${url}`);
  return answer.text();
}
