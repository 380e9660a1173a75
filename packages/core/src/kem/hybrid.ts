import { sha3_256, shake256 } from '@noble/hashes/sha3.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { concat, utf8, type Bytes } from '../bytes.js';
import { randomBytes } from '../crypto/random.js';
import { EnvelopeError } from '../errors.js';
import type { Kem } from './kem.js';
import { x25519 } from './x25519.js';

/**
 * MLKEM768-X25519 (draft-ietf-hpke-pq; the same bytes as draft-connolly-cfrg-xwing-kem): safe as long as one of the two is. A private
 * key is the 32-byte seed of both; a public key, and an `enc`, is ML-KEM's part and behind it X25519's.
 */

const KEM_ID = 0x647a;
const SEED_BYTES = 32;
const POINT_BYTES = 32;
const MLKEM_KEY_BYTES = 1184;
const MLKEM_ENC_BYTES = 1088;
/** What a public key of ML-KEM has behind its coefficients, which are below q (FIPS 203, section 8). */
const RHO_BYTES = 32;
const Q = 3329;
const LABEL = utf8('\\.//^\\');

/** The private keys of both, from their seed. */
function expand(seed: Bytes): { mlkemSeed: Bytes; scalar: Bytes } {
  const expanded = shake256(seed, { dkLen: 96 }) as Bytes;
  return { mlkemSeed: expanded.subarray(0, 64), scalar: expanded.subarray(64) };
}

function combine(mlkem: Uint8Array, shared: Bytes, point: Bytes, publicPoint: Bytes): Bytes {
  const input = concat(mlkem, shared, point, publicPoint, LABEL);
  const secret = sha3_256(input) as Bytes;
  for (const bytes of [mlkem, shared, input]) bytes.fill(0);
  return secret;
}

/** The public key of a seed. */
async function publicKeyOf(seed: Bytes): Promise<Bytes> {
  const { mlkemSeed, scalar } = expand(seed);
  const { publicKey, secretKey } = ml_kem768.keygen(mlkemSeed);
  secretKey.fill(0);
  return concat(publicKey, await x25519(scalar));
}

/** ML-KEM in JavaScript, X25519 over WebCrypto. */
export const hybridKem: Kem = {
  name: 'mlkem768-x25519',
  id: KEM_ID,
  publicKeyBytes: MLKEM_KEY_BYTES + POINT_BYTES,
  privateKeyBytes: SEED_BYTES,
  encBytes: MLKEM_ENC_BYTES + POINT_BYTES,
  async generate() {
    const privateKey = randomBytes(SEED_BYTES);
    return { privateKey, publicKey: await publicKeyOf(privateKey) };
  },
  /** Each coefficient of ML-KEM's part is below q (FIPS 203, section 7.2); X25519 takes every 32 bytes. */
  isPublicKey(bytes) {
    const coefficients = bytes.subarray(0, MLKEM_KEY_BYTES - RHO_BYTES);
    let reduced = bytes.length === MLKEM_KEY_BYTES + POINT_BYTES;
    for (let at = 0; at < coefficients.length; at += 3) {
      const [a = 0, b = 0, c = 0] = coefficients.subarray(at, at + 3);
      reduced &&= (a | ((b & 15) << 8)) < Q && ((b >> 4) | (c << 4)) < Q;
    }
    return Promise.resolve(reduced);
  },
  /** `ephemeral` is ML-KEM's message and X25519's private key, 32 bytes each (the draft's EncapsulateDerand). */
  async encapsulate(publicKey, ephemeral = randomBytes(64)) {
    const own = ephemeral.slice();
    const point = publicKey.slice(MLKEM_KEY_BYTES);
    try {
      const mlkem = ml_kem768.encapsulate(publicKey.subarray(0, MLKEM_KEY_BYTES), own.subarray(0, 32));
      const scalar = own.subarray(32);
      const sent = await x25519(scalar);
      const shared = await x25519(scalar, point);
      return { enc: concat(mlkem.cipherText, sent), secret: combine(mlkem.sharedSecret, shared, sent, point) };
    } catch (cause) {
      throw new EnvelopeError('INVALID_ARGUMENT', 'public key is not one of MLKEM768-X25519', { cause });
    } finally {
      own.fill(0);
    }
  },
  async decapsulate(enc, { privateKey, publicKey }) {
    if (enc.length !== MLKEM_ENC_BYTES + POINT_BYTES) return undefined;
    const { mlkemSeed, scalar } = expand(privateKey);
    const { secretKey } = ml_kem768.keygen(mlkemSeed);
    try {
      const sent = enc.slice(MLKEM_ENC_BYTES);
      const mlkem = ml_kem768.decapsulate(enc.subarray(0, MLKEM_ENC_BYTES), secretKey);
      return combine(mlkem, await x25519(scalar, sent), sent, publicKey.slice(MLKEM_KEY_BYTES));
    } catch {
      return undefined;
    } finally {
      for (const bytes of [secretKey, mlkemSeed, scalar]) bytes.fill(0);
    }
  },
};
