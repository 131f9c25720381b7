// The sounds of a session as tones, drawn sample by sample: the same ones in the track and in the page.

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

/** Rises quickly and dies away, so that nothing clicks. */
const loudnessAt = (t, length) => Math.min(1, t / 0.008) * Math.max(0, 1 - t / length) ** 1.6;

function valueAt(tones, t) {
  const heard = tones.filter(([, start, length]) => t >= start && t < start + length);
  return heard.reduce((sum, [hertz, start, length, loud]) => sum + loud * Math.sin(TAU * hertz * (t - start)) * loudnessAt(t - start, length), 0);
}

const drawn = new Map();

/** A sound as unsigned bytes around 128; drawn once. */
export function samplesOf(name) {
  if (!drawn.has(name)) {
    const tones = SOUNDS[name];
    const samples = Uint8Array.from({ length: Math.ceil(lengthOfSound(name) * RATE) }, (_, i) => 128 + Math.round(Math.max(-1, Math.min(1, valueAt(tones, i / RATE))) * 120));
    drawn.set(name, samples);
  }
  return drawn.get(name);
}
