import { EnvelopeError } from '@sealpost/core';
import { decodeUnlabelled } from './charset.js';
import { latin1 } from './latin1.js';
import { MAX_HEADER_BYTES } from './limits.js';

/** One header field: its name in lower case and its unfolded value, bytes decoded, encoded words not. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Where the body starts: after the blank line, or where the header broke off. */
  readonly end: number;
  /** True when some lines were no header fields and had to be skipped. */
  readonly skipped: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const HYPHEN = 0x2d;

// RFC 5322, section 3.6.8: printable US-ASCII but the colon. Blanks before the colon are obsolete syntax (4.5.8), still seen.
const FIELD = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/;

/**
 * Reads a header block (RFC 5322, section 2.2) that starts at a line's beginning. Lines end with LF or CRLF.
 *
 * @param isDelimiter - says whether the line in this range is a boundary delimiter, which ends a header as well as a
 *   blank line does (RFC 2046, section 5.1: a part without a body).
 * @returns the fields in their order. Lines that are no fields are skipped up to the blank line, as mail programs do;
 *   where no blank line follows, the first of them starts the body, so that nothing is skipped that was meant to be read.
 * @throws EnvelopeError `LIMIT` when the block is larger than `MAX_HEADER_BYTES`.
 */
export function readHeaderBlock(
  bytes: Uint8Array,
  start: number,
  isDelimiter: (lineStart: number, lineEnd: number) => boolean,
): HeaderBlock {
  const fields: HeaderField[] = [];
  let open: { readonly name: string; readonly start: number } | undefined;
  let strayAt: number | undefined;
  let fieldsBeforeStray = 0;

  const close = (end: number): void => {
    if (open === undefined) return;
    // Unfolding (RFC 5322, section 2.2.3) takes out the line break and leaves the blank; so does this, at field level.
    const value = decodeUnlabelled(bytes.subarray(open.start, end)).text.replace(/\r?\n(?=[ \t])/g, '');
    fields.push({ name: open.name, value: value.trim() });
    open = undefined;
  };

  let position = start;
  while (position < bytes.length) {
    const lineStart = position;
    const newline = bytes.indexOf(LF, position);
    const next = newline < 0 ? bytes.length : newline + 1;
    const lineEnd = newline < 0 ? next : newline > lineStart && bytes[newline - 1] === CR ? newline - 1 : newline;
    const delimiter = isDelimiter(lineStart, lineEnd);
    if (delimiter || lineEnd === lineStart) {
      close(lineStart);
      if (delimiter && strayAt !== undefined)
        return { fields: fields.slice(0, fieldsBeforeStray), end: strayAt, skipped: true };
      return { fields, end: delimiter ? lineStart : next, skipped: strayAt !== undefined };
    }
    if (next - start > MAX_HEADER_BYTES) {
      throw new EnvelopeError(
        'LIMIT',
        `a header block of the mail is larger than ${String(MAX_HEADER_BYTES)} bytes; seal the mail as a file instead`,
      );
    }
    const first = bytes[lineStart];
    if (first === SPACE || first === TAB) {
      // A continuation. White space alone before any field continues nothing and is skipped.
      if (open === undefined && strayAt === undefined && !isBlank(bytes, lineStart, lineEnd)) {
        strayAt = lineStart;
        fieldsBeforeStray = fields.length;
      }
    } else {
      close(lineStart);
      const match = FIELD.exec(latin1(bytes, lineStart, Math.min(lineEnd, lineStart + 1000)));
      if (match?.[1] !== undefined) {
        open = { name: match[1].toLowerCase(), start: lineStart + match[0].length };
      } else if (bytes[lineStart] === HYPHEN && bytes[lineStart + 1] === HYPHEN) {
        // A delimiter of this very multipart, whose blank line was lost.
        return { fields, end: lineStart, skipped: true };
      } else if (strayAt === undefined) {
        strayAt = lineStart;
        fieldsBeforeStray = fields.length;
      }
    }
    position = next;
  }
  close(bytes.length);
  if (strayAt === undefined) return { fields, end: bytes.length, skipped: false };
  return { fields: fields.slice(0, fieldsBeforeStray), end: strayAt, skipped: false };
}

/** The first field of that name, or undefined. First wins everywhere, so that policy and display agree. */
export function fieldValue(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== SPACE && bytes[i] !== TAB) return false;
  return true;
}
