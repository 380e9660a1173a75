import { createHash } from 'node:crypto';
import {
  nobleBackend,
  openKeySlot,
  p256Kem,
  webcryptoBackend,
  type Backend,
  type OpenSecret as CoreSecret,
} from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import { readIdentity as readIdentityWithCore, readSigningKey as readSigningKeyWithCore } from '@sealpost/core/keys';
import {
  judgeReply,
  judgeSigner,
  OpenFailure,
  openFile,
  readIdentity as readIdentityWithKit,
  readOffer,
  readSigningKey,
  type Secret as KitSecret,
  type VectorEntry,
} from '@sealpost/vectors';
import { EnvelopeError, open, readIdentity, type OpenedReply, type OpenOptions } from 'sealpost';
import { vi } from 'vitest';
import { readInput, type FileInput } from '../../packages/envelope/src/input.js';
import { codeOf, contentOf, openWithCore, typedSecret, type Reading } from './open-with-core.js';
import type { Outcome, OutcomePart, Verdict } from './outcome.js';

/** What a vector is to be opened with, one of the first three, and what the reader knows besides. */
export type VectorSecret = Pick<VectorEntry, 'passphrase' | 'answers' | 'identity' | 'code' | 'knownKeys' | 'at'>;

/** Opens a file and reads all of it. Throws what has no code of the spec. */
export type Opener = (file: FileInput, secret: VectorSecret, reading: Reading) => Promise<Outcome>;

export const openers: readonly (readonly [name: string, open: Opener])[] = [
  ['core on webcrypto', onCore(webcryptoBackend)],
  ['core on noble', onCore(nobleBackend)],
  ['sealpost on node', openWithLibrary],
];

/** Those that section 7.2 names. */
const headerKeys = 'from replyTo to cc sender subject date messageId inReplyTo references'.split(' ');

/** The kit's own. It takes a file whole, and verifies all of it before it gives anything. */
export function openWithKit(file: Uint8Array, vector: VectorSecret): Outcome {
  const { knownKeys = [], at = 0 } = vector;
  try {
    const { manifest, manifestBytes, parts, signer, token } = openFile(file, kitSecret(vector));
    const known = knownKeys.map(readSigningKey);
    return {
      outcome: 'success',
      headers: Object.fromEntries(Object.entries(manifest.headers).filter(([key]) => headerKeys.includes(key))),
      parts: parts.map(({ row, content }) => described(row.role, row.name ?? '', row.type, content)),
      manifestSha256: sha256(manifestBytes),
      signer: signer === undefined ? null : judgeSigner(signer, manifest['predecessors'], known),
      reply: token === undefined ? null : judgeReply(token, manifest, at),
      offers: readOffer(manifest['reply'])?.actions ?? [],
    };
  } catch (error) {
    if (error instanceof OpenFailure) return { outcome: error.code, parts: [] };
    throw error;
  }
}

function kitSecret({ passphrase, answers, code, identity }: VectorSecret): KitSecret {
  if (identity !== undefined) return readIdentityWithKit(identity);
  return answers === undefined ? passphrase! : { answers, ...(code === undefined ? {} : { code }) };
}

/** Core has no streams of files; what feeds it is the library's. */
function onCore(backend: Backend): Opener {
  return async (file, secret, reading) => {
    const own = await coreSecret(secret, backend);
    const known = secret.knownKeys?.map(readSigningKeyWithCore);
    return openWithCore(await readInput(file), own, backend, reading, known);
  };
}

async function coreSecret(vector: VectorSecret, backend: Backend): Promise<CoreSecret> {
  const { identity: text } = vector;
  if (text === undefined) return typedSecret(vector);
  const notSealed = (): never => {
    throw new Error('the identity is sealed');
  };
  const identity = await readIdentityWithCore(text, [p256Kem(backend), hybridKem], notSealed, backend);
  return { openKeySlot: async (slot, id) => (await openKeySlot(slot, id, identity, backend))?.fileKey };
}

/** The clock stands at the vector's time, where it has one. */
async function openWithLibrary(file: FileInput, secret: VectorSecret, reading: Reading): Promise<Outcome> {
  const { at } = secret;
  if (at === undefined) return openNow(file, secret, reading);
  vi.useFakeTimers({ toFake: ['Date'], now: at * 1000 });
  try {
    return await openNow(file, secret, reading);
  } finally {
    vi.useRealTimers();
  }
}

async function openNow(
  file: FileInput,
  { passphrase, answers, code, identity, knownKeys }: VectorSecret,
  reading: Reading,
): Promise<Outcome> {
  const typed = answers === undefined ? { passphrase: passphrase! } : { answers, ...(code !== undefined && { code }) };
  const secret = identity === undefined ? typed : { keys: [await readIdentity(identity)] };
  const parts: OutcomePart[] = [];
  try {
    // Read twice, where it is looked at twice.
    const input = knownKeys === undefined ? file : await readInput(file);
    const signer = knownKeys && (await signerOf(input, { ...secret, verifyKeys: knownKeys }));
    const { message, attachments, original, reply } = await open(input, secret);
    for (const role of ['text', 'html'] as const) {
      const body = message[role];
      if (body !== undefined) parts.push(described(role, '', undefined, Buffer.from(body)));
    }
    for (const part of attachments) {
      parts.push(described('attachment', part.name, part.type, await contentOf(part, reading)));
    }
    if (original !== undefined) {
      parts.push(described('original', original.name, original.type, await contentOf(original, reading)));
    }
    const found = { outcome: 'success', headers: message.headers, parts, reply: verdictOf(reply) };
    return signer === undefined ? found : { ...found, signer };
  } catch (error) {
    if (error instanceof EnvelopeError && error.code === 'REPLY_REFUSED') {
      return { outcome: error.code, parts, reply: { refused: error.reason } };
    }
    return { outcome: codeOf(error), parts };
  }
}

/** What the library says of the signer beside keys that are known: where none of them vouches, it refuses. */
async function signerOf(file: FileInput, options: OpenOptions): Promise<string | null> {
  try {
    return (await open(file, options)).signature?.signer ?? null;
  } catch (error) {
    if (!(error instanceof EnvelopeError) || error.code !== 'SIGNER_REFUSED') throw error;
    return error.reason === 'unsigned' ? null : 'unknown';
  }
}

function verdictOf(reply: OpenedReply | undefined): Verdict | null {
  return reply === undefined ? null : { kind: reply.kind, authors: reply.authors };
}

function described(role: string, name: string, type: string | undefined, content: Uint8Array): OutcomePart {
  const isBody = role === 'text' || role === 'html' || type === undefined;
  return { role, name, size: content.length, sha256: sha256(content), ...(isBody ? {} : { type }) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
