import { createECDH, type ECDH } from 'node:crypto';
import { ascii, concat } from './bytes.js';
import type { Kem } from './kem.js';
import { labelledExpand, labelledExtract, u16 } from './labelled-hkdf.js';

const number = 0x0010;
const suite = concat(ascii('KEM'), u16(number));

/** DHKEM(P-256, HKDF-SHA256) of RFC 9180, section 4.1. Its random bytes are the ephemeral private key. */
export const p256: Kem = {
  name: 'p256',
  number,
  publicKeyLength: 65,
  encLength: 65,
  randomLength: 32,
  publicKeyOf: (privateKey) => publicKeyOf(load(privateKey)),
  encapsulate(publicKey, random) {
    const ephemeral = load(random);
    const enc = publicKeyOf(ephemeral);
    const shared = agree(ephemeral, publicKey);
    if (shared === undefined) throw new Error('not a point of P-256');
    return { enc, secret: extractAndExpand(shared, enc, publicKey) };
  },
  decapsulate(enc, privateKey) {
    const own = load(privateKey);
    const shared = agree(own, enc);
    return shared && extractAndExpand(shared, enc, publicKeyOf(own));
  },
};

/** ExtractAndExpand of RFC 9180, section 4.1: the KEM's secret for the x coordinate that both sides computed. */
export function extractAndExpand(shared: Uint8Array, enc: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const prk = labelledExtract(suite, new Uint8Array(), 'eae_prk', shared);
  return labelledExpand(suite, prk, 'shared_secret', concat(enc, publicKey));
}

function load(privateKey: Uint8Array): ECDH {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(privateKey);
  return ecdh;
}

function publicKeyOf(ecdh: ECDH): Uint8Array {
  return new Uint8Array(ecdh.getPublicKey());
}

/** OpenSSL also takes points that begin with 02, 03, 06 or 07; RFC 9180 has the uncompressed spelling alone. */
function agree(own: ECDH, point: Uint8Array): Uint8Array | undefined {
  if (point[0] !== 4) return undefined;
  try {
    return new Uint8Array(own.computeSecret(point));
  } catch {
    return undefined;
  }
}
