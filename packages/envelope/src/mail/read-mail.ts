import { EnvelopeError, type Message } from '@sealpost/core';
import { readContent, type MailAttachment } from './body.js';
import { readEntity, type Entity } from './entity.js';
import { latin1 } from './latin1.js';
import { MAX_HEADER_BYTES, MAX_RAW_BYTES } from './limits.js';
import { withoutBcc } from './original.js';
import { hasDoubledField, hasMailField, readMessageHeaders } from './message-headers.js';

export interface ReadMailOptions {
  /** Puts the exact bytes of the mail, less any Bcc field, into `original` in any case. Default: only where the mail calls for it. */
  readonly keepOriginal?: boolean;
  /** Largest mail accepted, in bytes; a positive integer. Default: 64 MiB. */
  readonly maxBytes?: number;
}

/** A message read from mail: everything is in memory. */
export interface MailMessage extends Message {
  readonly attachments: readonly MailAttachment[];
  readonly original?: Uint8Array;
}

/** A mail's bytes, as they are, and its tree. */
interface MailTree {
  readonly bytes: Uint8Array;
  /** The same with LF line ends, if it has none. */
  readonly lines: Uint8Array;
  /** Where the header begins. */
  readonly start: number;
  readonly root: Entity;
}

const LF = 0x0a;
const CR = 0x0d;

const ENVELOPED = new Set([
  'multipart/signed',
  'multipart/encrypted',
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
]);

/**
 * Reads a mail (RFC 5322, MIME) into a message that can be sealed.
 *
 * Attachments hold exactly the decoded bytes of their parts. Bodies have LF line ends, and are decoded by their charset.
 * A mail within the mail is an attachment of type message/rfc822. Bcc is never read.
 *
 * `original` is set to the exact bytes (but for Bcc fields, which never travel) when the mail is signed or encrypted with S/MIME or OpenPGP (nothing else can be
 * verified), and wherever this reading is not sure to be complete: doubled fields, bytes that are not of their charset or
 * transfer encoding, alternatives that were not chosen.
 *
 * @param raw - the mail as it was or will be sent, LF or CRLF; a byte order mark, blank lines or an mbox `From ` line in
 *   front are skipped. Not changed, but attachments and `original` may be views of it: leave it alone until sealed.
 * @throws EnvelopeError `BAD_MAIL` when it is no mail, or a multipart of which no part can be told; `LIMIT` when a bound of
 *   `limits.ts` or `maxBytes` is passed; `INVALID_ARGUMENT` for a wrong argument. Time and memory are linear in its size.
 */
export async function readMail(raw: Uint8Array, options: ReadMailOptions = {}): Promise<MailMessage> {
  // Async so that a wrong argument rejects, as every other error does, instead of throwing past a `.catch()`.
  await Promise.resolve();
  const { bytes, lines, start, root } = readMailTree(raw, options.maxBytes);
  if (
    root.type.multipart &&
    root.children.length === 0 &&
    bytes.subarray(root.bodyStart, root.bodyEnd).some((b) => b > 0x20)
  ) {
    throw new EnvelopeError(
      'BAD_MAIL',
      'the mail says it is a multipart, but no line of it is the declared boundary; correct its Content-Type or seal it as a file',
    );
  }
  const headers = readMessageHeaders(root.fields);
  const { exact, ...content } = readContent(bytes, root);
  const keep =
    options.keepOriginal === true ||
    !exact ||
    hasDoubledField(root.fields) ||
    isSigned(root) ||
    isInlineSigned(content.text);
  return { headers, ...content, ...(keep ? { original: withoutBcc(raw, lines, start) } : {}) };
}

/**
 * True when the bytes start like a mail: at least one header field of the kind that mail has. For telling a mail from an
 * envelope or any other file; says nothing of whether it can be read.
 */
export function looksLikeMail(raw: Uint8Array): boolean {
  // A mail's header is in its first part, however large the file is.
  const head = raw.subarray(0, MAX_HEADER_BYTES);
  try {
    readMailTree(head);
    return true;
  } catch (error) {
    return error instanceof EnvelopeError && error.code === 'LIMIT';
  }
}

/**
 * Checks that these bytes are a mail, and reads its tree.
 *
 * @throws EnvelopeError as `readMail`.
 */
export function readMailTree(raw: Uint8Array, maxBytes: number = MAX_RAW_BYTES): MailTree {
  if (!(raw instanceof Uint8Array)) throw new EnvelopeError('INVALID_ARGUMENT', 'raw must be a Uint8Array');
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new EnvelopeError('INVALID_ARGUMENT', `maxBytes must be a positive integer, not ${String(maxBytes)}`);
  }
  if (raw.length > maxBytes) {
    throw new EnvelopeError(
      'LIMIT',
      `the mail has ${String(raw.length)} bytes, more than the ${String(maxBytes)} allowed; raise maxBytes or seal it as a file`,
    );
  }
  // A plain view: what is cut from a Buffer is a Buffer, which behaves differently (slice, JSON).
  const bytes = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
  const lines = withLineFeeds(bytes);
  const start = headerStart(lines);
  const root = readEntity(lines, start);
  if (!hasMailField(root.fields)) {
    throw new EnvelopeError(
      'BAD_MAIL',
      'no header field of a mail at the start; give a raw mail (.eml), or seal this as a file',
    );
  }
  return { bytes, lines, start, root };
}

/**
 * The bytes with a LF for every CR when there is no LF at all, as old Macintosh programs wrote; else the bytes themselves.
 * Nothing else here knows of such lines.
 */
function withLineFeeds(raw: Uint8Array): Uint8Array {
  if (raw.includes(LF) || !raw.includes(CR)) return raw;
  return raw.map((byte) => (byte === CR ? LF : byte));
}

/** Skips what programs put in front of a mail: a byte order mark, blank lines, the `From ` line of an mbox (RFC 4155). */
function headerStart(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === LF || bytes[at] === CR) at++;
  if (/^>?From (?!\s*:)/.test(latin1(bytes, at, at + 100))) {
    const end = bytes.indexOf(LF, at);
    at = end < 0 ? bytes.length : end + 1;
  }
  return at;
}

function isSigned(entity: Entity): boolean {
  return ENVELOPED.has(entity.type.value) || entity.children.some(isSigned);
}

/** RFC 9580, section 7: the cleartext signature framework. */
function isInlineSigned(text: string | undefined): boolean {
  return text !== undefined && /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*$/m.test(text);
}
