import { pbkdf2Sync } from 'node:crypto';
import { argon2id } from '@noble/hashes/argon2.js';
import { encodeBase64url } from './base64url.js';
import type { JsonObject } from './header-json.js';

export interface Argon2id {
  readonly name: 'argon2id';
  /** KiB */
  readonly m: number;
  readonly t: number;
  readonly p: number;
  readonly salt: Uint8Array;
}

export interface Pbkdf2 {
  readonly name: 'pbkdf2-hmac-sha256';
  readonly c: number;
  readonly salt: Uint8Array;
}

export type Kdf = Argon2id | Pbkdf2;

/** The cheapest parameters that a reader admits. Writers must never use them; tests do. */
export function smallestArgon2id(salt: Uint8Array): Argon2id {
  return { name: 'argon2id', m: 8, t: 1, p: 1, salt };
}

/** See {@link smallestArgon2id}. */
export function smallestPbkdf2(salt: Uint8Array): Pbkdf2 {
  return { name: 'pbkdf2-hmac-sha256', c: 1, salt };
}

/** The `kdf` object of a slot, its keys in the order of section 5.1. */
export function kdfJson(kdf: Kdf): JsonObject {
  const salt = encodeBase64url(kdf.salt);
  if (kdf.name === 'argon2id') return { name: kdf.name, m: kdf.m, t: kdf.t, p: kdf.p, salt };
  return { name: kdf.name, c: kdf.c, salt };
}

/** The reader's range of section 5.1. */
export function isInRange(kdf: Kdf): boolean {
  if (kdf.salt.length < 16 || kdf.salt.length > 64) return false;
  if (kdf.name === 'pbkdf2-hmac-sha256') return kdf.c >= 1 && kdf.c <= 10_000_000;
  const { m, t, p } = kdf;
  return m >= 8 * p && m <= 262_144 && t >= 1 && t <= 10 && p >= 1 && p <= 16 && m * t <= 1_048_576;
}

/** The slot key. Runs whatever it is given: the caller asks {@link isInRange} first. */
export function deriveSlotKey(kdf: Kdf, secret: Uint8Array): Uint8Array {
  if (kdf.name === 'argon2id') {
    return argon2id(secret, kdf.salt, { m: kdf.m, t: kdf.t, p: kdf.p, dkLen: 32, version: 0x13 });
  }
  return new Uint8Array(pbkdf2Sync(secret, kdf.salt, kdf.c, 32, 'sha256'));
}
