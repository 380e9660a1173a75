import { cleanFileName, EnvelopeError, fileText, readEnvelope, type EnvelopeSource } from '@sealpost/core';
import { MAX_ENVELOPE_BLOCKS, MAX_FILE_BYTES, MAX_LINES, MAX_MAIL_BYTES } from './limits.js';
import { looksLikeMail, mailParts } from './saved-mail.js';

/** An envelope that a file is, or that a saved mail carries. */
export interface Found {
  /** Of the file, or of the attachment, without what would make it look like another. */
  readonly name: string;
  /** As it is in the file, with LF line ends. */
  readonly text: string;
  readonly source: EnvelopeSource;
}

/**
 * The envelopes in a file: the file itself, in either form, or every one that it carries where it is a saved mail (RFC 5322). Its name and
 * its type are not asked. Of an envelope only the header was read, and whether all blocks are there.
 *
 * Throws `NOT_AN_ENVELOPE` where there is none; `LIMIT`, `UNSUPPORTED_VERSION` and, for one that is cut off or altered, `DAMAGED`, when there is no other.
 */
export async function findEnvelopes(file: File): Promise<readonly [Found, ...Found[]]> {
  if (file.size > MAX_FILE_BYTES) throw new EnvelopeError('LIMIT', 'file is too large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!looksLikeMail(bytes)) return [await foundIn(file.name, bytes)];
  if (bytes.length > MAX_MAIL_BYTES) throw new EnvelopeError('LIMIT', 'mail is too large');
  return findInMail(file.name, bytes);
}

async function findInMail(name: string, bytes: Uint8Array): Promise<readonly [Found, ...Found[]]> {
  const found: Found[] = [];
  let reason: unknown;
  const look = async (partName: string, content: Uint8Array): Promise<void> => {
    try {
      found.push(await foundIn(partName, content));
    } catch (error) {
      // The most that is known about one of them.
      if (reason === undefined || isCode(reason, 'NOT_AN_ENVELOPE')) reason = error;
    }
  };
  try {
    for (const part of await mailParts(bytes)) await look(part.name || name, part.content);
  } catch (error) {
    reason = error;
  }
  // A line that a mail system put before an envelope makes it look like a mail.
  if (found.length === 0) await look(name, bytes);
  const [first, ...others] = found;
  if (first === undefined) throw reason;
  return [first, ...others];
}

/** Throws like {@link findEnvelopes}. */
async function foundIn(name: string, content: Uint8Array): Promise<Found> {
  if (isTooLong(content)) throw new EnvelopeError('LIMIT', 'file has too many lines');
  const text = fileText(content);
  const source = readEnvelope(text);
  // A file that is cut off says so here, before anybody types.
  if ((await source.payload.blockCount()) > MAX_ENVELOPE_BLOCKS) {
    throw new EnvelopeError('LIMIT', 'envelope has too many blocks');
  }
  return { name: cleanFileName(name), text, source };
}

const LF = 0x0a;
const CR = 0x0d;

function isTooLong(bytes: Uint8Array): boolean {
  let ends = 0;
  for (const byte of bytes) if ((byte === LF || byte === CR) && ++ends > MAX_LINES) return true;
  return false;
}

function isCode(error: unknown, code: EnvelopeError['code']): boolean {
  return error instanceof EnvelopeError && error.code === code;
}
