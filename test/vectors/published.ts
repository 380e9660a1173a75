import { readFileSync } from 'node:fs';
import type { KeyTextEntry, VectorEntry } from '@sealpost/vectors';

const folder = new URL('../../packages/vectors/data/', import.meta.url);

/** A vector as it is published. */
export interface PublishedVector extends VectorEntry {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** All vectors, from the files that anybody else would take: not from the scenarios. */
export function readVectors(): readonly PublishedVector[] {
  return readIndex().vectors.map((entry) => ({
    ...entry,
    bytes: new Uint8Array(readFileSync(new URL(entry.file, folder))),
  }));
}

/** All texts of signing keys. */
export function readKeyTexts(): readonly KeyTextEntry[] {
  return readIndex().texts;
}

function readIndex(): { readonly vectors: readonly VectorEntry[]; readonly texts: readonly KeyTextEntry[] } {
  return JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as ReturnType<typeof readIndex>;
}
