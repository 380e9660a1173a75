import type { Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { createChunkSealer } from '../crypto/chunks.js';
import type { RandomSource } from '../crypto/random.js';
import { CHUNK_BYTES, CHUNKS_PER_BLOCK, fullBlockBytes, SEALED_CHUNK_BYTES, TAG_BYTES } from '../wire/payload.js';
import { payloadContext } from './context.js';

/**
 * Regroups pieces of any length into full chunks and one short chunk, maybe empty, at the end. A chunk is the taker's until it
 * asks for the next.
 */
async function* rechunk(pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  const pending = new Uint8Array(CHUNK_BYTES);
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
        filled = 0;
      }
    }
  }
  yield pending.subarray(0, filled);
}

/** Room of a block at first: a short message needs no more. */
const FIRST_ROOM = 2 * SEALED_CHUNK_BYTES;

/** Collects the bytes of one block after the other in the same memory. */
class BlockBuffer {
  #bytes = new Uint8Array(FIRST_ROOM);
  #filled = 0;

  /** The next so many bytes of the block, for the caller to fill before it asks for more. */
  append(length: number): Bytes {
    const start = this.#filled;
    this.#filled += length;
    if (this.#filled > this.#bytes.length) this.#grow(start);
    return this.#bytes.subarray(start, this.#filled);
  }

  #grow(used: number): void {
    const room = Math.max(this.#filled, Math.min(4 * this.#bytes.length, fullBlockBytes(0)));
    const larger = new Uint8Array(room);
    larger.set(this.#bytes.subarray(0, used));
    this.#bytes = larger;
  }

  /** The block; it is the taker's until the next `append`. */
  take(): Bytes {
    const block = this.#bytes.subarray(0, this.#filled);
    this.#filled = 0;
    return block;
  }
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
  const block = new BlockBuffer();
  block.append(sealer.preamble.length).set(sealer.preamble);
  let chunk = 0;
  for await (const piece of rechunk(plaintext)) {
    if (chunk > 0 && chunk % CHUNKS_PER_BLOCK === 0) yield block.take();
    await sealer.seal(chunk++, piece, block.append(piece.length + TAG_BYTES));
  }
  yield block.take();
}
