// One audio track for a whole session: a wave file of sounds and the silence between them.
// A phone keeps playing it with the screen locked, and its clock is the clock of the session.

import { RATE, samplesOf } from "./sounds.js";

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
