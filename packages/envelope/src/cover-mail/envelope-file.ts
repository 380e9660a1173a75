import { EnvelopeError } from '@sealpost/core';
import { isPlainFileName } from '../file-name.js';
import { inspect, type Inspected } from '../inspect.js';

/** Bytes that are looked at together. */
const CHUNK = 131_072;

const LF = 0x0a;

/** Checks what can be checked before the file is read. Throws `INVALID_ARGUMENT`. */
export function checkEnvelopeAccess({ fileName, bytes }: { readonly [P in 'fileName' | 'bytes']: unknown }): void {
  if (typeof fileName !== 'string') {
    throw new EnvelopeError('INVALID_ARGUMENT', 'sealed.fileName is not a text; give one such as "securedoc.html"');
  }
  if (!isPlainFileName(fileName) || /^\.+$/.test(fileName)) {
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      'sealed.fileName is only dots, or not 1 to 100 letters, digits, ".", "_" and "-"; give one such as "securedoc.html"',
    );
  }
  if (typeof bytes !== 'function') {
    throw new EnvelopeError('INVALID_ARGUMENT', 'sealed.bytes is not a function; hand in what seal() returned');
  }
}

/**
 * What the file of an envelope shows. It is put together again out of its header and its blocks, and must come out the same: so no
 * other file goes out in its place, nothing stands beside what a release of Sealpost up to this one writes, and no line is one that a mail
 * system changes (spec/envelope-v1.md, section 8.4). What cannot be seen from outside is whether the blocks hold ciphertext, and
 * who sealed it.
 *
 * Throws `INVALID_ARGUMENT` for anything else; `LIMIT` above 512 MiB.
 */
export async function readEnvelopeFile(file: unknown): Promise<Inspected> {
  if (!(file instanceof Uint8Array)) throw notAnEnvelope('no Uint8Array');
  const inspected = await inspect(file).catch((error: unknown) => {
    const other =
      error instanceof EnvelopeError && (error.code === 'NOT_AN_ENVELOPE' || error.code === 'UNSUPPORTED_VERSION');
    throw other ? notAnEnvelope('no envelope') : error;
  });
  if (!inspected.known) {
    throw notAnEnvelope(
      inspected.fault === undefined
        ? 'an envelope that no release of Sealpost up to this one wrote so'
        : 'an envelope that is not whole',
    );
  }
  // A reader undoes what transport does to text, so an envelope that was through it already comes out the same.
  const decoder = new TextDecoder('latin1');
  for (let at = 0; at < file.length; at += CHUNK) {
    if (/[^\n -~]/.test(decoder.decode(file.subarray(at, at + CHUNK))))
      throw notAnEnvelope('bytes outside ASCII or CR');
  }
  if (file.at(-1) !== LF || file.at(-2) === LF) throw notAnEnvelope('an envelope with another end');
  return inspected;
}

function notAnEnvelope(what: string): EnvelopeError {
  return new EnvelopeError(
    'INVALID_ARGUMENT',
    `sealed.bytes() gives ${what}; hand in what seal() returned, or its file as it was written`,
  );
}
