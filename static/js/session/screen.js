// The page of the player: the only file that touches it. It writes what changed, and nothing else.

/** The part of the page with this mark; a plain sentence if it is missing. */
export function part(root, mark) {
  const found = root.querySelector(`[data-${mark}]`);
  if (!found) throw new Error(`The session page has no part marked data-${mark}.`);
  return found;
}

const NAMES = ["title", "note", "figure", "side", "ring", "arc", "number", "unit", "breath", "cue", "status", "easier", "easier-name", "shorter", "longer", "next-label", "next-thumb", "main", "dots"];
const LONG_CUE = 44; // letters; longer ones are set smaller
const REPS = "http://www.w3.org/2000/svg";

export function createScreen(root, words, { isCalm = () => false } = {}) {
  const parts = Object.fromEntries(NAMES.map((name) => [name, part(root, name)]));
  const sheets = [...root.querySelectorAll("[data-sheet]")];
  const cover = part(root, "sheets");
  let open = null;
  let thumb = null;
  let from = null;

  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const show = (element, isShown) => {
    if (element.hidden === isShown) element.hidden = !isShown;
  };
  const mark = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  function ring({ share, rep, part: { key } }, way) {
    const left = isCalm() ? Math.round((1 - share) * 20) * 5 : Math.round((1 - share) * 1000) / 10;
    mark(parts.arc, "stroke-dasharray", `${left} 100`);
    mark(parts.ring, "data-counts", rep ? "reps" : "time");
    segments(rep ? way.reps : 0, rep ? rep.number : 0, key);
  }

  /** Repetitions are drawn as pieces of the ring, filled one by one. */
  function segments(all, done, key) {
    const group = parts.ring.querySelector("[data-reps]");
    if (group.dataset.reps !== (all ? key : "")) {
      group.dataset.reps = all ? key : "";
      group.replaceChildren(...Array.from({ length: all }, (_, i) => segment(i, all)));
    }
    [...group.children].forEach((piece, i) => mark(piece, "class", i < done ? "r-fill" : "r-track-rep"));
  }

  function segment(i, all) {
    const circle = document.createElementNS(REPS, "circle");
    const length = 100 / all;
    const gap = Math.min(2.4, length / 3);
    const fields = { cx: 100, cy: 100, r: 88, pathLength: 100, "stroke-dasharray": `${length - gap} ${100 - length + gap}`, "stroke-dashoffset": `${-i * length - gap / 2}` };
    Object.entries(fields).forEach(([name, value]) => circle.setAttribute(name, value));
    return circle;
  }

  function sides({ side }, way) {
    show(parts.side, Boolean(side));
    if (!side) return;
    for (const pill of parts.side.children) {
      const isOn = pill.dataset.at === side;
      pill.classList.toggle("on", isOn);
      mark(pill, "aria-hidden", String(!isOn));
    }
  }

  function nextUp({ next }) {
    write(parts["next-label"], next.label);
    if (next.slug === thumb) return;
    thumb = next.slug;
    const drawn = thumb && document.querySelector(`[data-thumb="${CSS.escape(thumb)}"] :is(svg, img)`);
    const copy = drawn?.cloneNode(true);
    copy?.removeAttribute("aria-labelledby");
    copy?.setAttribute("aria-hidden", "true");
    copy?.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    parts["next-thumb"].replaceChildren(...(copy ? [copy] : []));
    show(parts["next-thumb"], Boolean(copy));
  }

  function sheet(name) {
    if (name === open) return;
    if (name && !open) from = document.activeElement;
    sheets.forEach((item) => show(item, item.dataset.sheet === name));
    show(cover, Boolean(name));
    open = name;
    const goal = name ? sheets.find((item) => item.dataset.sheet === name).querySelector("h2") : from;
    setTimeout(() => {
      // Once it is laid out: in one task it keeps a slow phone busy.
      root.querySelector("[data-stage]").inert = Boolean(open);
      if (open === name) goal?.focus();
    });
  }

  function dots(state) {
    const here = state.plan.exercises.findIndex(({ slug }) => !state.settled[slug]);
    [...parts.dots.children].forEach((dot, i) => mark(dot, "class", i === here ? "now" : state.settled[state.plan.exercises[i].slug] ? "done" : ""));
  }

  return {
    parts,
    draw(state, now, way) {
      mark(root, "data-phase", now.phase);
      mark(root, "data-kind", now.kind);
      mark(root, "data-running", state.running ? "yes" : "no");
      write(parts.title, now.title);
      write(parts.note, now.note);
      write(parts.number, now.number);
      mark(parts.number, "data-len", String(now.number.length));
      write(parts.unit, now.unit);
      write(parts.breath, now.breath);
      const cue = state.running ? now.cue : state.away ? words.away : words.paused;
      write(parts.cue, cue);
      mark(parts.cue, "data-long", cue.length > LONG_CUE ? "yes" : "no");
      write(parts.status, now.say);
      ring(now, way);
      sides(now, way);
      nextUp(now);
      dots(state);
      show(parts.easier, Boolean(now.easier));
      write(parts["easier-name"], now.easier?.variant_name ?? "");
      show(parts.shorter, now.canStretch);
      show(parts.longer, now.canStretch);
      write(part(parts.main, "main-label"), state.running ? words.pause : words.go_on);
      sheet(state.sheet);
    },
    /** What a sheet says about this pain: its number, and what can be done. */
    sheetWords(state, easier, nextLabel) {
      const { hurt } = state;
      root.querySelectorAll("[data-said]").forEach((item) => write(item, words.said.replace("{n}", hurt?.pain ?? "")));
      root.querySelectorAll("[data-detail]").forEach((item) => write(item, state.detail ?? ""));
      root.querySelectorAll("[data-offer-easier]").forEach((item) => show(item, Boolean(easier)));
      root.querySelectorAll("[data-offer-name]").forEach((item) => write(item, easier?.variant_name ?? ""));
      root.querySelectorAll("[data-go-to]").forEach((item) => write(item, nextLabel));
      root.querySelectorAll("[data-call-at-once]").forEach((item) => show(item, words.call_at_once.includes(hurt?.sign)));
    },
    reset() {
      root.querySelectorAll("[data-sheet] input[type=radio]").forEach((input) => {
        if (!input.closest("form[action]")) input.checked = false;
      });
    },
  };
}
