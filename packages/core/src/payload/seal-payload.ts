import { concat, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { createChunkSealer } from '../crypto/chunks.js';
import type { RandomSource } from '../crypto/random.js';
import { CHUNK_BYTES, CHUNKS_PER_BLOCK, fullBlockBytes } from '../wire/payload.js';

const LABEL = utf8('sealpost/v1 payload\0');

/** Context of the payload's encryption: binds it to every byte of the header. */
export function payloadContext(headerBytes: Bytes): Bytes {
  return concat(LABEL, headerBytes);
}

/** Regroups pieces of any length into full chunks and one short chunk, maybe empty, at the end. */
async function* rechunk(pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  let pending = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  for await (const piece of pieces) {
    let at = 0;
    while (at < piece.length) {
      if (filled === 0 && piece.length - at >= CHUNK_BYTES) {
        yield piece.subarray(at, at + CHUNK_BYTES);
        at += CHUNK_BYTES;
        continue;
      }
      const taken = piece.subarray(at, at + CHUNK_BYTES - filled);
      pending.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled === CHUNK_BYTES) {
        yield pending;
        pending = new Uint8Array(CHUNK_BYTES);
        filled = 0;
      }
    }
  }
  yield pending.subarray(0, filled);
}

/**
 * Encrypts a plaintext and yields its blocks (spec/envelope-v1.md, section 8.1). The block is the taker's until it asks
 * for the next; its memory is then used again.
 */
export async function* sealPayload(
  fileKey: Bytes,
  headerBytes: Bytes,
  plaintext: AsyncIterable<Bytes>,
  backend: Backend,
  random: RandomSource,
): AsyncGenerator<Bytes, void, undefined> {
  const sealer = await createChunkSealer(fileKey, payloadContext(headerBytes), backend, random);
  const block = new Uint8Array(fullBlockBytes(0));
  block.set(sealer.preamble);
  let filled = sealer.preamble.length;
  let chunk = 0;
  for await (const piece of rechunk(plaintext)) {
    if (chunk > 0 && chunk % CHUNKS_PER_BLOCK === 0) {
      yield block.subarray(0, filled);
      filled = 0;
    }
    const sealed = await sealer.seal(chunk++, piece);
    block.set(sealed, filled);
    filled += sealed.length;
  }
  yield block.subarray(0, filled);
}
