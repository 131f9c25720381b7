// Moving figures: pause and play, and a clock from outside.
//
// A figure moves by itself, without any script. This adds its button, and rests it off screen, on a
// hidden page and where less motion is asked for. Whoever keeps the time (the player of a session)
// imports the four functions; `figure` is the svg.is-moving element or anything around it.
//
//   duration(figure)       seconds of one round; 0 if nothing moves
//   seek(figure, seconds)  shows that moment; later rounds count on. Stays still where less motion
//                          is asked for.
//   pause(figure)          holds it where it is
//   play(figure)           lets it run on
//
// A figure that was given a clock with `seek` is not started again by anything but `play`.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const moving = (figure) => (figure?.matches?.("svg.is-moving") ? figure : figure?.querySelector?.("svg.is-moving"));

export const duration = (figure) => {
  const motion = moving(figure)?.querySelector("animate[dur], animateTransform[dur]");
  return motion ? Number.parseFloat(motion.getAttribute("dur")) : 0;
};

export const pause = (figure) => {
  const svg = moving(figure);
  if (!svg?.pauseAnimations) return;
  svg.dataset.running = "no";
  svg.pauseAnimations();
};

export const play = (figure) => {
  const svg = moving(figure);
  if (!svg?.unpauseAnimations) return;
  svg.dataset.running = "yes";
  if (svg.dataset.away !== "yes" && !document.hidden) svg.unpauseAnimations();
};

export const seek = (figure, seconds) => {
  const svg = moving(figure);
  if (!svg?.setCurrentTime) return;
  if (svg.dataset.running !== "no") pause(svg);
  if (!calm.matches) svg.setCurrentTime(Math.max(0, seconds));
};

const seen = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  target.dataset.away = isIntersecting ? "no" : "yes";
  if (!isIntersecting) target.pauseAnimations();
  else if (target.dataset.running === "yes") target.unpauseAnimations();
}));

document.addEventListener("visibilitychange", () => document.querySelectorAll("svg.is-moving").forEach((svg) => {
  if (document.hidden) svg.pauseAnimations();
  else if (svg.dataset.running === "yes" && svg.dataset.away !== "yes") svg.unpauseAnimations();
}));

// The button of a figure on a page. Pressing Play is consent, also where less motion was asked for.
const run = (box, on, asked = false) => {
  const button = box.querySelector("button");
  box.classList.toggle("is-playing", asked || box.classList.contains("is-playing"));
  if (on) play(box);
  else pause(box);
  button.textContent = on ? button.dataset.pause : button.dataset.play;
};

const start = (root) => root.querySelectorAll("[data-figure]:not([data-ready])").forEach((box) => {
  const svg = moving(box);
  if (!svg?.pauseAnimations) return;
  const button = box.querySelector("button");
  box.dataset.ready = "yes";
  run(box, !calm.matches);
  button.hidden = false;
  button.addEventListener("click", () => run(box, svg.dataset.running !== "yes", true));
  calm.addEventListener("change", () => {
    if (calm.matches) box.classList.remove("is-playing");
    run(box, !calm.matches);
  });
  seen.observe(svg);
});

start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
