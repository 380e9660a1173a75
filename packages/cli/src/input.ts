import { createReadStream } from 'node:fs';
import { EXIT, Failure, fileFailure, usageFailure } from './failure.js';

/** Largest file that is read: what JavaScript can hold as one text. Larger envelopes cannot be opened, larger mails not sent. */
const MAX_BYTES = 512 * 1_048_576;

/** A file's bytes, or with `-` those of standard input, which must not be a terminal. */
export async function readInput(path: string): Promise<Uint8Array> {
  if (path === '-' && process.stdin.isTTY) {
    throw usageFailure('nothing to read: standard input is a terminal', 'name a file, or pipe one in');
  }
  return readBounded(path, MAX_BYTES);
}

/** As {@link readInput}, from any kind of file, up to a limit. Does not block: a named pipe may wait for its writer. */
export async function readBounded(path: string, maximum: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of path === '-' ? process.stdin : createReadStream(path)) {
      const bytes = piece as Uint8Array;
      length += bytes.length;
      if (length > maximum) throw new Failure(EXIT.limit, `${nameOf(path)} is larger than ${maximum} bytes`);
      pieces.push(bytes);
    }
  } catch (error) {
    throw fileFailure(error, 'read', nameOf(path));
  }
  return Buffer.concat(pieces, length);
}

/** Standard input is one thing: refuses a call in which two options, or an option and FILE, are `-`. */
export function checkStandardInput(uses: readonly (readonly [what: string, value: string | undefined])[]): void {
  const [first, second] = uses.filter(([, value]) => value === '-').map(([what]) => what);
  if (first === undefined || second === undefined) return;
  throw usageFailure(`${first} and ${second} cannot both come from standard input`, 'keep one of them in a file');
}

/** A private key is kept in a file. */
export function refusePrivateKeyAtInput(file: string | undefined): void {
  if (file === '-') throw usageFailure('a private key does not come from standard input', 'keep it in a file');
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}
