import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Bytes, Ed25519 } from '@sealpost/core';
import { plain } from './plain-bytes.js';

/** Ed25519 through node:crypto: the same bytes as WebCrypto's, which older releases of Node call experimental. */
export const nodeEd25519: Ed25519 = {
  generate() {
    const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    return Promise.resolve({ publicKey: decoded(x), privateKey: decoded(d) });
  },
  // An async function: what it throws is a rejection.
  // eslint-disable-next-line @typescript-eslint/require-await
  async sign({ publicKey, privateKey }, message) {
    const key = createPrivateKey({ format: 'jwk', key: { ...jwk(publicKey), d: encoded(privateKey) } });
    const signature = sign(null, message, key);
    if (!verify(null, message, publicKeyOf(publicKey), signature)) throw new Error('two keys that are no pair');
    return plain(signature);
  },
  verify(publicKey, message, signature) {
    try {
      return Promise.resolve(verify(null, message, publicKeyOf(publicKey), signature));
    } catch {
      return Promise.resolve(false);
    }
  },
};

function publicKeyOf(publicKey: Bytes): KeyObject {
  return createPublicKey({ format: 'jwk', key: jwk(publicKey) });
}

function jwk(publicKey: Bytes): { readonly kty: string; readonly crv: string; readonly x: string } {
  return { kty: 'OKP', crv: 'Ed25519', x: encoded(publicKey) };
}

function encoded(bytes: Bytes): string {
  return Buffer.from(bytes).toString('base64url');
}

function decoded(text: string): Bytes {
  return plain(Buffer.from(text, 'base64url'));
}
