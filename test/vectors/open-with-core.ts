import {
  concat,
  EnvelopeError,
  judgeSigner,
  openEnvelope,
  readEnvelope,
  readPredecessors,
  readReplyInfo,
  utf8,
  webcryptoEd25519,
  type Backend,
  type OpenedEnvelope,
  type OpenSecret,
} from '@sealpost/core';
import type { Outcome, OutcomePart } from './outcome.js';

/** How attachments are read. */
export type Reading = 'bytes' | 'stream';

/**
 * Opens a file with core and reads every part to its end. Runs in browsers as well. Throws what has no code of
 * spec/envelope-v1.md, section 9: that is a fault of core.
 */
export async function openWithCore(
  file: Uint8Array | string,
  secret: OpenSecret,
  backend: Backend,
  reading: Reading,
  known: readonly Uint8Array<ArrayBuffer>[] = [],
): Promise<Outcome> {
  const parts: OutcomePart[] = [];
  try {
    const opened = await openEnvelope(readEnvelope(file), secret, { backend, ed25519: webcryptoEd25519 });
    for await (const part of readParts(opened, backend, reading)) parts.push(part);
    const offers = readReplyInfo(opened.reply)?.actions ?? [];
    const { signature } = opened;
    const predecessors = readPredecessors(signature?.predecessors);
    const signer = signature && (await judgeSigner(signature.publicKey, predecessors, known, webcryptoEd25519));
    return { outcome: 'success', headers: opened.headers, parts, offers, signer: signer ?? null };
  } catch (error) {
    return { outcome: codeOf(error), parts };
  }
}

/** What is typed to open a vector. */
export interface TypedSecret {
  readonly passphrase?: string | undefined;
  readonly answers?: readonly string[] | undefined;
  readonly code?: string | undefined;
}

export function typedSecret({ passphrase, answers, code }: TypedSecret): OpenSecret {
  if (answers === undefined) return { passphrase: passphrase! };
  return { answers, ...(code === undefined ? {} : { code }) };
}

/** The code of a refusal. Throws what is none. */
export function codeOf(error: unknown): string {
  const codes = ['NOT_AN_ENVELOPE', 'UNSUPPORTED_VERSION', 'LIMIT', 'DID_NOT_OPEN', 'DAMAGED'];
  if (error instanceof EnvelopeError && codes.includes(error.code)) return error.code;
  throw error;
}

async function* readParts(
  opened: OpenedEnvelope,
  backend: Backend,
  reading: Reading,
): AsyncGenerator<OutcomePart, void, undefined> {
  const described = async (part: Omit<OutcomePart, 'size' | 'sha256'>, content: Uint8Array): Promise<OutcomePart> => ({
    ...part,
    size: content.length,
    sha256: hex(await backend.sha256(Uint8Array.from(content))),
  });
  for (const role of ['text', 'html'] as const) {
    const body = await opened[role]();
    if (body !== undefined) yield described({ role, name: '' }, utf8(body));
  }
  for (const part of [...opened.attachments, ...(opened.original === undefined ? [] : [opened.original])]) {
    const { role, name, type } = part;
    yield described({ role, name, type }, await contentOf(part, reading));
  }
}

/** A part of core's or of the library's. */
interface ReadablePart {
  bytes(): Promise<Uint8Array>;
  stream(): ReadableStream<Uint8Array>;
}

/** Reads a stream piece by piece: a `Response` would put an error of its own in the place of the stream's. */
export async function contentOf(part: ReadablePart, reading: Reading): Promise<Uint8Array> {
  if (reading === 'bytes') return part.bytes();
  const reader = part.stream().getReader();
  const pieces: Uint8Array[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value);
  return concat(...pieces);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
