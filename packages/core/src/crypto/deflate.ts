import type { Bytes } from '../bytes.js';

/** Raw deflate (RFC 1951) through the platform's own streams, both ways, piece by piece. */

/** Pieces through a platform's stream. Ends in an error where either side does. */
async function* through(
  pieces: AsyncIterable<Bytes> | Iterable<Bytes>,
  transform: GenericTransformStream,
): AsyncGenerator<Bytes, void, undefined> {
  const writer = (transform.writable as WritableStream<Bytes>).getWriter();
  const reader = (transform.readable as ReadableStream<Bytes>).getReader();
  const writing = (async () => {
    for await (const piece of pieces) {
      await writer.ready;
      await writer.write(piece);
    }
    await writer.close();
  })();
  // An error of the writing side also fails the reading side, except the source's own.
  let failed: unknown;
  const settled = writing.catch(async (error: unknown) => {
    failed = error ?? new Error('stream failed');
    await writer.abort(error).catch(() => undefined);
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await settled;
    if (failed !== undefined) throw failed as Error;
  } finally {
    await reader.cancel().catch(() => undefined);
    await settled;
  }
}

export function deflateRaw(pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  return through(pieces, new CompressionStream('deflate-raw'));
}

/**
 * As `Backend.inflateRaw`. Browsers refuse bytes behind the end of the stream; Node's own streams do so from version 24 on, before
 * that the Node backend of `sealpost` does.
 */
export function inflateRaw(pieces: AsyncIterable<Bytes> | Iterable<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  return through(pieces, new DecompressionStream('deflate-raw'));
}
