import { concat, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError } from '../errors.js';
import type { Kem } from './kem.js';
import { labelledExpand, labelledExtract, NO_BYTES } from './labelled-hkdf.js';
import { webcryptoP256, type P256Group } from './p256-group.js';

/** DHKEM(P-256, HKDF-SHA256) (RFC 9180, section 4.1): public keys and `enc` are uncompressed points. */

const KEM_ID = 0x0010;
const POINT_BYTES = 65;
const SCALAR_BYTES = 32;
const SUITE = concat(utf8('KEM'), Uint8Array.of(0x00, KEM_ID));

/** Some libraries take other encodings too: two texts would stand for one key. */
function isUncompressed(point: Bytes): boolean {
  return point.length === POINT_BYTES && point[0] === 4;
}

/** ExtractAndExpand of RFC 9180, section 4.1. Wipes `shared`. */
export async function p256Secret(shared: Bytes, enc: Bytes, publicKey: Bytes, backend: Backend): Promise<Bytes> {
  const prk = await labelledExtract(SUITE, NO_BYTES, 'eae_prk', shared, backend);
  const secret = await labelledExpand(SUITE, prk, 'shared_secret', concat(enc, publicKey), backend);
  for (const bytes of [shared, prk]) bytes.fill(0);
  return secret;
}

/** `backend` does the hashing, `group` the agreement. */
export function p256Kem(backend: Backend, group: P256Group = webcryptoP256): Kem {
  return {
    name: 'p256',
    id: KEM_ID,
    publicKeyBytes: POINT_BYTES,
    privateKeyBytes: SCALAR_BYTES,
    encBytes: POINT_BYTES,
    generate: () => group.generate(),
    isPublicKey: async (bytes) => isUncompressed(bytes) && group.isPoint(bytes),
    /** `ephemeral` is a private key and its point behind it. */
    async encapsulate(publicKey, ephemeral) {
      const pair = ephemeral && {
        privateKey: ephemeral.slice(0, SCALAR_BYTES),
        publicKey: ephemeral.slice(SCALAR_BYTES),
      };
      const { point, agree } = await group.side(pair);
      const shared = isUncompressed(publicKey) ? await agree(publicKey).catch(() => undefined) : undefined;
      if (shared === undefined) throw new EnvelopeError('INVALID_ARGUMENT', 'public key is not a point of P-256');
      return { enc: point, secret: await p256Secret(shared, point, publicKey, backend) };
    },
    async decapsulate(enc, pair) {
      const { agree } = await group.side(pair);
      const shared = isUncompressed(enc) ? await agree(enc).catch(() => undefined) : undefined;
      return shared && p256Secret(shared, enc, pair.publicKey, backend);
    },
  };
}
