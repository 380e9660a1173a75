import { EnvelopeError } from '@sealpost/core';

/** A file's content, in the ways in which programs hold one. */
export type FileInput = Uint8Array | string | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** The whole file. Throws `LIMIT` above `maximum` bytes, before more is read. */
export async function readInput(input: FileInput, maximum: number): Promise<Uint8Array | string> {
  if (typeof input === 'string' || input instanceof Uint8Array) {
    if (input.length > maximum) throw tooLarge(maximum);
    return input;
  }
  if (input instanceof Blob) {
    if (input.size > maximum) throw tooLarge(maximum);
    return new Uint8Array(await input.arrayBuffer());
  }
  if (typeof (input as unknown) !== 'object' || (input as unknown) === null || !(Symbol.asyncIterator in input)) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'file is not bytes, a text, a Blob or a stream of bytes');
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of input) {
    length += piece.length;
    if (length > maximum) throw tooLarge(maximum);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooLarge(maximum: number): EnvelopeError {
  return new EnvelopeError('LIMIT', `file is larger than ${String(maximum)} bytes`);
}
