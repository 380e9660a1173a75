import { EnvelopeError, fileText, readEnvelope, type EnvelopeSource } from '@sealpost/core';
import { MAX_FILE_BYTES, MAX_MAIL_BYTES } from './limits.js';
import { looksLikeMail, mailParts } from './saved-mail.js';

/** An envelope that a file is, or that a saved mail carries. */
export interface Found {
  /** Of the file, or of the attachment. */
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
  const look = async (partName: string, content: Uint8Array | string): Promise<void> => {
    try {
      found.push(await foundIn(partName, content));
    } catch (error) {
      // The most that is known about one of them.
      if (reason === undefined || isCode(reason, 'NOT_AN_ENVELOPE')) reason = error;
    }
  };
  for (const part of await mailParts(bytes)) await look(part.name || name, part.content);
  // A line that a mail system put before an envelope makes it look like a mail.
  if (found.length === 0) await look(name, bytes);
  const [first, ...others] = found;
  if (first === undefined) throw reason;
  return [first, ...others];
}

/** Throws like {@link findEnvelopes}. */
async function foundIn(name: string, content: Uint8Array | string): Promise<Found> {
  const text = fileText(content);
  const source = readEnvelope(text);
  // A file that is cut off says so here, before anybody types.
  await source.payload.blockCount();
  return { name, text, source };
}

function isCode(error: unknown, code: EnvelopeError['code']): boolean {
  return error instanceof EnvelopeError && error.code === code;
}
