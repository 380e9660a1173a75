import { decodeBase64, type DecodedBody } from './base64.js';

const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

/**
 * Undoes a Content-Transfer-Encoding (RFC 2045, section 6), byte-exactly: line ends of 7bit, 8bit and binary bodies stay
 * as they are, and no byte is added. (postal-mime and libmime rewrite line ends, so they cannot be used for this.)
 *
 * @param body - the part's body without the line break before the delimiter.
 * @param field - the Content-Transfer-Encoding's value; anything unknown is taken for no encoding, which loses nothing.
 * @returns a view of `body` where nothing was encoded, else bytes of their own.
 */
export function decodeBody(body: Uint8Array, field: string | undefined): DecodedBody {
  // `base64;`, `Quoted-Printable (comment)` and `7-bit` are seen in real mail.
  const name =
    (field ?? '')
      .slice(0, 100)
      .trim()
      .toLowerCase()
      .replace(/["']/g, '')
      .split(/[\s;(]/, 1)[0] ?? '';
  switch (name) {
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
    case 'uue':
      return decodeUuencoded(body);
    default:
      return { bytes: body, exact: /^(?:|[78]-?bits?|binary)$/.test(name) };
  }
}

/**
 * Quoted-printable (RFC 2045, section 6.7). Blanks at a line's end were added on the way and go (rule 3); an `=` that
 * starts no valid escape stands for itself (the note to rule 1).
 */
function decodeQuotedPrintable(body: Uint8Array): DecodedBody {
  const out = new Uint8Array(body.length);
  let length = 0;
  // Where the text before a run of blanks ends: at a line's end the run is dropped by going back there.
  let solid = 0;
  let exact = true;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] ?? 0;
    if (byte === LF || (byte === CR && body[i + 1] === LF)) {
      length = solid;
      out[length++] = byte;
      if (byte === CR) out[length++] = body[++i] ?? LF;
      solid = length;
    } else if (byte === EQUALS) {
      const high = hexValue(body[i + 1]);
      const low = hexValue(body[i + 2]);
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low;
        i += 2;
      } else {
        const next = softBreakEnd(body, i + 1);
        if (next === undefined) {
          out[length++] = byte;
          exact = false;
        } else {
          i = next - 1;
        }
      }
      solid = length;
    } else {
      out[length++] = byte;
      if (byte !== 0x20 && byte !== 0x09) solid = length;
    }
  }
  return { bytes: out.subarray(0, solid), exact };
}

/** The offset of the next line when only blanks stand between here and a line's end, or the body's; else undefined. */
function softBreakEnd(body: Uint8Array, from: number): number | undefined {
  let i = from;
  while (body[i] === 0x20 || body[i] === 0x09) i++;
  if (i >= body.length) return i;
  if (body[i] === LF) return i + 1;
  // A bare CR is a line's end only in mail that has no LF at all.
  if (body[i] === CR) return body[i + 1] === LF ? i + 2 : i + 1;
  return undefined;
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Uuencode (POSIX.1-2017, "uuencode"): the lines between `begin MODE NAME` and `end`. Without `begin` nothing is decoded. */
function decodeUuencoded(body: Uint8Array): DecodedBody {
  const out = new Uint8Array(body.length);
  let length = 0;
  let started = false;
  let ended = false;
  let exact = true;
  let position = 0;
  // Lines that claim more than they hold cannot make more than the body could.
  while (position < body.length && !ended && length < out.length) {
    const newline = body.indexOf(LF, position);
    const next = newline < 0 ? body.length : newline + 1;
    const first = body[position] ?? 0;
    if (!started) {
      started = startsWith(body, position, 'begin ');
    } else if (startsWith(body, position, 'end')) {
      ended = true;
    } else if (first > 0x20 && first <= 0x60) {
      const count = (first - 0x20) & 63;
      if (position + 1 + Math.ceil(count / 3) * 4 > next) exact = false;
      for (let done = 0, at = position + 1; done < count; done += 3, at += 4) {
        const bits =
          (uuValue(body[at]) << 18) |
          (uuValue(body[at + 1]) << 12) |
          (uuValue(body[at + 2]) << 6) |
          uuValue(body[at + 3]);
        if (done < count) out[length++] = bits >> 16;
        if (done + 1 < count) out[length++] = bits >> 8;
        if (done + 2 < count) out[length++] = bits;
      }
    }
    position = next;
  }
  if (!started) return { bytes: body, exact: false };
  return { bytes: out.subarray(0, Math.min(length, out.length)), exact: exact && ended };
}

// Blanks at a line's end may have been cut off on the way; they, and "`", stand for zero.
function uuValue(byte: number | undefined): number {
  return byte === undefined || byte < 0x20 || byte > 0x60 ? 0 : (byte - 0x20) & 63;
}

function startsWith(body: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (body[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
