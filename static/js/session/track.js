// One audio track for a whole session: a wave file of sounds and the silence between them.
// A phone keeps playing it with the screen locked, and its clock is the clock of the session.

export const RATE = 8000; // samples a second, 8 bits, one channel: 0.5 MB a minute
const TAU = 2 * Math.PI;

/** Each sound is a few tones: [hertz, start, length, loudness], in seconds. */
export const SOUNDS = {
  tick: [[880, 0, 0.07, 0.5]],
  start: [[523, 0, 0.16, 0.8], [784, 0.15, 0.4, 0.9]],
  half: [[660, 0, 0.14, 0.6], [660, 0.2, 0.2, 0.6]],
  switch: [[784, 0, 0.14, 0.8], [523, 0.15, 0.14, 0.8], [784, 0.3, 0.3, 0.8]],
  rest: [[523, 0, 0.2, 0.8], [392, 0.18, 0.5, 0.8]],
  end: [[523, 0, 0.2, 0.8], [659, 0.18, 0.2, 0.8], [784, 0.36, 0.7, 0.9]],
  out: [[440, 0, 0.09, 0.35]],
  back: [[330, 0, 0.09, 0.35]],
};

export const lengthOfSound = (name) => Math.max(...SOUNDS[name].map(([, start, length]) => start + length));

const drawn = new Map();

/** A sound as unsigned bytes around 128; drawn once. Each tone rises quickly and dies away, so that nothing clicks. */
export function samplesOf(name) {
  if (drawn.has(name)) return drawn.get(name);
  const sum = new Float32Array(Math.ceil(lengthOfSound(name) * RATE));
  for (const [hertz, start, length, loud] of SOUNDS[name]) {
    const first = Math.ceil(start * RATE);
    for (let i = first; i < (start + length) * RATE && i < sum.length; i += 1) {
      const t = i / RATE - start;
      const fade = Math.max(0, 1 - t / length);
      sum[i] += loud * Math.sin(TAU * hertz * t) * Math.min(1, t / 0.008) * fade * Math.sqrt(fade);
    }
  }
  const samples = new Uint8Array(sum.map((value) => 128 + Math.round(Math.max(-1, Math.min(1, value)) * 120)));
  drawn.set(name, samples);
  return samples;
}

export const nextTask = () => new Promise((go) => setTimeout(go));

/** All sounds, each in a task of its own. */
export async function drawSounds() {
  for (const name of Object.keys(SOUNDS)) {
    if (drawn.has(name)) continue;
    samplesOf(name);
    await nextTask();
  }
}

const SILENCE = new Uint8Array(RATE * 10).fill(128); // one piece, used over and over
const HEAD = 44;
const TAIL_MS = 1500; // the last sound may ring out

export const sampleAt = (ms) => Math.round((ms * RATE) / 1000);

/** The pieces of the file in order. Most of them are the same silence, so little memory is held here. */
export function piecesOf(marks, lengthMs) {
  const total = sampleAt(lengthMs + TAIL_MS);
  const pieces = [headOf(total)];
  let place = 0;
  const fill = (until) => {
    for (; place < until; place += Math.min(SILENCE.length, until - place)) pieces.push(SILENCE.subarray(0, until - place));
  };
  const sounds = marks.filter((mark) => mark.sound);
  sounds.forEach(({ at, sound }, i) => {
    const start = sampleAt(at);
    const room = Math.min(total, i + 1 < sounds.length ? sampleAt(sounds[i + 1].at) : total) - start;
    if (room <= 0) return;
    fill(start);
    const samples = samplesOf(sound).subarray(0, room);
    pieces.push(samples);
    place += samples.length;
  });
  fill(total);
  return pieces;
}

/** The head of a wave file with that many 8-bit samples. */
function headOf(samples) {
  const head = new DataView(new ArrayBuffer(HEAD));
  const text = (at, letters) => [...letters].forEach((letter, i) => head.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, HEAD - 8 + samples, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE, true);
  head.setUint32(28, RATE, true);
  head.setUint16(32, 1, true);
  head.setUint16(34, 8, true);
  text(36, "data");
  head.setUint32(40, samples, true);
  return new Uint8Array(head.buffer);
}
