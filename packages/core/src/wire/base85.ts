import type { Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';

/** Base85 as of spec/envelope-v1.md, section 8.1: the alphabet of RFC 1924, groups of 4 bytes and 5 digits. */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const LINE_FEED = 0x0a;
const LESS_THAN = 0x3c;
const EXCLAMATION = 0x21;

const GROUPS_PER_LINE = 197;

/** Digits in a full line. */
export const LINE_DIGITS: number = GROUPS_PER_LINE * 5;

const DIGITS = Uint8Array.from(ALPHABET, (character) => character.codePointAt(0) ?? 0);

/** The two digits of each value below 85 * 85, first digit in the low byte: halves the work of the encoder's loop. */
const DIGIT_PAIRS = /* @__PURE__ */ Uint16Array.from(
  { length: 7_225 },
  (_, value) => (DIGITS[Math.floor(value / 85)] ?? 0) | ((DIGITS[value % 85] ?? 0) << 8),
);

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
  // One in 7,225 pairs is a `<!`; a hostile payload of nothing else needs one line feed for every two digits.
  let out = new Uint8Array(digits + lines + 64 + (digits >> 10));
  let end = 0;
  for (let line = 0; line < lines; line++) {
    const from = line * GROUPS_PER_LINE * 4;
    const piece = bytes.subarray(from, from + GROUPS_PER_LINE * 4);
    if (out.length < end + 2 * LINE_DIGITS) out = grown(out, end + 4 * LINE_DIGITS);
    const start = end;
    end = encodeLine(piece, out, end);
    end = breakComments(out, start, end);
    if (line < lines - 1) out[end++] = LINE_FEED;
  }
  return out.slice(0, end);
}

function grown(bytes: Bytes, atLeast: number): Bytes {
  const out = new Uint8Array(Math.max(atLeast, bytes.length + (bytes.length >> 2)));
  out.set(bytes);
  return out;
}

function encodeLine(piece: Uint8Array, out: Uint8Array, start: number): number {
  const whole = piece.length - (piece.length % 4);
  let end = start;
  for (let i = 0; i < whole; i += 4) {
    const word =
      (((piece[i] as number) << 24) |
        ((piece[i + 1] as number) << 16) |
        ((piece[i + 2] as number) << 8) |
        (piece[i + 3] as number)) >>>
      0;
    end = encodeGroup(word, out, end);
  }
  const rest = piece.length - whole;
  if (rest === 0) return end;
  let word = 0;
  for (let i = 0; i < 4; i++) word = word * 256 + (piece[whole + i] ?? 0);
  const group = new Uint8Array(5);
  encodeGroup(word, group, 0);
  out.set(group.subarray(0, rest + 1), end);
  return end + rest + 1;
}

function encodeGroup(word: number, out: Uint8Array, at: number): number {
  const high = Math.floor(word / 7_225);
  const low = DIGIT_PAIRS[word - high * 7_225] as number;
  const first = Math.floor(high / 7_225);
  const middle = DIGIT_PAIRS[high - first * 7_225] as number;
  out[at] = DIGITS[first] as number;
  out[at + 1] = middle & 0xff;
  out[at + 2] = middle >> 8;
  out[at + 3] = low & 0xff;
  out[at + 4] = low >> 8;
  return at + 5;
}

/** Puts a line feed inside every `<!` of a line that has just been written to `out`; returns the new end. */
function breakComments(out: Uint8Array, start: number, end: number): number {
  let last = end;
  for (let at = start; at < last - 1; at++) {
    if (out[at] !== LESS_THAN || out[at + 1] !== EXCLAMATION) continue;
    out.copyWithin(at + 2, at + 1, last);
    out[at + 1] = LINE_FEED;
    last++;
  }
  return last;
}

function damaged(message: string): EnvelopeError {
  return new EnvelopeError('DAMAGED', message);
}

/**
 * Bytes of one block's text. White space is passed over. Throws `DAMAGED` for anything that {@link encodeBase85} would
 * not have written, and where the text holds more than `maximum` bytes.
 */
export function decodeBase85(text: string, maximum: number): Bytes {
  const out = new Uint8Array(Math.min(maximum, Math.ceil((text.length * 4) / 5)));
  let length = 0;
  let word = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.codePointAt(i) ?? 0] ?? INVALID;
    if (value >= BLANK) {
      if (value === BLANK) continue;
      throw damaged('payload holds a character that is not base85');
    }
    word = word * 85 + value;
    if (++count < 5) continue;
    if (word > 0xffff_ffff) throw damaged('payload holds a base85 group above 2^32 - 1');
    if (length + 4 > out.length) throw damaged('payload block is longer than its place allows');
    out[length] = word >>> 24;
    out[length + 1] = word >>> 16;
    out[length + 2] = word >>> 8;
    out[length + 3] = word;
    length += 4;
    word = 0;
    count = 0;
  }
  if (count === 0) return out.subarray(0, length);
  return decodeRest(out, length, word, count);
}

/** The last, short group: `count` digits stand for `count - 1` bytes, in the one way in which an encoder writes them. */
function decodeRest(out: Bytes, length: number, digits: number, count: number): Bytes {
  const bytes = count - 1;
  if (bytes === 0) throw damaged('payload block ends in a single base85 digit');
  if (length + bytes > out.length) throw damaged('payload block is longer than its place allows');
  let word = digits;
  for (let i = count; i < 5; i++) word = word * 85 + 84;
  if (word > 0xffff_ffff) throw damaged('payload holds a base85 group above 2^32 - 1');
  for (let i = 0; i < bytes; i++) out[length + i] = word >>> (24 - 8 * i);
  const group = new Uint8Array(5);
  encodeLine(out.subarray(length, length + bytes), group, 0);
  let written = 0;
  for (let i = 0; i < count; i++) written = written * 85 + (VALUES[group[i] ?? 0] ?? 0);
  if (written !== digits) throw damaged('payload block ends in base85 digits that no encoder writes');
  return out.subarray(0, length + bytes);
}
