import { damaged, DIGITS } from '@sealpost/core/page';
import { utf8, type Bytes } from '@sealpost/core';

const INVALID = 0xff;

/** Value of each digit; white space has the first number behind them. */
const VALUES = /* @__PURE__ */ new Uint8Array(256).fill(INVALID);
DIGITS.forEach((code, value) => (VALUES[code] = value));
for (const code of [9, 10, 12, 13, 32]) VALUES[code] = DIGITS.length;

/**
 * As core's `wire/base85-decode.ts`, which is twice as fast and twice as long: bytes of a text, which is no longer than it has to be.
 * Throws `DAMAGED` for the same texts.
 */
export function decodeBase85(text: string, maximum: number): Bytes {
  const out = new Uint8Array(Math.min(maximum, Math.ceil((text.length * 4) / 5)));
  const view = new DataView(out.buffer);
  let length = 0;
  // Value of the digits of a group that is not complete, and their number.
  let word = 0;
  let count = 0;
  for (const code of utf8(text)) {
    const value = VALUES[code] as number;
    if (value === INVALID) throw damaged('payload holds a character that is not base85');
    if (value === DIGITS.length) continue;
    word = word * 85 + value;
    if (++count < 5) continue;
    if (word > 0xffff_ffff || length + 4 > out.length) throw damaged('payload holds too large a group, or too many');
    view.setUint32(length, word);
    length += 4;
    word = 0;
    count = 0;
  }
  if (count > 0) {
    // The last, short group: n digits stand for n - 1 bytes, in the one way in which an encoder writes them.
    const bytes = count - 1;
    let full = word;
    for (let i = count; i < 5; i++) full = full * 85 + 84;
    const filled = full - (full % 256 ** (4 - bytes));
    if (
      bytes === 0 ||
      full > 0xffff_ffff ||
      length + bytes > out.length ||
      Math.floor(filled / 85 ** (4 - bytes)) !== word
    )
      throw damaged('payload block ends in base85 digits that no encoder writes');
    for (let i = 0; i < bytes; i++) out[length++] = full >>> (24 - 8 * i);
  }
  return out.subarray(0, length);
}
