import { concat, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { createChunkOpener, type ChunkOpener } from '../crypto/chunks.js';
import { damaged, EnvelopeError } from '../errors.js';
import { MAX_BLOCKS } from '../limits.js';
import { decodeBase85 } from '../wire/base85-decode.js';
import {
  CHUNK_BYTES,
  fullBlockBytes,
  locateChunk,
  openedLength,
  payloadLength,
  PREAMBLE_BYTES,
  SEALED_CHUNK_BYTES,
} from '../wire/payload.js';
import type { PayloadText } from './payload-text.js';
import { payloadContext } from './context.js';

/** Blocks that are kept decoded: so many parts can be read at the same time without decoding a block for every chunk. */
const KEPT_BLOCKS = 8;

/** Decodes blocks on demand, and keeps those that were used last. */
class BlockDecoder {
  readonly #text: PayloadText;
  readonly #count: number;
  readonly #kept = new Map<number, Promise<Bytes>>();

  constructor(text: PayloadText, count: number) {
    this.#text = text;
    this.#count = count;
  }

  get(n: number): Promise<Bytes> {
    const bytes = this.#kept.get(n) ?? this.#decode(n);
    // A map lists its entries in the order in which they were set: the one used longest ago comes first.
    this.#kept.delete(n);
    this.#kept.set(n, bytes);
    this.keep(KEPT_BLOCKS);
    return bytes;
  }

  /** Lets go of all blocks but so many. */
  keep(most: number): void {
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= most) break;
      this.#kept.delete(oldest);
    }
  }

  async #decode(n: number): Promise<Bytes> {
    const full = fullBlockBytes(n);
    const bytes = decodeBase85(await this.#text.block(n), full);
    if (n < this.#count - 1 && bytes.length !== full)
      throw damaged(`payload block ${String(n)} is not as long as its place wants`);
    return bytes;
  }
}

/** The plaintext of an envelope, at any position. Nothing leaves it that has not verified. */
export class OpenedPayload {
  readonly length: number;
  #blocks: BlockDecoder;
  #opener: ChunkOpener | undefined;

  private constructor(blocks: BlockDecoder, opener: ChunkOpener, length: number) {
    this.#blocks = blocks;
    this.#opener = opener;
    this.length = length;
  }

  /**
   * Throws `DAMAGED` where the payload commits to another key or header, has a length that no payload has, or where its
   * last chunk, which proves the length, does not verify. `maximum` bounds the payload's length (`LIMIT`).
   */
  static async open(
    fileKey: Bytes,
    headerBytes: Bytes,
    text: PayloadText,
    backend: Backend,
    maximum: number,
  ): Promise<OpenedPayload> {
    const count = await text.blockCount();
    if (count > MAX_BLOCKS || (count - 1) * fullBlockBytes(1) > maximum)
      throw new EnvelopeError('LIMIT', 'payload is larger than the reader takes');
    const blocks = new BlockDecoder(text, count);
    const preamble = (await blocks.get(0)).slice(0, PREAMBLE_BYTES);
    const opener = await createChunkOpener(fileKey, payloadContext(headerBytes), preamble, backend);
    if (opener === undefined) throw damaged('payload does not belong to this header');
    const total = payloadLength(count, (await blocks.get(count - 1)).length);
    const length = openedLength(total);
    if (length === undefined) throw damaged('payload has a length that no payload has');
    const payload = new OpenedPayload(blocks, opener, length);
    await payload.#chunk(Math.floor(length / CHUNK_BYTES));
    return payload;
  }

  /** Forgets the key; every later read rejects. */
  close(): void {
    this.#opener = undefined;
  }

  async #chunk(index: number): Promise<Bytes> {
    const { block, offset } = locateChunk(index);
    const bytes = await this.#blocks.get(block);
    if (this.#opener === undefined) throw new EnvelopeError('ABORTED', 'envelope was locked');
    const sealed = bytes.subarray(offset, offset + SEALED_CHUNK_BYTES);
    const plaintext = await this.#opener.open(index, sealed);
    if (plaintext === undefined) throw damaged(`payload does not verify in chunk ${String(index)}`);
    return plaintext;
  }

  /** Plaintext from `offset` on, `length` bytes, one chunk or less at a time. The caller keeps within the plaintext. */
  async *read(offset: number, length: number): AsyncGenerator<Bytes, void, undefined> {
    const end = offset + length;
    try {
      for (let at = offset; at < end;) {
        const index = Math.floor(at / CHUNK_BYTES);
        const start = index * CHUNK_BYTES;
        const chunk = await this.#chunk(index);
        const piece = chunk.subarray(at - start, Math.min(end - start, chunk.length));
        yield piece;
        at += piece.length;
      }
    } finally {
      // The last one, since small parts lie side by side in it.
      this.#blocks.keep(1);
    }
  }

  async slice(offset: number, length: number): Promise<Bytes> {
    const pieces: Bytes[] = [];
    for await (const piece of this.read(offset, length)) pieces.push(piece);
    return concat(...pieces);
  }
}
