/** Arithmetic of chunks and blocks (spec/envelope-v1.md, sections 3 and 8.1). All sizes are bytes. */

/** Plaintext in a full chunk. */
export const CHUNK_BYTES = 16_384;

/** AES-GCM tag of each chunk. */
export const TAG_BYTES = 16;

/** Ciphertext of a full chunk. */
export const SEALED_CHUNK_BYTES: number = CHUNK_BYTES + TAG_BYTES;

export const CHUNK_SALT_BYTES = 24;
export const COMMITMENT_BYTES = 32;

/** Salt and commitment, before the first chunk. */
export const PREAMBLE_BYTES: number = CHUNK_SALT_BYTES + COMMITMENT_BYTES;

export const CHUNKS_PER_BLOCK = 64;

/** Chunks' bytes in a full block; block 0 has the preamble besides. */
const BLOCK_CHUNK_BYTES = CHUNKS_PER_BLOCK * SEALED_CHUNK_BYTES;

/** Bytes of a full block. */
export function fullBlockBytes(block: number): number {
  return BLOCK_CHUNK_BYTES + (block === 0 ? PREAMBLE_BYTES : 0);
}

/** Length of the ciphertext of a plaintext. */
export function sealedLength(plaintext: number): number {
  return PREAMBLE_BYTES + plaintext + TAG_BYTES * (Math.floor(plaintext / CHUNK_BYTES) + 1);
}

/** Length of the plaintext in a ciphertext, or undefined for a length that no ciphertext has. */
export function openedLength(ciphertext: number): number | undefined {
  const body = ciphertext - PREAMBLE_BYTES;
  const last = body % SEALED_CHUNK_BYTES;
  if (body < TAG_BYTES || last < TAG_BYTES) return undefined;
  return body - TAG_BYTES * (Math.floor(body / SEALED_CHUNK_BYTES) + 1);
}

/** Number of blocks of a payload, from its length. */
export function blocksOf(ciphertext: number): number {
  return Math.ceil((ciphertext - PREAMBLE_BYTES) / BLOCK_CHUNK_BYTES);
}

/** Length of a payload, from its number of blocks and the length of the last. */
export function payloadLength(blocks: number, lastBlock: number): number {
  const before = (blocks - 1) * BLOCK_CHUNK_BYTES + (blocks > 1 ? PREAMBLE_BYTES : 0);
  return before + lastBlock;
}

/** Where a chunk stands: its block, and its offset in that block. */
export function locateChunk(chunk: number): { readonly block: number; readonly offset: number } {
  const block = Math.floor(chunk / CHUNKS_PER_BLOCK);
  const offset = (chunk % CHUNKS_PER_BLOCK) * SEALED_CHUNK_BYTES + (block === 0 ? PREAMBLE_BYTES : 0);
  return { block, offset };
}
