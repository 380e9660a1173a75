import { ml_kem768_x25519 } from '@noble/post-quantum/hybrid.js';
import type { Kem } from './kem.js';

/** MLKEM768-X25519. Its random bytes are those of ML-KEM's encapsulation (32) and the ephemeral key of X25519 (32). */
export const hybrid: Kem = {
  name: 'mlkem768-x25519',
  number: 0x647a,
  publicKeyLength: 1216,
  encLength: 1120,
  randomLength: 64,
  publicKeyOf: (privateKey) => ml_kem768_x25519.getPublicKey(privateKey),
  encapsulate(publicKey, random) {
    const { cipherText, sharedSecret } = ml_kem768_x25519.encapsulate(publicKey, random);
    return { enc: cipherText, secret: sharedSecret };
  },
  decapsulate(enc, privateKey) {
    try {
      return ml_kem768_x25519.decapsulate(enc, privateKey);
    } catch {
      // The X25519 part is a point of small order: the secret would be zeros.
      return undefined;
    }
  },
};
