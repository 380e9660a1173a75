import { concat, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { KEY_BYTES, SIGNATURE_BYTES, type Ed25519, type SigningPair } from './ed25519.js';

/** The signature block behind a manifest (spec/envelope-v1.md, section 7.4): public key and signature. */
export const BLOCK_BYTES: number = KEY_BYTES + SIGNATURE_BYTES;

const LABEL = utf8('sealpost/v1 sig\0');

async function signedBytes(header: Bytes, manifest: Bytes, backend: Backend): Promise<Bytes> {
  return concat(LABEL, await backend.sha512(header), await backend.sha512(manifest));
}

export async function makeSignatureBlock(
  pair: SigningPair,
  header: Bytes,
  manifest: Bytes,
  ed25519: Ed25519,
  backend: Backend,
): Promise<Bytes> {
  return concat(pair.publicKey, await ed25519.sign(pair, await signedBytes(header, manifest, backend)));
}

/** Whether the block's signature is one by the block's own key. Rejects only where the platform has no Ed25519. */
export async function verifySignatureBlock(
  block: Bytes,
  header: Bytes,
  manifest: Bytes,
  ed25519: Pick<Ed25519, 'verify'>,
  backend: Backend,
): Promise<boolean> {
  const message = await signedBytes(header, manifest, backend);
  return ed25519.verify(block.slice(0, KEY_BYTES), message, block.slice(KEY_BYTES));
}
