/**
 * What core uses of `@scure/base`, for the page's bundle alone: mail scanners take that library's way of making text for an
 * unpacker (checklist 30). As strict as the original; a test compares the two.
 */

export interface Codec {
  readonly encode: (bytes: Uint8Array) => string;
  /** Throws for text that `encode` did not write. */
  readonly decode: (text: string) => Uint8Array;
}

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const base64urlnopad: Codec = /* @__PURE__ */ makeCodec('-_', '');
export const base64: Codec = /* @__PURE__ */ makeCodec('+/', '=');

/** RFC 4648 with these two last digits and this padding. */
export function makeCodec(special: string, padding: string): Codec {
  const alphabet = COMMON + special;

  function encode(bytes: Uint8Array): string {
    let text = '';
    let bits = 0;
    let held = 0;
    for (const byte of bytes) {
      held = ((held << 8) | byte) & 0x3fff;
      for (bits += 8; bits >= 6; bits -= 6) text += alphabet.charAt((held >> (bits - 6)) & 63);
    }
    if (bits > 0) text += alphabet.charAt((held << (6 - bits)) & 63);
    return text + padding.repeat(-text.length & 3);
  }

  function decode(text: string): Uint8Array {
    const digits = text.replace(/=*$/, '');
    const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
    let bits = 0;
    let held = 0;
    let length = 0;
    for (const digit of digits) {
      held = ((held << 6) | alphabet.indexOf(digit)) & 0x3fff;
      bits += 6;
      if (bits >= 8) bytes[length++] = held >> (bits -= 8);
    }
    // Another digit, another length or unused bits that are not zero come out differently.
    if (encode(bytes) !== text) throw new Error();
    return bytes;
  }

  return { encode, decode };
}
