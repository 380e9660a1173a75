import type { Bytes } from '../bytes.js';
import type { Backend, WorkOptions } from '../crypto/backend.js';
import { defaultBackend } from '../crypto/default-backend.js';
import { runKdf, type KdfRunner } from '../crypto/kdf.js';
import { randomBytes, type RandomSource } from '../crypto/random.js';
import { EnvelopeError } from '../errors.js';
import { decodeBinary, encodeBinary, FieldReader } from '../wire/fields.js';
import { decodeWire, encodeWire } from '../wire/json.js';
import { checkKdfFloor, checkKdfRange, kdfToWire, readKdf, type Kdf } from '../wire/kdf.js';
import type { Normalisation } from '../wire/slot.js';
import type { GeneratedPassphrase } from './generate.js';
import { isFreeformText, normaliseSecret } from './normalise.js';
import { PROFILE_FLOOR_BITS, profileKdf, type KdfProfile } from './profile.js';
import { estimateStrengthBits, isWeakChoice } from './strength.js';

/** Days after which a prepared secret should be renewed: its salt links the envelopes made with it. */
const RENEW_AFTER_DAYS = 90;

const KEY_BYTES = 32;

interface PreparedFields {
  readonly key: Bytes;
  readonly kdf: Kdf;
  readonly norm: Normalisation;
  /** Seconds since 1970. */
  readonly madeAt: number;
  readonly strengthBits: number;
}

/**
 * A passphrase after its key derivation, good for any number of envelopes to one recipient without another derivation. It
 * is a secret: whoever has it opens all of them. Never printed: `JSON.stringify` and the console show no key.
 */
export class PreparedSecret {
  readonly kdf: Kdf;
  readonly norm: Normalisation;
  readonly strengthBits: number;
  readonly madeAt: Date;
  readonly #key: Bytes;

  /** Not for callers, who use {@link prepareSecret} or {@link PreparedSecret.import}: the salt is never theirs. */
  constructor({ key, kdf, norm, madeAt, strengthBits }: PreparedFields) {
    this.#key = key;
    this.kdf = kdf;
    this.norm = norm;
    this.strengthBits = strengthBits;
    this.madeAt = new Date(madeAt * 1_000);
  }

  /** The slot key. The caller neither changes nor keeps it. */
  get key(): Bytes {
    return this.#key;
  }

  /** When a new one should be made. */
  get renewAt(): Date {
    return new Date(this.madeAt.getTime() + RENEW_AFTER_DAYS * 86_400_000);
  }

  /** Text to be stored where secrets are stored; {@link PreparedSecret.import} reads it. */
  export(): string {
    const { kdf, norm, strengthBits, madeAt } = this;
    return encodeWire({
      prepared: 1,
      kdf: kdfToWire(kdf),
      norm,
      bits: Math.floor(strengthBits),
      made: Math.floor(madeAt.getTime() / 1_000),
      key: encodeBinary(this.#key),
    });
  }

  /** Throws `INVALID_ARGUMENT` for a text that {@link PreparedSecret.export} did not write. */
  static import(text: string): PreparedSecret {
    try {
      return readPrepared(text);
    } catch {
      throw new EnvelopeError('INVALID_ARGUMENT', 'text is not an exported prepared secret');
    }
  }

  toJSON(): string {
    return '[prepared secret]';
  }
}

function readPrepared(text: string): PreparedSecret {
  const fields = new FieldReader(decodeWire(text), 'prepared secret');
  if (fields.integer('prepared') !== 1) throw fields.wrong('prepared', 'is not 1');
  const kdf = readKdf(fields.take('kdf'), 'kdf');
  checkKdfRange(kdf);
  checkKdfFloor(kdf);
  const norm = fields.text('norm', 6);
  if (norm !== 'opaque' && norm !== 'words' && norm !== 'code') throw fields.wrong('norm', 'is not known');
  const strengthBits = fields.integer('bits');
  const madeAt = fields.integer('made');
  const key = decodeBinary(fields.text('key', 64) ?? '', 'key');
  fields.end();
  if (key.length !== KEY_BYTES) throw fields.wrong('key', 'is not 32 bytes');
  return new PreparedSecret({ key, kdf, norm, madeAt, strengthBits });
}

export interface PrepareOptions extends WorkOptions {
  /** Default: `light` for a generated passphrase, `standard` for a chosen one. */
  readonly kdf?: KdfProfile | undefined;
  /** Take a passphrase that is weak, or below its profile's floor, all the same. */
  readonly allowWeak?: boolean | undefined;
  readonly backend?: Backend | undefined;
  readonly runKdf?: KdfRunner | undefined;
  /** For tests with vectors only. */
  readonly random?: RandomSource | undefined;
}

/**
 * Derives the key of a passphrase under a fresh salt. A string is a passphrase that a person chose (`opaque`).
 * Throws `WEAK_SECRET` for a weak choice, or a secret below the profile's floor, unless `allowWeak`; `INVALID_ARGUMENT` for an
 * empty one or characters that not every system types alike; `LIMIT` above 1,024 bytes; `ABORTED`.
 */
export async function prepareSecret(
  passphrase: string | GeneratedPassphrase,
  options: PrepareOptions = {},
): Promise<PreparedSecret> {
  const { backend = defaultBackend(), random = randomBytes, allowWeak = false } = options;
  const chosen = typeof passphrase === 'string';
  const { text, norm, bits } = chosen
    ? { text: passphrase, norm: 'opaque' as const, bits: estimateStrengthBits(passphrase) }
    : passphrase;
  const profile = options.kdf ?? (chosen ? 'standard' : 'light');
  if (!isFreeformText(text)) {
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      'passphrase holds characters that cannot be typed alike everywhere (control or unassigned)',
    );
  }
  if (!allowWeak) refuseWeak(text, chosen, bits, profile);
  const kdf = profileKdf(profile, random(16));
  checkKdfFloor(kdf);
  const run: KdfRunner = options.runKdf ?? ((secret, parameters, work) => runKdf(secret, parameters, work, backend));
  const key = await run(normaliseSecret(text, norm), kdf, { onProgress: options.onProgress, signal: options.signal });
  return new PreparedSecret({ key, kdf, norm, madeAt: Math.floor(Date.now() / 1_000), strengthBits: bits });
}

function refuseWeak(text: string, chosen: boolean, bits: number, profile: KdfProfile): void {
  if (chosen && isWeakChoice(text)) {
    throw new EnvelopeError(
      'WEAK_SECRET',
      'passphrase is too easy to guess: take at least 12 characters that are no common word, or a generated one',
    );
  }
  const floor = PROFILE_FLOOR_BITS[profile];
  if (bits < floor) {
    throw new EnvelopeError(
      'WEAK_SECRET',
      `profile ${profile} is for generated passphrases of at least ${String(floor)} bits`,
    );
  }
}
