import type { Bytes } from '../bytes.js';
import { decodeBinary, encodeBinary } from '../wire/fields.js';
import type { KemKeyPair } from './kem.js';
import { subtle } from './subtle.js';

/** One side of a Diffie-Hellman agreement over P-256. */
export interface P256Side {
  /** Its public key: an uncompressed point, 65 bytes. */
  readonly point: Bytes;
  /** The shared x-coordinate, 32 bytes. Rejects where the other's point is none of the curve. */
  readonly agree: (point: Bytes) => Promise<Bytes>;
}

/** Diffie-Hellman over P-256, wherever it runs: the same bytes everywhere. */
export interface P256Group {
  generate(): Promise<KemKeyPair>;
  /** Whether an uncompressed point is one of the curve. Never throws. */
  isPoint(point: Bytes): Promise<boolean>;
  /** The side of a pair; without one, of a new pair that nobody sees. Rejects where the two keys are no pair. */
  side(pair?: KemKeyPair): Promise<P256Side>;
}

const ALGORITHM = { name: 'ECDH', namedCurve: 'P-256' };

/** WebCrypto, which checks points and pairs when it takes them. */
export const webcryptoP256: P256Group = {
  async generate() {
    const { publicKey, privateKey } = await subtle().generateKey(ALGORITHM, true, ['deriveBits']);
    const { d = '' } = await subtle().exportKey('jwk', privateKey);
    return { publicKey: await exportPoint(publicKey), privateKey: decodeBinary(d, 'd') };
  },
  isPoint: (point) =>
    importPoint(point).then(
      () => true,
      () => false,
    ),
  async side(pair) {
    if (pair !== undefined) return sideOf(await importPair(pair), pair.publicKey);
    const { publicKey, privateKey } = await subtle().generateKey(ALGORITHM, false, ['deriveBits']);
    return sideOf(privateKey, await exportPoint(publicKey));
  },
};

function sideOf(own: CryptoKey, point: Bytes): P256Side {
  return {
    point,
    async agree(other) {
      const key = await importPoint(other);
      return new Uint8Array(await subtle().deriveBits({ name: 'ECDH', public: key }, own, 256));
    },
  };
}

async function importPoint(point: Bytes): Promise<CryptoKey> {
  return subtle().importKey('raw', point, ALGORITHM, false, []);
}

async function exportPoint(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await subtle().exportKey('raw', key));
}

/** As a JWK: the one form of a private key that every engine takes, and checks against the point. */
function importPair({ publicKey, privateKey }: KemKeyPair): Promise<CryptoKey> {
  const x = encodeBinary(publicKey.slice(1, 33));
  const y = encodeBinary(publicKey.slice(33));
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: encodeBinary(privateKey) };
  return subtle().importKey('jwk', jwk, ALGORITHM, false, ['deriveBits']);
}
