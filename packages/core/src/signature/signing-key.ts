import { bech32m } from '@scure/base';
import { concat, u16, type Bytes } from '../bytes.js';
import { EnvelopeError, invalid } from '../errors.js';
import { KEY_BYTES } from './ed25519.js';

/** Public keys that verify signatures, as texts (spec/envelope-v1.md, section 5.7). */

/** Begins the text, so that nobody takes it for a key to seal to. */
const PREFIX = 'sealpostsign';
const FORMAT = 1;
const ED25519 = 1;
const FIXED_BYTES = 3;

/** The key as a text of some 70 letters and digits with a checksum (bech32m, BIP 350). */
export function signingKeyText(publicKey: Bytes): string {
  const bytes = concat(Uint8Array.of(FORMAT), u16(ED25519), publicKey);
  return bech32m.encode(PREFIX, bech32m.toWords(bytes), false);
}

/**
 * The reverse; white space around the text means nothing. Throws `INVALID_ARGUMENT` for a text that is no key, or one that was
 * mistyped; `UNSUPPORTED_VERSION` for a key of a later release.
 */
export function readSigningKey(text: string): Bytes {
  const bytes = decoded(text.trim());
  const [format = FORMAT, high = 0, low = ED25519] = bytes;
  if (format !== FORMAT || high !== 0 || low !== ED25519)
    throw new EnvelopeError('UNSUPPORTED_VERSION', 'signing key is of a kind that this release does not know');
  const key = bytes.slice(FIXED_BYTES);
  if (key.length !== KEY_BYTES) throw invalid('signing key is none of its kind');
  return key;
}

function decoded(text: string): Bytes {
  try {
    const { prefix, words } = bech32m.decode(text as `${string}1${string}`, false);
    if (prefix === PREFIX) return new Uint8Array(bech32m.fromWords(words));
  } catch {
    // As below.
  }
  throw invalid('text is no signing key, or a letter of it is wrong');
}
