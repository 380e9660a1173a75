import { EnvelopeError, readContent } from '@sealpost/core';

/** A file's content, in the ways in which programs hold one. A text is the file itself, not its path. */
export type FileInput = Uint8Array | string | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** The largest file that is read: what JavaScript can hold as one text. */
const MAX_FILE_BYTES = 512 * 1_048_576 - 32;

/** The whole file. Throws `LIMIT` above 512 MiB, before more is read; `INVALID_ARGUMENT` for what is no file. */
export async function readInput(input: FileInput): Promise<Uint8Array | string> {
  if (typeof input === 'string' || input instanceof Uint8Array) {
    if (input.length > MAX_FILE_BYTES) throw tooLarge();
    return input;
  }
  if (input instanceof Blob) {
    if (input.size > MAX_FILE_BYTES) throw tooLarge();
    return new Uint8Array(await input.arrayBuffer());
  }
  if (!isStream(input)) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'file is not bytes, a text, a Blob or a stream of bytes');
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of readContent(input)) {
    length += piece.length;
    if (length > MAX_FILE_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  const file = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/** Not every browser's streams can be iterated. */
function isStream(input: unknown): boolean {
  return (
    input instanceof ReadableStream || (typeof input === 'object' && input !== null && Symbol.asyncIterator in input)
  );
}

function tooLarge(): EnvelopeError {
  return new EnvelopeError('LIMIT', `file is larger than ${String(MAX_FILE_BYTES)} bytes`);
}
