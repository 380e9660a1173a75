import { utf8, type Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';
import { MAX_PASSPHRASE_BYTES } from '../limits.js';
import type { Normalisation } from '../wire/slot.js';

/** Passphrase to bytes (spec/envelope-v1.md, section 6). */

const SEPARATORS = /[\p{Zs}\t\n\r_.,\u2010-\u2015-]+/gu;

const RULES: Readonly<Record<Normalisation, (text: string) => string>> = {
  opaque: (text) => text.replace(/\p{Zs}/gu, ' ').normalize('NFC'),
  words: (text) => text.normalize('NFC').toLowerCase().normalize('NFC').replace(SEPARATORS, ' ').replace(/^ | $/g, ''),
  code: (text) =>
    text
      .replace(SEPARATORS, '')
      .replace(/[a-z]/g, (letter) => letter.toUpperCase())
      .replace(/O/g, '0')
      .replace(/[IL]/g, '1'),
};

/**
 * The bytes from which a slot key is derived. Throws `LIMIT` where they are more than 1,024, and `INVALID_ARGUMENT`
 * where nothing is left; never for characters, so that a reader treats them as any other wrong secret.
 */
export function normaliseSecret(text: string, norm: Normalisation): Bytes {
  const bytes = utf8(RULES[norm](text));
  if (bytes.length === 0) throw new EnvelopeError('INVALID_ARGUMENT', 'passphrase is empty');
  if (bytes.length > MAX_PASSPHRASE_BYTES) throw new EnvelopeError('LIMIT', 'passphrase is longer than 1,024 bytes');
  return bytes;
}

/**
 * What RFC 8264 disallows in the FreeformClass: controls, surrogates, private use, line and paragraph separators, old
 * Hangul jamo, format characters and what is ignored by default (but the joiners, which are CONTEXTJ), the exceptions of its section 9.6, and what
 * this Unicode version does not know.
 */
const DISALLOWED =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7c6\ud7cb-\ud7fb\u0640\u07fa\u3031-\u3035\u303b]|\u302e|\u302f|(?![\u200c\u200d])[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Whether a writer may accept this text as a passphrase (RFC 8265, section 4.2.2): text that another system, or a later
 * Unicode version, could prepare otherwise is refused when the envelope is made, not when it is opened.
 */
export function isFreeformText(text: string): boolean {
  return !DISALLOWED.test(text.normalize('NFC'));
}

/** For opening: `undefined` for a text of which the rule leaves nothing, or too much. It opens nothing, and is no mistake. */
export function tryNormalise(passphrase: string, norm: Normalisation): Bytes | undefined {
  try {
    return normaliseSecret(passphrase, norm);
  } catch (error) {
    if (error instanceof EnvelopeError) return undefined;
    throw error;
  }
}
