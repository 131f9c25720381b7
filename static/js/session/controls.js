// What the buttons, the keys and the sliders do. `data-do` on a button names the event it sends.

import { keepSound, loadSound } from "./resume.js";

const KEYS = { " ": "toggle", ArrowRight: "skip", ArrowLeft: "back" };

/** `current` gives the state: with a sheet open, keys belong to the sheet. */
export function listen({ root, screen, leave, send, current }) {
  const value = (name) => {
    const chosen = root.querySelector(`[data-sheet] input[name="${name}"]:checked`);
    return chosen ? Number(chosen.value) : null;
  };
  // with no number chosen the browser says so at the row
  const tell = (type) => {
    if (root.querySelector(`[data-sheet] input[name="${type}"]`).reportValidity()) send({ type, value: value(type) });
  };

  const acts = {
    leave,
    before: () => tell("before"),
    pain: () => tell("pain"),
    sound: () => send({ type: "open", sheet: "sound" }),
    feel: ({ dataset }) => {
      screen.reset();
      send({ type: "feel", feeling: dataset.feeling, where: dataset.where, sign: dataset.sign !== undefined });
    },
  };

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    const name = button.dataset.do;
    if (acts[name]) acts[name](button);
    else send({ type: name });
  });

  root.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (current().sheet && !current().ended) send({ type: "close" });
    else leave();
  });

  root.addEventListener("keydown", (event) => {
    if (current().sheet || event.altKey || event.ctrlKey || event.metaKey) return;
    const type = KEYS[event.key];
    // Space presses the button that has the focus, as everywhere else.
    if (!type || (event.key === " " && event.target.closest("button, a"))) return;
    event.preventDefault();
    send({ type });
  });
}

/** Voice and sounds each have a switch and a volume, remembered on this device. */
export function listenToLoudness(root, store, speakers) {
  let sound = loadSound(store);
  const set = () => speakers.forEach((speaker) => speaker.set(sound));
  for (const input of root.querySelectorAll("[data-sound]")) {
    const name = input.dataset.sound;
    const isSwitch = input.type === "checkbox";
    if (isSwitch) input.checked = sound[name];
    else input.value = String(sound[name] * 100);
    input.addEventListener("input", () => {
      sound = { ...sound, [name]: isSwitch ? input.checked : Number(input.value) / 100 };
      keepSound(store, sound);
      set();
    });
  }
  set();
}
