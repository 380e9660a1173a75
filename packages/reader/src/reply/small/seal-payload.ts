import type { Backend, Bytes, RandomSource } from '@sealpost/core';
import { concat, payloadContext, sealChunked } from '@sealpost/core/page';

/** Bytes of a full block behind the first, which has the preamble besides. */
const BLOCK_BYTES = 64 * (16_384 + 16);
const PREAMBLE_BYTES = 56;

/** Encrypts a plaintext and gives its blocks, all in memory: for core's `payload/seal-payload.ts`, which does so piece by piece. */
export async function* sealPayload(
  fileKey: Bytes,
  headerBytes: Bytes,
  plaintext: AsyncIterable<Bytes>,
  backend: Backend,
  random: RandomSource,
): AsyncGenerator<Bytes, void, undefined> {
  const pieces: Bytes[] = [];
  for await (const piece of plaintext) pieces.push(piece.slice());
  const sealed = await sealChunked(fileKey, payloadContext(headerBytes), concat(...pieces), backend, random);
  let end = PREAMBLE_BYTES;
  for (let start = 0; start < sealed.length; start = end) {
    end += BLOCK_BYTES;
    yield sealed.subarray(start, end);
  }
}
