import type { Backend, Bytes } from '@sealpost/core';
import { concat } from '@sealpost/core/page';

/** As core's: deflated where that makes it this much smaller. */
const WORTH_IT = 0.9;

/**
 * Decides how a content is stored by deflating it, all in memory: for core's `message/compression.ts`, which decides by a sample and by the
 * type.
 */
export async function storeContent(
  _type: string,
  content: AsyncIterable<Bytes>,
  backend: Backend,
): Promise<{ readonly encoding: 'stored' | 'deflate'; readonly pieces: AsyncIterable<Bytes> }> {
  const stored = await whole(content);
  const deflated = await whole(backend.deflateRaw(once(stored)));
  return deflated.length > stored.length * WORTH_IT
    ? { encoding: 'stored', pieces: once(stored) }
    : { encoding: 'deflate', pieces: once(deflated) };
}

async function whole(pieces: AsyncIterable<Bytes>): Promise<Bytes> {
  const all: Bytes[] = [];
  for await (const piece of pieces) all.push(piece);
  return concat(...all);
}

async function* once(piece: Bytes): AsyncGenerator<Bytes, void, undefined> {
  yield await Promise.resolve(piece);
}
