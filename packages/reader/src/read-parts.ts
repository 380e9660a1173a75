import type { Bytes, OpenedPart, ReadOptions } from '@sealpost/core';

export type Readable = Pick<OpenedPart, 'size' | 'bytes'>;

/** Whole lines of base64, as mail has them: 57 bytes each. */
const PIECE = 57 * 8_192;

/** All of a part, as a file. Rejects like `OpenedPart.bytes`. */
export function readFile(part: OpenedPart, options: ReadOptions): Promise<Blob> {
  return makeFile(partReader([part], options)(part), part.type);
}

/** Of one array, a browser makes a file in one go, and holds up the page. Of pieces, it does not. */
export async function makeFile(
  pieces: AsyncIterable<Bytes>,
  type: string,
  look?: (piece: Bytes) => void,
): Promise<Blob> {
  const made: Blob[] = [];
  for await (const piece of pieces) {
    look?.(piece);
    made.push(new Blob([piece]));
  }
  return new Blob(made, { type });
}

export function totalSize(parts: readonly Readable[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Reads parts one after the other. What is made of a part's pieces does not hold up the page. Progress is over all `parts`.
 * Rejects like `OpenedPart.bytes`.
 */
export function partReader(
  parts: readonly Readable[],
  { onProgress, signal }: ReadOptions,
): (part: Readable) => AsyncGenerator<Bytes, void, undefined> {
  const total = totalSize(parts);
  let done = 0;
  return async function* (part) {
    const bytes = await part.bytes({
      signal,
      onProgress: (fraction) => onProgress?.((done + fraction * part.size) / total),
    });
    done += part.size;
    for (let at = 0; at < bytes.length; at += PIECE) {
      yield bytes.subarray(at, at + PIECE);
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
  };
}
