import { createHash } from 'node:crypto';
import { EnvelopeError, openEnvelope, readEnvelope, type Backend } from '@sealpost/core';
import { OpenFailure, openFile, type FailureCode } from '@sealpost/vectors';

/** `opens`, or the code of spec/envelope-v1.md, section 9. */
export type Outcome = 'opens' | FailureCode;

/**
 * Opens a file and reads all of it. Gives the code of a refusal, or `opens` and a digest of everything that was read, so
 * that a message other than the sealed one is told from it. Whatever is neither is thrown: it is a fault of the opener.
 */
export type Opener = (file: Uint8Array, passphrase: string) => Promise<OpenerResult>;

export interface OpenerResult {
  readonly outcome: Outcome;
  readonly digest?: string;
}

/** The kit's own opener: what it says is the spec as its author read it. */
export const openWithKit: Opener = (file, passphrase) => {
  try {
    const { manifest, parts } = openFile(file, passphrase);
    const contents = parts.map(({ row, content }) => [row.role, row.name ?? '', content] as const);
    return Promise.resolve({ outcome: 'opens', digest: digestOf(manifest.headers, contents) });
  } catch (error) {
    if (error instanceof OpenFailure) return Promise.resolve({ outcome: error.code });
    throw error;
  }
};

/** Core's, as the page and the library use it. */
export function openWithCore(backend: Backend): Opener {
  return async (file, passphrase) => {
    try {
      const opened = await openEnvelope(readEnvelope(file), { passphrase }, { backend });
      const [text, html] = [await opened.text(), await opened.html()];
      const contents: (readonly [role: string, name: string, content: Uint8Array])[] = [];
      if (text !== undefined) contents.push(['text', '', Buffer.from(text)]);
      if (html !== undefined) contents.push(['html', '', Buffer.from(html)]);
      for (const part of opened.attachments) contents.push([part.role, part.name, await part.bytes()]);
      if (opened.original !== undefined) contents.push(['original', '', await opened.original.bytes()]);
      return { outcome: 'opens', digest: digestOf(opened.headers, contents) };
    } catch (error) {
      if (error instanceof EnvelopeError && isOutcome(error.code)) return { outcome: error.code };
      throw error;
    }
  };
}

function isOutcome(code: string): code is FailureCode {
  return ['NOT_AN_ENVELOPE', 'UNSUPPORTED_VERSION', 'LIMIT', 'DID_NOT_OPEN', 'DAMAGED'].includes(code);
}

function digestOf(headers: object, contents: readonly (readonly [string, string, Uint8Array])[]): string {
  const hash = createHash('sha256').update(JSON.stringify(Object.entries(headers)));
  for (const [role, name, content] of contents)
    hash.update(JSON.stringify([role, name, content.length])).update(content);
  return hash.digest('hex');
}
