import { hex, type Bytes } from '../bytes.js';
import { decodeBinary, encodeBinary } from '../wire/fields.js';
import { subtle } from '../kem/subtle.js';

/** Lengths in bytes (RFC 8032). The private key is the seed. */
export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

export interface SigningPair {
  readonly publicKey: Bytes;
  readonly privateKey: Bytes;
}

/** Ed25519 (RFC 8032), wherever it runs. */
export interface Ed25519 {
  generate(): Promise<SigningPair>;
  /** 64 bytes. Rejects where the two keys are no pair, or no keys. */
  sign(pair: SigningPair, message: Bytes): Promise<Bytes>;
  /** False also for what is no public key. Rejects only where the platform has no Ed25519. */
  verify(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean>;
}

const ALGORITHM = 'Ed25519';

/** Order of the group (RFC 8032, section 5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/**
 * As {@link Ed25519.verify}, over WebCrypto, for a key of 32 bytes: Chrome has it from 137, Firefox from 129, Safari from 17. Rejects also
 * where there is no WebCrypto.
 */
export async function verifyEd25519(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  const { subtle: own } = crypto;
  // RFC 8032, 5.1.7. WebKitGTK takes a larger S as well: anybody could make a second signature out of one.
  if (BigInt(`0x${hex(signature.slice(KEY_BYTES).reverse())}`) >= ORDER) return false;
  return own.verify(ALGORITHM, await own.importKey('raw', publicKey, ALGORITHM, false, ['verify']), signature, message);
}

/** Over WebCrypto. */
export const webcryptoEd25519: Ed25519 = {
  async generate() {
    const pair = await subtle().generateKey(ALGORITHM, true, ['sign', 'verify']);
    const { x = '', d = '' } = await subtle().exportKey('jwk', pair.privateKey);
    return { publicKey: decodeBinary(x), privateKey: decodeBinary(d) };
  },
  async sign({ publicKey, privateKey }, message) {
    const jwk = { kty: 'OKP', crv: ALGORITHM, x: encodeBinary(publicKey), d: encodeBinary(privateKey) };
    const key = await subtle().importKey('jwk', jwk, ALGORITHM, false, ['sign']);
    const signature = new Uint8Array(await subtle().sign(ALGORITHM, key, message));
    if (!(await verifyEd25519(publicKey, message, signature))) throw new Error('two keys that are no pair');
    return signature;
  },
  verify: (publicKey, message, signature) =>
    publicKey.length === KEY_BYTES ? verifyEd25519(publicKey, message, signature) : Promise.resolve(false),
};
