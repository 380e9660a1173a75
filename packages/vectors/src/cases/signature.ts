import { createHash, createPrivateKey, createPublicKey, sign as signWith } from 'node:crypto';
import { ascii, concat } from '../kit/bytes.js';

/** PKCS #8 of an Ed25519 key (RFC 8410) up to the key's 32 bytes, which are the same here in every run. */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex');
const key = createPrivateKey({
  key: Buffer.concat([pkcs8Start, Buffer.from('a key of test vectors: no secret')]),
  format: 'der',
  type: 'pkcs8',
});

/** A signature block of section 7.4 that verifies. */
export function sign(manifest: Uint8Array, headerBytes: Uint8Array): Uint8Array {
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  const signed = concat(ascii('sealpost/v1 sig'), new Uint8Array(1), sha512(headerBytes), sha512(manifest));
  return concat(publicKey, signWith(null, signed, key));
}

function sha512(bytes: Uint8Array): Uint8Array {
  return createHash('sha512').update(bytes).digest();
}
