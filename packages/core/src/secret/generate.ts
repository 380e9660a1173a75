import { EnvelopeError } from '../errors.js';
import { randomBytes, type RandomSource } from '../crypto/random.js';
import type { Normalisation } from '../wire/slot.js';

/** A passphrase that a machine drew, so its strength is known. */
export interface GeneratedPassphrase {
  readonly text: string;
  readonly norm: Normalisation;
  readonly bits: number;
}

/** A uniform number below `bound` (at most 65,536), by rejection: a remainder would prefer small numbers. */
function uniform(bound: number, random: RandomSource): number {
  const limit = 65_536 - (65_536 % bound);
  for (;;) {
    const [high = 0, low = 0] = random(2);
    const value = high * 256 + low;
    if (value < limit) return value % bound;
  }
}

/**
 * Words from a list, with spaces between them. `wordlist` has 1,296 to 65,536 distinct entries.
 * Throws `INVALID_ARGUMENT` for another list.
 */
export function generateWords(
  wordlist: readonly string[],
  count: number,
  random: RandomSource = randomBytes,
): GeneratedPassphrase {
  if (wordlist.length < 1_296 || wordlist.length > 65_536) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'word list does not have 1,296 to 65,536 entries');
  }
  const words = Array.from({ length: count }, () => wordlist[uniform(wordlist.length, random)] ?? '');
  return { text: words.join(' '), norm: 'words', bits: count * Math.log2(wordlist.length) };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Sixteen characters of Crockford's base32 in groups of four, or as many as are wanted: 5 bits each, to be told on the telephone. */
export function generateCode(random: RandomSource = randomBytes, length = 16): GeneratedPassphrase {
  const characters = Array.from(random(length), (byte) => CROCKFORD.charAt(byte % 32)).join('');
  return { text: characters.replace(/.{4}(?=.)/g, '$&-'), norm: 'code', bits: 5 * length };
}
