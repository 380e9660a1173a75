import { concat, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError } from '../errors.js';
import { decodeBinary, encodeBinary } from '../wire/fields.js';
import type { Kem, KemKeyPair } from './kem.js';
import { labelledExpand, labelledExtract, NO_BYTES } from './labelled-hkdf.js';

/** DHKEM(P-256, HKDF-SHA256) over WebCrypto (RFC 9180, section 4.1): public keys and `enc` are uncompressed points. */

const KEM_ID = 0x0010;
const POINT_BYTES = 65;
const SCALAR_BYTES = 32;
const SUITE = concat(utf8('KEM'), Uint8Array.of(0x00, KEM_ID));
const ALGORITHM = { name: 'ECDH', namedCurve: 'P-256' };

/** WebCrypto checks that the point is on the curve. */
function importPoint(point: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', point, ALGORITHM, false, []);
}

/** As a JWK: the one form of a private key that every engine takes, and checks against the point. */
function importPair({ publicKey, privateKey }: KemKeyPair): Promise<CryptoKey> {
  const x = encodeBinary(publicKey.slice(1, 33));
  const y = encodeBinary(publicKey.slice(33));
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: encodeBinary(privateKey) };
  return crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['deriveBits']);
}

/** ECDH of a pair and a point. Rejects where the point, or the pair, is none. */
export async function p256Agreement(pair: KemKeyPair, point: Bytes): Promise<Bytes> {
  return dh(await importPair(pair), await importPoint(point));
}

async function dh(own: CryptoKey, other: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256));
}

async function makePair(): Promise<KemKeyPair> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const { d = '' } = await crypto.subtle.exportKey('jwk', privateKey);
  return { publicKey: point, privateKey: decodeBinary(d, 'd') };
}

/** `ephemeral` is a private key and its point behind it. */
async function ephemeralPair(ephemeral: Bytes | undefined): Promise<{ key: CryptoKey; point: Bytes }> {
  if (ephemeral !== undefined) {
    const [privateKey, point] = [ephemeral.slice(0, SCALAR_BYTES), ephemeral.slice(SCALAR_BYTES)];
    return { key: await importPair({ privateKey, publicKey: point }), point };
  }
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['deriveBits']);
  return { key: privateKey, point: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)) };
}

/** `backend` does the hashing. */
export function p256Kem(backend: Backend): Kem {
  /** ExtractAndExpand of RFC 9180, section 4.1. Wipes `shared`. */
  async function derive(shared: Bytes, enc: Bytes, publicKey: Bytes): Promise<Bytes> {
    const prk = await labelledExtract(SUITE, NO_BYTES, 'eae_prk', shared, backend);
    const secret = await labelledExpand(SUITE, prk, 'shared_secret', concat(enc, publicKey), backend);
    for (const bytes of [shared, prk]) bytes.fill(0);
    return secret;
  }

  return {
    name: 'p256',
    id: KEM_ID,
    publicKeyBytes: POINT_BYTES,
    privateKeyBytes: SCALAR_BYTES,
    encBytes: POINT_BYTES,
    generate: makePair,
    async encapsulate(publicKey, ephemeral) {
      const other = await importPoint(publicKey).catch((cause: unknown) => {
        throw new EnvelopeError('INVALID_ARGUMENT', 'public key is not a point of P-256', { cause });
      });
      const { key, point } = await ephemeralPair(ephemeral);
      return { enc: point, secret: await derive(await dh(key, other), point, publicKey) };
    },
    async decapsulate(enc, pair) {
      const own = await importPair(pair);
      const other = await importPoint(enc).catch(() => undefined);
      return other && derive(await dh(own, other), enc, pair.publicKey);
    },
  };
}
