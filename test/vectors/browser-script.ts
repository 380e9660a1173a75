import { fileURLToPath } from 'node:url';
import { readSigningKey } from '@sealpost/core/keys';
import { pageScript } from '../../packages/reader/scripts/page-script.mjs';
import type { CarriedVector } from './browser-entry.js';
import type { PublishedVector } from './published.js';

/**
 * A script that stands alone, made the whole way that the page's own script is made: put into any page, it sets `runVectors` of
 * browser-entry.ts, which takes what {@link carriedVectors} gives.
 */
export function browserScript(): Promise<string> {
  made ??= pageScript(fileURLToPath(new URL('browser-entry.ts', import.meta.url)));
  return made;
}

/** Once for all engines: it takes ten seconds. */
let made: Promise<string> | undefined;

/**
 * Whether a decoder without `key` slots, which a page is, says of a vector what its index says. It has no use for an identity, and what
 * is wrong with a `key` slot does not matter to it; but what is typed opens for it what has such a slot beside.
 */
export function isForPages(vector: PublishedVector): boolean {
  const { name, identity, expected } = vector;
  const isPassedOver = /^key-|-keys-only$/.test(name) && expected !== 'success';
  return identity === undefined && !isPassedOver;
}

/** Vectors as JSON. */
export function carriedVectors(vectors: readonly PublishedVector[]): string {
  return JSON.stringify(
    vectors.map(({ name, passphrase, answers, code, knownKeys = [], bytes }): CarriedVector => ({
      name,
      passphrase,
      answers,
      code,
      base64: Buffer.from(bytes).toString('base64'),
      known: knownKeys.map((key) => Buffer.from(readSigningKey(key)).toString('base64')),
    })),
  );
}
