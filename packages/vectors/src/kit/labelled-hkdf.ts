import { createHmac } from 'node:crypto';
import { ascii, concat } from './bytes.js';

const version = ascii('HPKE-v1');

/** Length of a hash, and of everything that is expanded here: one block of HKDF. */
const length = 32;

/** `n` as two bytes, big-endian. */
export function u16(n: number): Uint8Array {
  return Uint8Array.of(n >> 8, n & 0xff);
}

/** LabeledExtract of RFC 9180, section 4, with HKDF-SHA256. */
export function labelledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return hmac(salt, concat(version, suite, ascii(label), ikm));
}

/** LabeledExpand of RFC 9180, section 4, with HKDF-SHA256, to 32 bytes. */
export function labelledExpand(suite: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array): Uint8Array {
  return hmac(prk, concat(u16(length), version, suite, ascii(label), info, Uint8Array.of(1)));
}

function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(message).digest());
}
