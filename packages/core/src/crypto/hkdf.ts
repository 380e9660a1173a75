import { concat, type Bytes } from '../bytes.js';
import type { Backend } from './backend.js';

/**
 * HKDF-Expand (RFC 5869, section 2.3) with SHA-512, for at most 255 * 64 bytes. WebCrypto's HKDF always extracts first,
 * and noble's refuses a PRK of 32 bytes with SHA-512, so this is written over HMAC.
 */
export async function hkdfExpandSha512(prk: Bytes, info: Bytes, length: number, backend: Backend): Promise<Bytes> {
  const blocks: Bytes[] = [];
  for (let counter = 1; (counter - 1) * 64 < length; counter++) {
    const previous = blocks.at(-1) ?? new Uint8Array();
    blocks.push(await backend.hmac('sha512', prk, concat(previous, info, Uint8Array.of(counter))));
  }
  const output = concat(...blocks);
  for (const block of blocks) block.fill(0);
  // Not a copy: who wipes the result wipes the only one.
  return output.subarray(0, length);
}
