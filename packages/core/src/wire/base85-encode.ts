import type { Bytes } from '../bytes.js';
import { DIGITS, LINE_FEED } from './base85.js';

const LESS_THAN = 0x3c;
const EXCLAMATION = 0x21;

const LINE_BYTES = 197 * 4;

/** Digits in a full line. */
export const LINE_DIGITS: number = (LINE_BYTES / 4) * 5;

/** A full line and its line feed: an even number, so that every line begins where a pair of digits can be stored. */
const LINE_PITCH: number = LINE_DIGITS + 1;

/** What the encoder takes at once: two groups, whose digits are five pairs. */
const STEP_BYTES = 8;
const STEP_DIGITS = 10;

/** Marks of a pair that may be part of a `<!`, above the 16 bits that are stored. */
const OPENS = 0x1_0000;
const CLOSES = 0x2_0000;
const SUSPECT: number = OPENS | CLOSES;

/** The two digits of each value below 85 * 85, as one number that any machine stores in their order, and marks. */
const DIGIT_PAIRS = /* @__PURE__ */ pairTable();

function pairTable(): Uint32Array {
  const digits = new Uint8Array(2);
  const stored = new Uint16Array(digits.buffer);
  return Uint32Array.from({ length: 7_225 }, (_, value) => {
    const first = DIGITS[Math.floor(value / 85)] ?? 0;
    const second = DIGITS[value % 85] ?? 0;
    const both = first === LESS_THAN && second === EXCLAMATION;
    digits[0] = first;
    digits[1] = second;
    const opens = both || second === LESS_THAN ? OPENS : 0;
    const closes = both || first === EXCLAMATION ? CLOSES : 0;
    return (stored[0] ?? 0) | opens | closes;
  });
}

/** Encodes blocks one after the other in the same memory. */
export class Base85Encoder {
  #room: Bytes = new Uint8Array(0);

  /**
   * Text of one block, in ASCII bytes: a line feed after every full line but the last, and one inside every `<!`. No line
   * feed at the end. The text is the taker's until the next call.
   */
  encode(bytes: Uint8Array): Bytes {
    const digits = Math.floor(bytes.length / 4) * 5 + (bytes.length % 4 === 0 ? 0 : (bytes.length % 4) + 1);
    const lines = Math.max(1, Math.ceil(digits / LINE_DIGITS));
    const length = digits + lines - 1;
    // One in 7,225 pairs is a `<!`: nearly twice that room. The last step writes all its digits, whether they are needed or not.
    const room = length + (length % 2) + STEP_DIGITS + 64 + 2 * (digits >> 13);
    if (room > this.#room.length) this.#room = new Uint8Array(room);
    const text = this.#room;
    const suspects = encodeLines(bytes, text, lines);
    return insertLineFeeds(text, length, findComments(text.subarray(0, length), suspects));
  }
}

/** Writes all lines as if there were no `<!`; gives the steps that may hold one, or its end, in order. */
function encodeLines(bytes: Uint8Array, text: Bytes, lines: number): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const pairs = new Uint16Array(text.buffer);
  const rest = new DataView(new ArrayBuffer(STEP_BYTES));
  const suspects: number[] = [];
  for (let line = 0; line < lines; line++) {
    const start = line * LINE_PITCH;
    const from = line * LINE_BYTES;
    const size = Math.min(LINE_BYTES, bytes.length - from);
    const whole = size - (size % STEP_BYTES);
    encodeSteps(view, from, whole, pairs, start, suspects);
    if (whole < size) {
      for (let i = 0; i < STEP_BYTES; i++) rest.setUint8(i, whole + i < size ? view.getUint8(from + whole + i) : 0);
      const place = start + (whole / 4) * 5;
      // Encoded apart, it does not show whether the step before it ends in `<`.
      suspects.push(place);
      encodeSteps(rest, 0, STEP_BYTES, pairs, place, suspects);
    }
    if (line < lines - 1) text[start + LINE_DIGITS] = LINE_FEED;
  }
  return suspects;
}

/**
 * Encodes `size` bytes, whole steps of one line, to the text's place `start`. The digits of a step are `aabbc` and `cddee`,
 * where each letter is a pair.
 */
function encodeSteps(
  view: DataView,
  from: number,
  size: number,
  pairs: Uint16Array,
  start: number,
  suspects: number[],
): void {
  let at = start / 2;
  let before = 0;
  for (let offset = from; offset < from + size; offset += STEP_BYTES) {
    const first = view.getUint32(offset);
    const second = view.getUint32(offset + 4);
    // Powers of 85. With `>>> 0` engines see integers, and multiply where they would divide.
    const a = (first / 614_125) >>> 0;
    const firstRest = (first - a * 614_125) >>> 0;
    const b = (firstRest / 85) >>> 0;
    const c = (second / 52_200_625) >>> 0;
    const secondRest = (second - c * 52_200_625) >>> 0;
    const d = (secondRest / 7_225) >>> 0;
    const aa = DIGIT_PAIRS[a] as number;
    const bb = DIGIT_PAIRS[b] as number;
    const cc = DIGIT_PAIRS[(firstRest - b * 85) * 85 + c] as number;
    const dd = DIGIT_PAIRS[d] as number;
    const ee = DIGIT_PAIRS[secondRest - d * 7_225] as number;
    pairs[at] = aa;
    pairs[at + 1] = bb;
    pairs[at + 2] = cc;
    pairs[at + 3] = dd;
    pairs[at + 4] = ee;
    if (((before | aa | bb | cc | dd | ee) & SUSPECT) === SUSPECT) suspects.push(at * 2);
    before = ee;
    at += STEP_DIGITS / 2;
  }
}

/** Places of every `<!` that ends in one of the steps; a step may be named twice. */
function findComments(text: Uint8Array, suspects: readonly number[]): readonly number[] {
  const found: number[] = [];
  let next = 0;
  for (const step of suspects) {
    const end = step + STEP_DIGITS - 1;
    for (let at = Math.max(step - 1, next); at < end; at++) {
      if (text[at] === LESS_THAN && text[at + 1] === EXCLAMATION) found.push(at);
    }
    next = end;
  }
  return found;
}

/** Puts a line feed inside each `<!` of the first `length` bytes of a text that has room behind them, or a larger copy of it. */
function insertLineFeeds(text: Bytes, length: number, comments: readonly number[]): Bytes {
  const total = length + comments.length;
  const out = total <= text.length ? text : new Uint8Array(total);
  if (out !== text) out.set(text.subarray(0, length));
  // From the last to the first, so that each byte is moved once.
  let end = length;
  for (let left = comments.length; left > 0; left--) {
    const behind = (comments[left - 1] as number) + 1;
    out.copyWithin(behind + left, behind, end);
    out[behind + left - 1] = LINE_FEED;
    end = behind;
  }
  return out.subarray(0, total);
}
