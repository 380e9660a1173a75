import { concat, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';

/** How much of a content is tried before it is decided how to store it. */
const SAMPLE_BYTES = 65_536;

/** Below this, deflate cannot win. */
const MIN_BYTES = 64;

/** A content is deflated where its sample shrinks to this part of its size or less. */
const WORTH_IT = 0.9;

/** Media types whose content is compressed already. */
const COMPRESSED =
  /^(?:image\/(?!svg|bmp|x-ms-bmp|tiff)|audio\/(?!wav|x-wav)|video\/|application\/(?:zip|gzip|x-7z|x-rar|x-xz|x-bzip|vnd\.openxmlformats|vnd\.oasis|pdf|epub|java-archive|pgp-encrypted|(?:x-)?pkcs7))/i;

async function* listed(items: readonly Bytes[]): AsyncGenerator<Bytes, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}

async function* chained(head: readonly Bytes[], rest: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  yield* head;
  yield* rest;
}

export interface StoredContent {
  readonly encoding: 'stored' | 'deflate';
  readonly pieces: AsyncIterable<Bytes>;
}

/**
 * Decides how a content is stored, from its type and its first 64 KiB, and gives the stored pieces. Never reads further
 * ahead than the sample; a content that is no longer than that is compressed once.
 */
export async function storeContent(
  type: string,
  content: AsyncGenerator<Bytes, void, undefined>,
  backend: Backend,
): Promise<StoredContent> {
  if (COMPRESSED.test(type)) return { encoding: 'stored', pieces: content };
  const head: Bytes[] = [];
  let length = 0;
  let ended = false;
  while (length < SAMPLE_BYTES && !ended) {
    const { done, value } = await content.next();
    if (done === true) ended = true;
    else {
      head.push(value);
      length += value.length;
    }
  }
  const whole = chained(head, content);
  if (length < MIN_BYTES) return { encoding: 'stored', pieces: whole };
  const sample = concat(...head).subarray(0, SAMPLE_BYTES);
  const deflated: Bytes[] = [];
  for await (const piece of backend.deflateRaw(listed([sample]))) deflated.push(piece);
  const deflatedLength = deflated.reduce((sum, piece) => sum + piece.length, 0);
  if (deflatedLength > sample.length * WORTH_IT) return { encoding: 'stored', pieces: whole };
  const sampledAll = ended && length === sample.length;
  return { encoding: 'deflate', pieces: sampledAll ? listed(deflated) : backend.deflateRaw(whole) };
}
