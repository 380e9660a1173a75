import { backend } from '#backend';
import {
  EnvelopeError,
  generateWords,
  isWeakChoice,
  prepareSecret as prepare,
  type GeneratedPassphrase,
  type KdfProfile,
  type PreparedSecret,
} from '@sealpost/core';
import { effLongWordlist } from '@sealpost/core/wordlist';
import type { Warning } from './warning.js';

/** Five words have 64.6 bits, enough for `light`; `fips` wants 77, which six have. */
const WORDS: Readonly<Record<KdfProfile, number>> = { standard: 5, light: 5, fips: 6 };

export interface SecretOptions {
  /** A passphrase that a person chose, or that another system made. */
  readonly passphrase?: string;
  /** Default: `light` for a generated passphrase, `standard` for one that is given. */
  readonly kdf?: KdfProfile;
  /** Take a given passphrase that is weak or below its profile's floor all the same; a warning says so. */
  readonly allowWeak?: boolean;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** A passphrase drawn from the EFF long word list, strong enough for the profile. */
export function generatePassphrase(kdf: KdfProfile = 'light'): GeneratedPassphrase {
  return generateWords(effLongWordlist, WORDS[kdf]);
}

const words = new Set(effLongWordlist);

/**
 * What a given passphrase is taken for: one that consists of enough words of our list and nothing else was generated, wherever
 * it was kept in between. (A person who picks five such words by hand is taken at their word.)
 */
function recognise(passphrase: string): string | GeneratedPassphrase {
  const parts = passphrase.split(' ');
  const generated =
    parts.length >= WORDS.light && parts.every((part) => words.has(part)) && new Set(parts).size === parts.length;
  return generated ? { text: passphrase, norm: 'words', bits: parts.length * Math.log2(words.size) } : passphrase;
}

/**
 * Derives the key of a passphrase once, for many envelopes to one recipient. Without a passphrase one is generated, and
 * given back beside the prepared secret. Keep the secret where secrets are kept; renew it after 90 days.
 * Throws `WEAK_SECRET`, `INVALID_ARGUMENT`, `LIMIT` (more than 1,024 bytes) or `ABORTED`.
 */
export async function prepareSecret(
  options: SecretOptions = {},
): Promise<{ readonly prepared: PreparedSecret; readonly passphrase?: string }> {
  const { passphrase, kdf, ...rest } = options;
  if (passphrase !== undefined && typeof (passphrase as unknown) !== 'string')
    throw new EnvelopeError('INVALID_ARGUMENT', 'passphrase is not a text');
  if (kdf !== undefined && !Object.hasOwn(WORDS, kdf))
    throw new EnvelopeError('INVALID_ARGUMENT', 'kdf is not "standard", "light" or "fips"');
  if (passphrase !== undefined) return { prepared: await prepare(recognise(passphrase), { ...rest, kdf, backend }) };
  const generated = generatePassphrase(kdf);
  return { prepared: await prepare(generated, { ...rest, kdf, backend }), passphrase: generated.text };
}

/** Warnings about a secret that was taken all the same. */
export function secretWarnings(prepared: PreparedSecret, passphrase: string | undefined): readonly Warning[] {
  const warnings: Warning[] = [];
  if (passphrase !== undefined && isWeakChoice(passphrase)) {
    warnings.push({
      code: 'WEAK_PASSPHRASE',
      message: 'the passphrase is easy to guess; whoever gets the file can try for ever',
    });
  }
  if (prepared.renewAt.getTime() < Date.now()) {
    warnings.push({
      code: 'RENEW_SECRET',
      message: 'the prepared secret is older than 90 days; its salt links the envelopes made with it',
    });
  }
  return warnings;
}

/** Throws `INVALID_ARGUMENT` where a caller gives two secrets: the weaker one would decide. */
export function checkSecretOptions(options: {
  readonly passphrase?: string;
  readonly prepared?: PreparedSecret;
  readonly questions?: unknown;
  readonly generate?: boolean;
}): void {
  const { passphrase, prepared, questions, generate = false } = options;
  if (passphrase !== undefined && prepared !== undefined)
    throw new EnvelopeError('INVALID_ARGUMENT', 'give a passphrase or a prepared secret, not both');
  if (questions !== undefined && (passphrase !== undefined || prepared !== undefined || generate))
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      'give questions or a passphrase, not both: the envelope would be as weak as the weaker of them',
    );
}
