import { createHash } from 'node:crypto';
import { nobleBackend, webcryptoBackend, type Backend } from '@sealpost/core';
import { OpenFailure, openFile } from '@sealpost/vectors';
import { open } from 'sealpost';
import { readInput, type FileInput } from '../../packages/envelope/src/input.js';
import { codeOf, contentOf, openWithCore, type Reading } from './open-with-core.js';
import type { Outcome, OutcomePart } from './outcome.js';

/** Opens a file and reads all of it. Throws what has no code of the spec. */
export type Opener = (file: FileInput, passphrase: string, reading: Reading) => Promise<Outcome>;

export const openers: readonly (readonly [name: string, open: Opener])[] = [
  ['core on webcrypto', onCore(webcryptoBackend)],
  ['core on noble', onCore(nobleBackend)],
  ['sealpost on node', openWithLibrary],
];

/** Those that section 7.2 names. */
const headerKeys = 'from replyTo to cc sender subject date messageId inReplyTo references'.split(' ');

/** The kit's own. It takes a file whole, and verifies all of it before it gives anything. */
export function openWithKit(file: Uint8Array, passphrase: string): Outcome {
  try {
    const { manifest, manifestBytes, parts } = openFile(file, passphrase);
    return {
      outcome: 'success',
      headers: Object.fromEntries(Object.entries(manifest.headers).filter(([key]) => headerKeys.includes(key))),
      parts: parts.map(({ row, content }) => described(row.role, row.name ?? '', row.type, content)),
      manifestSha256: sha256(manifestBytes),
    };
  } catch (error) {
    if (error instanceof OpenFailure) return { outcome: error.code, parts: [] };
    throw error;
  }
}

/** Core has no streams of files; what feeds it is the library's. */
function onCore(backend: Backend): Opener {
  return async (file, passphrase, reading) => openWithCore(await readInput(file), passphrase, backend, reading);
}

async function openWithLibrary(file: FileInput, passphrase: string, reading: Reading): Promise<Outcome> {
  const parts: OutcomePart[] = [];
  try {
    const { message, attachments, original } = await open(file, { passphrase });
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
    return { outcome: 'success', headers: message.headers, parts };
  } catch (error) {
    return { outcome: codeOf(error), parts };
  }
}

function described(role: string, name: string, type: string | undefined, content: Uint8Array): OutcomePart {
  const isBody = role === 'text' || role === 'html' || type === undefined;
  return { role, name, size: content.length, sha256: sha256(content), ...(isBody ? {} : { type }) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
