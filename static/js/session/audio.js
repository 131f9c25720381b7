// The session's track in a media element, single sounds by Web Audio where no track plays, and the voice.

import { RATE, drawSounds, nextTask, samplesOf } from "./track.js";

const AT_ONCE = 1 << 19; // bytes of the file that are put together in one task

/** One file of many pieces, a part a task, so that no press has to wait for it. */
async function fileOf(pieces) {
  const parts = [];
  let some = [];
  let bytes = 0;
  for (const piece of pieces) {
    some.push(piece);
    bytes += piece.length;
    if (bytes < AT_ONCE) continue;
    parts.push(new Blob(some));
    [some, bytes] = [[], 0];
    await nextTask();
  }
  return new Blob([...parts, ...some], { type: "audio/wav" });
}

/** A track that can be laid out anew while it plays. `onStopped` is called when the device pauses it. */
export function createTrack({ element = new Audio(), onStopped = () => {} } = {}) {
  let address = null;
  let latest = null;
  let wanted = 0; // seconds; where to stand once the file is known
  let isWanted = false;
  let isHeld = true;

  const seek = () => {
    if (element.readyState > 0) element.currentTime = wanted;
    else element.addEventListener("loadedmetadata", () => (element.currentTime = wanted), { once: true });
  };

  element.addEventListener("pause", () => {
    if (isWanted && !element.ended) onStopped();
  });

  return {
    /** What was laid out is over: until the next load nothing is played. */
    hold() {
      isHeld = true;
      latest = null;
    },
    /** `pieces()` gives those of the file. False where something else was laid out meanwhile. */
    async load(pieces) {
      latest = pieces;
      await drawSounds();
      const file = await fileOf(pieces());
      if (latest !== pieces) return false;
      isHeld = false;
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(file);
      isWanted = false;
      element.src = address;
      return true;
    },
    play(at) {
      if (isHeld) return Promise.reject(new Error("no track yet"));
      wanted = at / 1000;
      seek();
      return element.play().then(() => {
        isWanted = true;
      });
    },
    pause() {
      isWanted = false;
      element.pause();
    },
    position: () => (element.readyState > 0 ? element.currentTime * 1000 : wanted * 1000),
    set({ sounds, sound_volume: volume }) {
      element.muted = !sounds;
      element.volume = volume;
    },
  };
}

export function createChime({ Context = window.AudioContext } = {}) {
  let context = null;
  let loudness = 1;

  const play = (name) => {
    if (!Context || !loudness) return;
    context ??= new Context();
    const samples = samplesOf(name);
    const buffer = context.createBuffer(1, samples.length, RATE);
    buffer.getChannelData(0).set(Float32Array.from(samples, (byte) => (byte - 128) / 128));
    const source = context.createBufferSource();
    const gain = context.createGain();
    gain.gain.value = loudness;
    source.buffer = buffer;
    source.connect(gain).connect(context.destination);
    source.start();
  };

  const set = ({ sounds, sound_volume: volume }) => {
    loudness = sounds ? volume : 0;
  };

  return { play, set };
}

/** What is said aloud, by the browser's own voice; it has a switch and a volume of its own. */
export function createVoice({ speech = window.speechSynthesis, Utterance = window.SpeechSynthesisUtterance, lang = "en-US" } = {}) {
  let isOn = true;
  let volume = 1;
  const canSpeak = Boolean(speech && Utterance);

  const hush = () => canSpeak && speech.cancel();

  // What was being said is cut short, for it is over.
  const say = (text) => {
    if (!canSpeak || !isOn || !volume || !text) return;
    hush();
    const line = new Utterance(text);
    line.lang = lang;
    line.volume = volume;
    speech.speak(line);
  };

  const set = (settings) => {
    isOn = settings.voice;
    volume = settings.voice_volume;
    if (!isOn) hush();
  };

  return { say, hush, set };
}
