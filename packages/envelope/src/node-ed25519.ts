import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Bytes, Ed25519 } from '@sealpost/core';
import { plain } from './plain-bytes.js';

/** What stands before the 32 bytes of a private and of a public key in PKCS #8 and SubjectPublicKeyInfo (RFC 8410, section 10). */
const PKCS8 = Uint8Array.of(0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 34, 4, 32);
const SPKI = Uint8Array.of(0x30, 42, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 33, 0);

/** Ed25519 through node:crypto: the same bytes as WebCrypto's, which older releases of Node call experimental. */
export const nodeEd25519: Ed25519 = {
  generate() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return Promise.resolve({
      publicKey: plain(publicKey.export({ format: 'der', type: 'spki' })).slice(SPKI.length),
      privateKey: plain(privateKey.export({ format: 'der', type: 'pkcs8' })).slice(PKCS8.length),
    });
  },
  // An async function: what it throws is a rejection.
  // eslint-disable-next-line @typescript-eslint/require-await
  async sign({ publicKey, privateKey }, message) {
    const key = createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([PKCS8, privateKey]) });
    const signature = sign(null, message, key);
    if (!verify(null, message, readPublicKey(publicKey), signature)) throw new Error('two keys that are no pair');
    return plain(signature);
  },
  verify(publicKey, message, signature) {
    try {
      return Promise.resolve(verify(null, message, readPublicKey(publicKey), signature));
    } catch {
      return Promise.resolve(false);
    }
  },
};

function readPublicKey(publicKey: Bytes): KeyObject {
  return createPublicKey({ format: 'der', type: 'spki', key: Buffer.concat([SPKI, publicKey]) });
}
