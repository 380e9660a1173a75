import { createECDH, ECDH, timingSafeEqual } from 'node:crypto';
import type { KemKeyPair, P256Group, P256Side } from '@sealpost/core';
import { plain } from './plain-bytes.js';

const CURVE = 'prime256v1';

/**
 * P-256 through node:crypto: the same bytes as WebCrypto's, in a fifth of the time, on this thread. OpenSSL takes points in other encodings too; core
 * hands it none.
 */
export const nodeP256: P256Group = {
  generate() {
    const own = createECDH(CURVE);
    const publicKey = plain(own.generateKeys());
    // Without leading zeros, where there are any.
    const privateKey = new Uint8Array(32);
    const scalar = own.getPrivateKey();
    privateKey.set(scalar, 32 - scalar.length);
    scalar.fill(0);
    return Promise.resolve({ publicKey, privateKey });
  },
  isPoint(point) {
    try {
      ECDH.convertKey(point, CURVE);
      return Promise.resolve(true);
    } catch {
      return Promise.resolve(false);
    }
  },
  // An async function: what it throws is a rejection.
  // eslint-disable-next-line @typescript-eslint/require-await
  async side(pair): Promise<P256Side> {
    const own = createECDH(CURVE);
    const point = pair === undefined ? plain(own.generateKeys()) : pointOf(own, pair);
    return {
      point,
      // eslint-disable-next-line @typescript-eslint/require-await
      agree: async (other) => plain(own.computeSecret(other)),
    };
  },
};

/** Gives `own` the pair's private key. Throws where its point is another than the pair's. */
function pointOf(own: ReturnType<typeof createECDH>, { privateKey, publicKey }: KemKeyPair): KemKeyPair['publicKey'] {
  own.setPrivateKey(privateKey);
  const point = own.getPublicKey();
  if (point.length !== publicKey.length || !timingSafeEqual(point, publicKey))
    throw new Error('two keys that are no pair');
  return publicKey;
}
