import type { Bytes } from '@sealpost/core';

/** A Buffer as a plain view: same memory, no Buffer methods that copy or print differently. */
export function plain(buffer: Buffer): Bytes {
  return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.length);
}
