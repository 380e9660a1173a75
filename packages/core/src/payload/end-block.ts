import { concat, equalConstantTime, readU32, u32, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError, type TransportFault } from '../errors.js';
import { decodeBase85 } from '../wire/base85-decode.js';

/** Number of blocks, and the beginning of the header's hash (spec/envelope-v1.md, section 8.1). Not authenticated. */
const END_BLOCK_BYTES = 12;

/** The beginning of the header's hash. */
export async function headerMark(headerBytes: Bytes, backend: Backend): Promise<Bytes> {
  return (await backend.sha256(headerBytes)).slice(0, 8);
}

export async function makeEndBlock(blocks: number, headerBytes: Bytes, backend: Backend): Promise<Bytes> {
  return concat(u32(blocks), await headerMark(headerBytes, backend));
}

/** What the end block says about the way of the file; `undefined` when it says that all is well. */
export async function readEndBlock(
  text: string,
  blocks: number,
  headerBytes: Bytes,
  backend: Backend,
): Promise<TransportFault | undefined> {
  const bytes = tryDecode(text);
  if (bytes?.length !== END_BLOCK_BYTES) return 'altered';
  if (readU32(bytes, 0) !== blocks) return readU32(bytes, 0) > blocks ? 'cut-off' : 'altered';
  return equalConstantTime(bytes.subarray(4), await headerMark(headerBytes, backend)) ? undefined : 'altered';
}

function tryDecode(text: string): Bytes | undefined {
  try {
    return decodeBase85(text, END_BLOCK_BYTES);
  } catch (error) {
    if (error instanceof EnvelopeError) return undefined;
    throw error;
  }
}
