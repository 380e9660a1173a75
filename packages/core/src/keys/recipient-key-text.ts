import { bech32m } from '@scure/base';
import { concat, readU32, u16, u32, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError, invalid } from '../errors.js';
import type { Kem } from '../kem/kem.js';
import { makeRecipientKey, secondsOf, type RecipientKey } from './recipient-key.js';

/** Public keys as texts (spec/envelope-v1.md, section 5.3). */

/** Begins the text, so that nobody takes it for something else. */
const PREFIX = 'sealpost';
const FORMAT = 1;
/** Format, KEM, valid from, valid to. */
const FIXED_BYTES = 1 + 2 + 4 + 4;

/**
 * The key as a text of letters and digits with a checksum (bech32m, BIP 350): about 130 characters for P-256, 2,000 for
 * the hybrid.
 */
export function recipientKeyText({ kem, publicKey, validity }: RecipientKey): string {
  const bytes = concat(
    Uint8Array.of(FORMAT),
    u16(kem.id),
    u32(secondsOf(validity.from)),
    u32(secondsOf(validity.to)),
    publicKey,
  );
  return bech32m.encode(PREFIX, bech32m.toWords(bytes), false);
}

/**
 * The reverse; white space around the text means nothing. Throws `INVALID_ARGUMENT` for a text that is no key, or one that was
 * mistyped; `UNSUPPORTED_VERSION` for a key of a kind that is not among `kems`.
 */
export async function readRecipientKey(text: string, kems: readonly Kem[], backend: Backend): Promise<RecipientKey> {
  const bytes = decoded(text.trim());
  const [format = FORMAT, high = 0, low] = bytes;
  const kem = kems.find(({ id }) => id === high * 256 + (low ?? 0));
  if (format !== FORMAT || (low !== undefined && kem === undefined))
    throw new EnvelopeError('UNSUPPORTED_VERSION', 'public key is of a kind that this release does not know');
  if (kem === undefined || bytes.length < FIXED_BYTES) throw invalid('public key is cut off');
  const validity = { from: dateOf(readU32(bytes, 3)), to: dateOf(readU32(bytes, 7)) };
  return makeRecipientKey(kem, bytes.slice(FIXED_BYTES), validity, backend);
}

function decoded(text: string): Bytes {
  try {
    const { prefix, words } = bech32m.decode(text as `${string}1${string}`, false);
    if (prefix === PREFIX) return new Uint8Array(bech32m.fromWords(words));
  } catch {
    // As below.
  }
  throw invalid('text is no public key, or a letter of it is wrong');
}

function dateOf(seconds: number): Date | undefined {
  return seconds === 0 ? undefined : new Date(seconds * 1_000);
}
