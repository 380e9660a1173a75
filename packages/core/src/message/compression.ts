import { concat, type Bytes } from '../bytes.js';
import { deflateRaw } from './deflate.js';

/** How much of a content is tried before it is decided how to store it. */
const SAMPLE_BYTES = 65_536;

/** Below this, deflate cannot win. */
const MIN_BYTES = 64;

/** A content is deflated where its sample shrinks to this part of its size or less. */
const WORTH_IT = 0.9;

/** Media types whose content is compressed already. */
const COMPRESSED =
  /^(?:image\/(?!svg|bmp|x-ms-bmp|tiff)|audio\/(?!wav|x-wav)|video\/|application\/(?:zip|gzip|x-7z|x-rar|x-xz|x-bzip|vnd\.openxmlformats|vnd\.oasis|pdf|epub|java-archive|pgp-encrypted|(?:x-)?pkcs7))/i;

async function* pieces(...items: readonly Bytes[]): AsyncGenerator<Bytes, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}

/** Length that a sample takes deflated. */
async function deflatedLength(sample: Bytes): Promise<number> {
  let length = 0;
  for await (const piece of deflateRaw(pieces(sample))) length += piece.length;
  return length;
}

export interface StoredContent {
  readonly encoding: 'stored' | 'deflate';
  readonly pieces: AsyncIterable<Bytes>;
}

/**
 * Decides how a content is stored, from its type and its first 64 KiB, and gives the stored pieces. Never reads further
 * ahead than the sample.
 */
export async function storeContent(
  type: string,
  content: AsyncGenerator<Bytes, void, undefined>,
): Promise<StoredContent> {
  if (COMPRESSED.test(type)) return { encoding: 'stored', pieces: content };
  const head: Bytes[] = [];
  let length = 0;
  while (length < SAMPLE_BYTES) {
    const { done, value } = await content.next();
    if (done === true) break;
    head.push(value);
    length += value.length;
  }
  const sample = concat(...head).subarray(0, SAMPLE_BYTES);
  const whole = prepend(head, content);
  const shrinks = length >= MIN_BYTES && (await deflatedLength(sample)) <= sample.length * WORTH_IT;
  return shrinks ? { encoding: 'deflate', pieces: deflateRaw(whole) } : { encoding: 'stored', pieces: whole };
}

async function* prepend(head: readonly Bytes[], rest: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  yield* head;
  yield* rest;
}
