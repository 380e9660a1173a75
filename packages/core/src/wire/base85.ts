import type { Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';

/** Base85 as of spec/envelope-v1.md, section 8.1: the alphabet of RFC 1924, groups of 4 bytes and 5 digits. */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const LINE_FEED = 0x0a;
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

const DIGITS = Uint8Array.from(ALPHABET, (character) => character.codePointAt(0) ?? 0);

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

const INVALID = 0xff;
const BLANK = 0xfe;

/** Value of each ASCII character; white space and what is no digit have values of their own. */
const VALUES = /* @__PURE__ */ valueTable();

function valueTable(): Uint8Array {
  const table = new Uint8Array(256).fill(INVALID);
  DIGITS.forEach((code, value) => (table[code] = value));
  for (const code of [0x09, 0x0a, 0x0c, 0x0d, 0x20]) table[code] = BLANK;
  return table;
}

/**
 * Text of one block, in ASCII bytes: a line feed after every full line but the last, and one inside every `<!`. No
 * line feed at the end.
 */
export function encodeBase85(bytes: Uint8Array): Bytes {
  const digits = Math.floor(bytes.length / 4) * 5 + (bytes.length % 4 === 0 ? 0 : (bytes.length % 4) + 1);
  const lines = Math.max(1, Math.ceil(digits / LINE_DIGITS));
  const length = digits + lines - 1;
  // One in 7,225 pairs is a `<!`: nearly twice that room. The last step writes all its digits, whether they are needed or not.
  const text = new Uint8Array(length + (length % 2) + STEP_DIGITS + 64 + 2 * (digits >> 13));
  const suspects = encodeLines(bytes, text, lines);
  return insertLineFeeds(text, length, findComments(text.subarray(0, length), suspects));
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

function damaged(message: string): EnvelopeError {
  return new EnvelopeError('DAMAGED', message);
}

const encoder = new TextEncoder();

/** Characters that the decoder takes at once: few enough that their bytes stay in the processor's cache. */
const WINDOW = 16_384;

/**
 * Bytes of one block's text. White space is passed over. Throws `DAMAGED` for anything that {@link encodeBase85} would
 * not have written, and where the text holds more than `maximum` bytes.
 */
export function decodeBase85(text: string, maximum: number): Bytes {
  const decoder = new Decoder(Math.min(maximum, Math.ceil((text.length * 4) / 5)));
  // Engines read characters out of a string much more slowly than bytes out of an array.
  const window = new Uint8Array(Math.min(WINDOW, text.length));
  for (let at = 0; at < text.length; at += WINDOW) {
    const piece = text.slice(at, at + WINDOW);
    const { read } = encoder.encodeInto(piece, window.subarray(0, piece.length));
    // There was room for one byte a character: all that is not ASCII takes more.
    if (read < piece.length) throw notDigit();
    decoder.take(window.subarray(0, read));
  }
  return decoder.end();
}

function notDigit(): EnvelopeError {
  return damaged('payload holds a character that is not base85');
}

function tooLong(): EnvelopeError {
  return damaged('payload block is longer than its place allows');
}

function tooLarge(): EnvelopeError {
  return damaged('payload holds a base85 group above 2^32 - 1');
}

/** Decodes a text that comes in pieces. */
class Decoder {
  readonly #out: Bytes;
  readonly #view: DataView;
  #length = 0;
  /** Value of the digits of a group that is not complete, and their number. */
  #word = 0;
  #count = 0;

  constructor(maximum: number) {
    this.#out = new Uint8Array(maximum);
    this.#view = new DataView(this.#out.buffer);
  }

  take(text: Uint8Array): void {
    let at = 0;
    while (at < text.length) {
      if (this.#count === 0) at = this.#groups(text, at);
      if (at < text.length) this.#character(text[at++] as number);
    }
  }

  /** Whole groups without white space, as far as they follow each other; gives the place behind them. */
  #groups(text: Uint8Array, start: number): number {
    const view = this.#view;
    const room = Math.floor((this.#out.length - this.#length) / 4) * 5;
    const last = Math.min(text.length, start + room) - 5;
    let length = this.#length;
    let at = start;
    for (; at <= last; at += 5) {
      const a = VALUES[text[at] as number] as number;
      const b = VALUES[text[at + 1] as number] as number;
      const c = VALUES[text[at + 2] as number] as number;
      const d = VALUES[text[at + 3] as number] as number;
      const e = VALUES[text[at + 4] as number] as number;
      // Values of digits have seven bits; white space and what is no digit have the eighth.
      if ((a | b | c | d | e) > 0x7f) break;
      const word = (((a * 85 + b) * 85 + c) * 85 + d) * 85 + e;
      if (word > 0xffff_ffff) throw tooLarge();
      view.setUint32(length, word);
      length += 4;
    }
    this.#length = length;
    return at;
  }

  #character(code: number): void {
    const value = VALUES[code] as number;
    if (value === BLANK) return;
    if (value === INVALID) throw notDigit();
    this.#word = this.#word * 85 + value;
    if (++this.#count < 5) return;
    if (this.#word > 0xffff_ffff) throw tooLarge();
    if (this.#length + 4 > this.#out.length) throw tooLong();
    this.#view.setUint32(this.#length, this.#word);
    this.#length += 4;
    this.#word = 0;
    this.#count = 0;
  }

  /** All bytes. The last, short group: n digits stand for n - 1 bytes, in the one way in which an encoder writes them. */
  end(): Bytes {
    const bytes = this.#count - 1;
    if (bytes < 0) return this.#out.subarray(0, this.#length);
    if (bytes === 0) throw damaged('payload block ends in a single base85 digit');
    const end = this.#length + bytes;
    if (end > this.#out.length) throw tooLong();
    let word = this.#word;
    for (let i = this.#count; i < 5; i++) word = word * 85 + 84;
    if (word > 0xffff_ffff) throw tooLarge();
    for (let i = 0; i < bytes; i++) this.#out[this.#length + i] = word >>> (24 - 8 * i);
    let written = 0;
    for (const code of encodeBase85(this.#out.subarray(this.#length, end))) {
      if (code !== LINE_FEED) written = written * 85 + (VALUES[code] as number);
    }
    if (written !== this.#word) throw damaged('payload block ends in base85 digits that no encoder writes');
    return this.#out.subarray(0, end);
  }
}
