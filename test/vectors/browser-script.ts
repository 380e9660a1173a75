import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { CarriedVector } from './browser-entry.js';
import type { PublishedVector } from './published.js';

/**
 * A script that stands alone: put into any page, it sets `runVectors` of browser-entry.ts, which takes what
 * {@link carriedVectors} gives.
 */
export async function browserScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser-entry.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    conditions: ['source'],
    write: false,
  });
  return outputFiles[0]!.text;
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
