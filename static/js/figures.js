// Pause and play for moving figures. They move without this; it adds the button, and rests them off screen.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const seen = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
    const wanted = target.closest("[data-figure]")?.dataset.running === "yes";
    if (wanted && isIntersecting) target.unpauseAnimations();
    else target.pauseAnimations();
  }));

  const run = (figure, on, asked = false) => {
    const svg = figure.querySelector(".is-moving");
    const button = figure.querySelector("button");
    figure.dataset.running = on ? "yes" : "no";
    // Pressing Play is consent, also where less motion was asked for.
    figure.classList.toggle("is-playing", asked || figure.classList.contains("is-playing"));
    if (on) svg.unpauseAnimations();
    else svg.pauseAnimations();
    button.textContent = on ? button.dataset.pause : button.dataset.play;
  };

  const start = (root) => root.querySelectorAll("[data-figure]:not([data-running])").forEach((figure) => {
    const svg = figure.querySelector(".is-moving");
    if (!svg?.pauseAnimations) return;
    const button = figure.querySelector("button");
    run(figure, !calm.matches);
    button.hidden = false;
    button.addEventListener("click", () => run(figure, figure.dataset.running !== "yes", true));
    calm.addEventListener("change", () => {
      if (calm.matches) figure.classList.remove("is-playing");
      run(figure, !calm.matches);
    });
    seen.observe(svg);
  });

  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
