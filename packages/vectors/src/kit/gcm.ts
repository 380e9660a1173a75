import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat } from './bytes.js';

const tagLength = 16;

/** AES-256-GCM without associated data, the tag appended. */
export function gcmSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

/** The plaintext, or undefined where the tag does not verify. */
export function gcmOpen(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined {
  if (ciphertext.length < tagLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAuthTag(ciphertext.slice(-tagLength));
  const plaintext = decipher.update(ciphertext.slice(0, -tagLength));
  try {
    return concat(plaintext, decipher.final());
  } catch {
    return undefined;
  }
}
