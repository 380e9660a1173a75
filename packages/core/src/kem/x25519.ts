import { concat, type Bytes } from '../bytes.js';
import { subtle } from './subtle.js';

/** X25519 over WebCrypto (RFC 7748), which takes private keys in PKCS #8 only. */

const ALGORITHM = 'X25519';
/** PrivateKeyInfo of RFC 8410, section 7, up to the 32 bytes of the key. */
const PKCS8 = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x6e,
  0x04,
  0x22,
  0x04,
  0x20,
);
/** The base point: a private key times it is the public key. */
const BASE = new Uint8Array(32);
BASE[0] = 9;

/**
 * The product of a private key, 32 bytes of any value, and a point; of the base point where none is given. Rejects where the result
 * is all zeros, as RFC 7748, section 6.1, allows and WebCrypto demands.
 */
export async function x25519(privateKey: Bytes, point: Bytes = BASE): Promise<Bytes> {
  const encoded = concat(PKCS8, privateKey);
  const [own, other] = await Promise.all([
    subtle().importKey('pkcs8', encoded, ALGORITHM, false, ['deriveBits']),
    subtle().importKey('raw', point, ALGORITHM, false, []),
  ]);
  encoded.fill(0);
  return new Uint8Array(await subtle().deriveBits({ name: ALGORITHM, public: other }, own, 256));
}
