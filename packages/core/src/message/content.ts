import { asBytes, type Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';
import type { Content } from './message.js';

/** Bytes handed on at once when a content in memory is read: enough to keep per-piece costs small. */
const PIECE = 262_144;

/**
 * Reads a content once, piece by piece. Pieces of bytes in memory are views, which whoever takes one does not change; those of a
 * stream are copies, since its maker may write the next piece into the memory of the last.
 */
export async function* readContent(content: Content): AsyncGenerator<Bytes, void, undefined> {
  if (content instanceof Uint8Array) {
    const bytes = asBytes(content);
    for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    return;
  }
  for await (const piece of iterable(content)) yield new Uint8Array(piece);
}

function iterable(content: Exclude<Content, Uint8Array>): AsyncIterable<Uint8Array> {
  if (content instanceof Blob) return fromStream(content.stream());
  if (content instanceof ReadableStream) return fromStream(content);
  if (typeof content === 'object' && Symbol.asyncIterator in content) return content;
  throw new EnvelopeError('INVALID_ARGUMENT', 'content is not bytes, a Blob, or a stream of bytes');
}

/** Streams are not async iterables in every browser that we run in. */
async function* fromStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Pieces as a stream that asks for the next one when it is read, and ends their source when it is cancelled. */
export function toStream<T extends Uint8Array>(pieces: AsyncGenerator<T, void, undefined>): ReadableStream<T> {
  return new ReadableStream<T>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}
