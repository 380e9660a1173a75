import { concat, u32 } from './bytes.js';
import { cut, preambleLength, sealedChunkLength } from './chunked.js';
import { sha256 } from './plaintext.js';

const chunksPerBlock = 64;

/** Section 8.1: the preamble and 64 chunks, then 64 chunks each. */
export function cutBlocks(payload: Uint8Array): Uint8Array[] {
  const length = chunksPerBlock * sealedChunkLength;
  const first = payload.slice(0, preambleLength + length);
  return [first, ...cut(payload.slice(first.length), length, false)];
}

/** The end block of section 8.1, not yet in base85. */
export function endBlock(blocks: number, headerBytes: Uint8Array): Uint8Array {
  return concat(u32(blocks), sha256(headerBytes).slice(0, 8));
}
