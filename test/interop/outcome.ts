import { createHash } from 'node:crypto';
import { openEnvelope, readEnvelope } from '@sealpost/core';
import { EnvelopeError, open, readIdentity, type OpenSecretOptions } from 'sealpost';
import type { Python, PythonPart, Secret } from './python.js';

/** What came of opening a file: the message, spelled so that both implementations spell it alike, or an error's code. */
export interface Outcome {
  readonly code: string;
  readonly message?: unknown;
  /** Why a reply may not be taken. */
  readonly reason?: string;
  /** What the second implementation says of it; not part of a comparison. */
  readonly clause?: string;
}

/** With the keys of every object in order, and without undefined values: for comparing, and for printing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

interface ReadPart {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly contentId?: string | undefined;
  readonly inline: boolean;
  bytes(): Promise<Uint8Array>;
}

async function described(attachment: ReadPart): Promise<object> {
  const { name, type, size, contentId, inline } = attachment;
  return { name, type, size, sha256: sha256(await attachment.bytes()), contentId, inline };
}

async function secretOptions(secret: Secret): Promise<OpenSecretOptions> {
  if (typeof secret === 'string') return { passphrase: secret };
  if ('answers' in secret) throw new Error('the library takes no answers');
  const { identity, ...options } = secret;
  return { keys: [await readIdentity(identity, options)] };
}

/** Opens with the library, and reads every part. Throws what is not an error of the envelope, or of an identity. */
export async function libraryOutcome(file: Uint8Array, secret: Secret, maxBytes?: number): Promise<Outcome> {
  try {
    const options = await secretOptions(secret);
    const opened = await open(file, { ...options, ...(maxBytes === undefined ? {} : { maxBytes }) });
    const { headers, text, html } = opened.message;
    const attachments: object[] = [];
    for (const attachment of opened.attachments) attachments.push(await described(attachment));
    const original = opened.original && sha256(await opened.original.bytes());
    const message = {
      headers,
      text: text === undefined ? undefined : sha256(text),
      html: html === undefined ? undefined : sha256(html),
      attachments,
      original,
      handling: opened.notes.handling,
      expires: opened.notes.expires?.getTime(),
      archive: opened.notes.archive,
      idleLock: opened.idleLock,
      reply: opened.reply && { kind: opened.reply.kind, authors: opened.reply.authors },
    };
    opened.close();
    return { code: 'success', message: sorted(message) };
  } catch (error) {
    if (error instanceof EnvelopeError)
      return { code: error.code, ...(error.reason !== undefined && { reason: error.reason }) };
    throw error;
  }
}

/** Opens with core and answers, which the library does not take, and reads every part. */
export async function answersOutcome(file: Uint8Array, secret: Secret): Promise<Outcome> {
  if (typeof secret === 'string' || !('answers' in secret)) throw new Error('no answers');
  try {
    const opened = await openEnvelope(readEnvelope(Buffer.from(file).toString('latin1')), secret);
    const attachments: object[] = [];
    for (const attachment of opened.attachments) attachments.push(await described(attachment));
    const [text, html] = [await opened.text(), await opened.html()];
    const message = {
      headers: opened.headers,
      text: text === undefined ? undefined : sha256(text),
      html: html === undefined ? undefined : sha256(html),
      attachments,
    };
    return { code: 'success', message: sorted(message) };
  } catch (error) {
    if (error instanceof EnvelopeError) return { code: error.code };
    throw error;
  }
}

/** Opens with the second implementation. */
export async function pythonOutcome(
  python: Python,
  file: Uint8Array,
  secret: Secret,
  maxBytes?: number,
): Promise<Outcome> {
  const answer = await python.open(file, secret, maxBytes);
  if ('error' in answer) {
    const { error: code, ...why } = answer;
    return { code, ...why };
  }
  const one = (role: PythonPart['role']) => answer.parts.find((part) => part.role === role)?.sha256;
  const attachments = answer.parts
    .filter(({ role }) => role === 'attachment')
    .map(({ name = '', type, size, sha256, contentId, inline }) => ({
      name,
      type,
      size,
      sha256,
      contentId,
      inline: inline === 1,
    }));
  const { headers, notes, idleLock, reply } = answer;
  const expires = notes?.expires === undefined ? undefined : notes.expires * 1000;
  const message = {
    headers,
    text: one('text'),
    html: one('html'),
    attachments,
    original: one('original'),
    handling: notes?.handling,
    expires,
    archive: notes?.archive === undefined ? undefined : true,
    idleLock,
    reply: reply ?? undefined,
  };
  return { code: 'success', message: sorted(message) };
}
