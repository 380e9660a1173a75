import { readFileSync } from 'node:fs';
import type { VectorEntry } from '@sealpost/vectors';

const folder = new URL('../../packages/vectors/data/', import.meta.url);

/** A vector as it is published. */
export interface PublishedVector extends VectorEntry {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** All vectors, from the files that anybody else would take: not from the scenarios. */
export function readVectors(): readonly PublishedVector[] {
  const index = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as { vectors: readonly VectorEntry[] };
  return index.vectors.map((entry) => ({ ...entry, bytes: new Uint8Array(readFileSync(new URL(entry.file, folder))) }));
}
