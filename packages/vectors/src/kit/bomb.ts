import { constants, deflateRawSync } from 'node:zlib';
import { concat } from './bytes.js';

const segmentLength = 2 ** 20;

/** One raw DEFLATE stream of about a kilobyte for each MiB of zero bytes that it inflates to. */
export function deflateBomb(mebibytes: number): Uint8Array {
  const segment = deflateRawSync(new Uint8Array(segmentLength), { finishFlush: constants.Z_FULL_FLUSH });
  const empty = deflateRawSync(new Uint8Array());
  return concat(...Array.from({ length: mebibytes }, () => segment), empty);
}
