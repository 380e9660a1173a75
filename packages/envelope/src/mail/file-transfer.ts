import type { Transfer } from '../cover-mail/parts.js';

/** How the envelope stands in a mail, and how much room that takes. */
export interface TransferEncoding {
  length(file: Uint8Array): number;
  /** Fills `out`, which has exactly that length. */
  write(file: Uint8Array, out: Uint8Array): void;
}

const LF = 0x0a;
const CRLF = Uint8Array.of(0x0d, LF);

/** The file as it is, its line feeds as CRLF. */
const sevenBit: TransferEncoding = {
  length(file) {
    let length = file.length;
    for (let at = file.indexOf(LF); at !== -1; at = file.indexOf(LF, at + 1)) length++;
    return length;
  },
  write(file, out) {
    let to = 0;
    for (let from = 0; from < file.length;) {
      const end = file.indexOf(LF, from);
      const line = file.subarray(from, end === -1 ? file.length : end);
      out.set(line, to);
      to += line.length;
      from += line.length;
      if (end === -1) return;
      out.set(CRLF, to);
      to += CRLF.length;
      from++;
    }
  },
};

/** Bytes on a line of base64, and its characters (RFC 2045, section 6.8). */
const LINE_BYTES = 57;
const LINE_CHARACTERS = 76;

/** The file's very bytes. */
const base64: TransferEncoding = {
  length(file) {
    const characters = Math.ceil(file.length / 3) * 4;
    return characters + Math.ceil(characters / LINE_CHARACTERS) * CRLF.length;
  },
  write(file, out) {
    const from = Buffer.from(file.buffer, file.byteOffset, file.length);
    const to = Buffer.from(out.buffer, out.byteOffset, out.length);
    let at = 0;
    for (let start = 0; start < from.length; start += LINE_BYTES) {
      at += to.write(`${from.toString('base64', start, start + LINE_BYTES)}\r\n`, at, 'latin1');
    }
  },
};

export const transferEncodings: Readonly<Record<Transfer, TransferEncoding>> = { '7bit': sevenBit, base64 };
