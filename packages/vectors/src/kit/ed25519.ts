import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { concat } from './bytes.js';

/** RFC 8410: PKCS #8 of a key up to its seed's 32 bytes, and SubjectPublicKeyInfo up to the public key's. */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');

/** The public key of a 32-byte seed (RFC 8032). */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const exported = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(exported.subarray(-32));
}

/** 64 bytes. */
export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, privateKeyOf(seed)));
}

/** Whether a signature of any length is this key's. */
export function verifiesEd25519(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
  try {
    const der = Buffer.from(concat(spkiStart, publicKey));
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(concat(pkcs8Start, seed)), format: 'der', type: 'pkcs8' });
}
