import { fileURLToPath } from 'node:url';
import { pageScript } from '../../packages/reader/scripts/page-script.mjs';
import type { CarriedVector } from './browser-entry.js';
import type { PublishedVector } from './published.js';

/**
 * A script that stands alone, made the whole way that the page's own script is made: put into any page, it sets `runVectors` of
 * browser-entry.ts, which takes what {@link carriedVectors} gives.
 */
export function browserScript(): Promise<string> {
  return pageScript(fileURLToPath(new URL('browser-entry.ts', import.meta.url)));
}

/** Vectors as JSON. */
export function carriedVectors(vectors: readonly PublishedVector[]): string {
  return JSON.stringify(
    vectors.map(({ name, passphrase, bytes }): CarriedVector => ({
      name,
      passphrase,
      base64: Buffer.from(bytes).toString('base64'),
    })),
  );
}
