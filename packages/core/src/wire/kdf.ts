import type { Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';
import {
  MAX_ARGON2_COST,
  MAX_ARGON2_LANES,
  MAX_ARGON2_MEMORY,
  MAX_ARGON2_PASSES,
  MAX_PBKDF2_ITERATIONS,
  MAX_SALT_BYTES,
  MIN_ARGON2_COST,
  MIN_ARGON2_MEMORY,
  MIN_PBKDF2_ITERATIONS,
  MIN_SALT_BYTES,
} from '../limits.js';
import { encodeBinary, FieldReader } from './fields.js';
import type { WireObject, WireValue } from './json.js';

export interface Argon2idKdf {
  readonly name: 'argon2id';
  /** Memory, KiB. */
  readonly m: number;
  /** Passes. */
  readonly t: number;
  /** Lanes. */
  readonly p: number;
  readonly salt: Bytes;
}

export interface Pbkdf2Kdf {
  readonly name: 'pbkdf2-hmac-sha256';
  /** Iterations. */
  readonly c: number;
  readonly salt: Bytes;
}

/** A key derivation with its parameters, as a slot holds it (spec/envelope-v1.md, section 5.1). */
export type Kdf = Argon2idKdf | Pbkdf2Kdf;

/** Throws `NOT_AN_ENVELOPE` for wrong syntax. Ranges are checked apart, by {@link checkKdfRange}. */
export function readKdf(value: WireValue | undefined, path: string): Kdf {
  const fields = new FieldReader(value, path);
  const name = fields.text('name', 64);
  let kdf: Kdf;
  if (name === 'argon2id') {
    // In the order of the spec.
    kdf = { name, m: fields.integer('m'), t: fields.integer('t'), p: fields.integer('p'), salt: readSalt(fields) };
  } else if (name === 'pbkdf2-hmac-sha256') {
    kdf = { name, c: fields.integer('c'), salt: readSalt(fields) };
  } else {
    throw fields.wrong('name', 'is not a key derivation of this version');
  }
  fields.end();
  return kdf;
}

function readSalt(fields: FieldReader): Bytes {
  const salt = fields.bytes('salt');
  if (salt === undefined) throw fields.wrong('salt', 'is missing');
  return salt;
}

export function kdfToWire(kdf: Kdf): WireObject {
  const salt = encodeBinary(kdf.salt);
  return kdf.name === 'argon2id'
    ? { name: kdf.name, m: kdf.m, t: kdf.t, p: kdf.p, salt }
    : { name: kdf.name, c: kdf.c, salt };
}

function between(value: number, minimum: number, maximum: number): boolean {
  return value >= minimum && value <= maximum;
}

/** Throws `LIMIT` where a parameter is outside the reader's range. Costs nothing; to be called before any derivation. */
export function checkKdfRange(kdf: Kdf): void {
  const fits =
    between(kdf.salt.length, MIN_SALT_BYTES, MAX_SALT_BYTES) &&
    (kdf.name === 'argon2id'
      ? between(kdf.t, 1, MAX_ARGON2_PASSES) &&
        between(kdf.p, 1, MAX_ARGON2_LANES) &&
        between(kdf.m, 8 * kdf.p, MAX_ARGON2_MEMORY) &&
        kdf.m * kdf.t <= MAX_ARGON2_COST
      : between(kdf.c, 1, MAX_PBKDF2_ITERATIONS));
  if (!fits) throw new EnvelopeError('LIMIT', `parameters of ${kdf.name} are outside the range that a reader runs`);
}

/** Throws `INVALID_ARGUMENT` where parameters are below the writer's floor. */
export function checkKdfFloor(kdf: Kdf): void {
  const enough =
    kdf.name === 'argon2id'
      ? kdf.m >= MIN_ARGON2_MEMORY && kdf.m * kdf.t >= MIN_ARGON2_COST
      : kdf.c >= MIN_PBKDF2_ITERATIONS;
  if (!enough) throw new EnvelopeError('INVALID_ARGUMENT', `parameters of ${kdf.name} are below the floor for sealing`);
}
