import type { Bytes } from './bytes.js';
import type { Backend } from './crypto/backend.js';
import { defaultBackend } from './crypto/default-backend.js';
import { assemble } from './document/assemble.js';
import type { Message } from './message/message.js';
import { writePlaintext } from './message/plaintext.js';
import { prepareEnvelope, type SealEnvelopeOptions } from './seal.js';
import { LINE_DIGITS } from './wire/base85-encode.js';
import { blocksOf, sealedLength } from './wire/payload.js';

/** One pair of digits in this many is a `<!`, and costs a line feed. */
const PAIRS_PER_BREAK = 85 * 85;

/** Hashing takes time and does not change the length. */
function withoutHashing(backend: Backend): Backend {
  return { ...backend, sha256Stream: () => ({ update: () => undefined, digest: () => new Uint8Array(32) }) };
}

/**
 * Bytes of the file that {@link sealEnvelope} would write, to a few bytes in a million: the message is compressed for it, but not
 * encrypted. Reads the message's contents, so streams are used up by it. Throws as sealing does.
 */
export async function estimateFileSize(message: Message, options: SealEnvelopeOptions): Promise<number> {
  const { backend = defaultBackend(), page } = options;
  const { header, plain, parts } = await prepareEnvelope(message, options);
  let plaintext = 0;
  for await (const piece of writePlaintext(message, parts, plain, withoutHashing(backend))) plaintext += piece.length;
  const payload = sealedLength(plaintext);
  const blocks = blocksOf(payload);
  const digits = Math.ceil((payload * 5) / 4);
  let around = 0;
  for await (const piece of assemble(header, page, emptyBlocks(blocks), backend)) around += piece.length;
  return around + digits + Math.floor(digits / LINE_DIGITS) + Math.round(digits / PAIRS_PER_BREAK);
}

async function* emptyBlocks(count: number): AsyncGenerator<Bytes, void, undefined> {
  for (let n = 0; n < count; n++) yield await Promise.resolve(new Uint8Array());
}
