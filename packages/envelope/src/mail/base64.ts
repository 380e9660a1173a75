/** Bytes of a part's body, and whether the encoded form was valid: if not, another reader may see other bytes. */
export interface DecodedBody {
  readonly bytes: Uint8Array;
  readonly exact: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: readonly (number | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const value = ALPHABET.indexOf(String.fromCharCode(byte));
  return value < 0 ? undefined : value;
});

/** The six bits that a byte of base64 stands for (RFC 4648, table 1); undefined for every other byte, and for none. */
export function base64Value(byte: number | undefined): number | undefined {
  return byte === undefined ? undefined : VALUES[byte];
}

/**
 * Base64 (RFC 2045, section 6.8). Bytes outside the alphabet are ignored, as it demands. What follows padding is data only
 * if it is clean base64 again, as from programs that encode and pad piece by piece; else it is a mailing list's footer.
 */
export function decodeBase64(body: Uint8Array): DecodedBody {
  const out = new Uint8Array(Math.ceil(body.length / 4) * 3);
  let length = 0;
  let group = 0;
  let count = 0;
  let exact = true;
  let padded = false;
  // Where the last piece that ended with padding ends.
  let certain: number | undefined;
  for (const byte of body) {
    const value = base64Value(byte);
    if (value !== undefined) {
      if (padded) exact = padded = false;
      group = (group << 6) | value;
      if (++count === 4) {
        out[length++] = group >> 16;
        out[length++] = group >> 8;
        out[length++] = group;
        group = count = 0;
      }
    } else if (byte === EQUALS) {
      if (count === 1) exact = false;
      if (count > 1) length = flushGroup(out, length, group, count);
      group = count = 0;
      padded = true;
      certain = length;
    } else if (byte !== LF && byte !== CR && byte !== 0x20 && byte !== 0x09) {
      exact = false;
      if (certain !== undefined) return { bytes: out.subarray(0, certain), exact };
    }
  }
  if (count > 0) exact = false;
  if (count > 0 && certain !== undefined) return { bytes: out.subarray(0, certain), exact };
  if (count > 1) length = flushGroup(out, length, group, count);
  return { bytes: out.subarray(0, length), exact };
}

function flushGroup(out: Uint8Array, at: number, group: number, count: number): number {
  const bits = group << (6 * (4 - count));
  out[at] = bits >> 16;
  if (count === 3) out[at + 1] = bits >> 8;
  return at + count - 1;
}
