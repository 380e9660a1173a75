import type { Bytes } from '../bytes.js';
import { damaged } from '../errors.js';
import { DIGITS } from './base85.js';

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

const NOT_DIGIT = 'payload holds a character that is not base85';
const TOO_LONG = 'payload block is longer than its place allows';
const TOO_LARGE = 'payload holds a base85 group above 2^32 - 1';

const encoder = new TextEncoder();

/** Characters that the decoder takes at once: few enough that their bytes stay in the processor's cache. */
const WINDOW = 16_384;

/**
 * Bytes of one block's text. White space is passed over. Throws `DAMAGED` for anything that an encoder would
 * not have written, and where the text holds more than `maximum` bytes.
 */
export function decodeBase85(text: string, maximum: number): Bytes {
  const decoder = makeDecoder(Math.min(maximum, Math.ceil((text.length * 4) / 5)));
  // Engines read characters out of a string much more slowly than bytes out of an array.
  const window = new Uint8Array(Math.min(WINDOW, text.length));
  for (let at = 0; at < text.length; at += WINDOW) {
    const piece = text.slice(at, at + WINDOW);
    const { read } = encoder.encodeInto(piece, window.subarray(0, piece.length));
    // There was room for one byte a character: all that is not ASCII takes more.
    if (read < piece.length) throw damaged(NOT_DIGIT);
    decoder.take(window.subarray(0, read));
  }
  return decoder.end();
}

/** Decodes a text that comes in pieces. */
function makeDecoder(maximum: number): { take: (text: Uint8Array) => void; end: () => Bytes } {
  const out = new Uint8Array(maximum);
  const view = new DataView(out.buffer);
  let length = 0;
  // Value of the digits of a group that is not complete, and their number.
  let word = 0;
  let count = 0;
  return { take, end };

  function take(text: Uint8Array): void {
    let at = 0;
    while (at < text.length) {
      if (count === 0) at = groups(text, at);
      if (at < text.length) character(text[at++] as number);
    }
  }

  /** Whole groups without white space, as far as they follow each other; gives the place behind them. */
  function groups(text: Uint8Array, start: number): number {
    const room = Math.floor((out.length - length) / 4) * 5;
    const last = Math.min(text.length, start + room) - 5;
    let place = length;
    let at = start;
    for (; at <= last; at += 5) {
      const a = VALUES[text[at] as number] as number;
      const b = VALUES[text[at + 1] as number] as number;
      const c = VALUES[text[at + 2] as number] as number;
      const d = VALUES[text[at + 3] as number] as number;
      const e = VALUES[text[at + 4] as number] as number;
      // Values of digits have seven bits; white space and what is no digit have the eighth.
      if ((a | b | c | d | e) > 0x7f) break;
      const group = (((a * 85 + b) * 85 + c) * 85 + d) * 85 + e;
      if (group > 0xffff_ffff) throw damaged(TOO_LARGE);
      view.setUint32(place, group);
      place += 4;
    }
    length = place;
    return at;
  }

  function character(code: number): void {
    const value = VALUES[code] as number;
    if (value === BLANK) return;
    if (value === INVALID) throw damaged(NOT_DIGIT);
    word = word * 85 + value;
    if (++count < 5) return;
    if (word > 0xffff_ffff) throw damaged(TOO_LARGE);
    if (length + 4 > out.length) throw damaged(TOO_LONG);
    view.setUint32(length, word);
    length += 4;
    word = 0;
    count = 0;
  }

  /** All bytes. The last, short group: n digits stand for n - 1 bytes, in the one way in which an encoder writes them. */
  function end(): Bytes {
    const bytes = count - 1;
    if (bytes < 0) return out.subarray(0, length);
    if (bytes === 0) throw damaged('payload block ends in a single base85 digit');
    if (length + bytes > out.length) throw damaged(TOO_LONG);
    let full = word;
    for (let i = count; i < 5; i++) full = full * 85 + 84;
    if (full > 0xffff_ffff) throw damaged(TOO_LARGE);
    for (let i = 0; i < bytes; i++) out[length + i] = full >>> (24 - 8 * i);
    // What an encoder writes of these bytes: the first digits of the group that zeros fill up.
    const filled = full - (full % 256 ** (4 - bytes));
    if (Math.floor(filled / 85 ** (5 - count)) !== word) {
      throw damaged('payload block ends in base85 digits that no encoder writes');
    }
    return out.subarray(0, length + bytes);
  }
}
