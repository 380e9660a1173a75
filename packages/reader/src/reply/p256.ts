import { EnvelopeError } from '@sealpost/core';
import { p256Secret } from '@sealpost/core/page';
import type { SendingKem } from './answer-input.js';
import { sealingBackend } from './backend.js';

const ALGORITHM = { name: 'ECDH', namedCurve: 'P-256' };
/** With what an uncompressed point begins. */
const UNCOMPRESSED = 4;

/** DHKEM(P-256, HKDF-SHA256) over WebCrypto, as core's `p256Kem`, for whoever only sends. Rejects where a key is none of it. */
export const p256: SendingKem = {
  name: 'p256',
  id: 0x0010,
  async encapsulate(publicKey) {
    const { subtle } = crypto;
    if (publicKey[0] !== UNCOMPRESSED) throw new EnvelopeError('INVALID_ARGUMENT', 'public key is not uncompressed');
    const other = await subtle.importKey('raw', publicKey, ALGORITHM, false, []);
    const own = await subtle.generateKey(ALGORITHM, false, ['deriveBits']);
    const shared = await subtle.deriveBits({ name: 'ECDH', public: other }, own.privateKey, 256);
    const enc = new Uint8Array(await subtle.exportKey('raw', own.publicKey));
    return { enc, secret: await p256Secret(new Uint8Array(shared), enc, publicKey, sealingBackend) };
  },
};
