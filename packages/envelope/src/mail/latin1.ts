/** Bytes as a string of one character per byte, for looking at syntax that is ASCII. Offsets are those of the bytes. */
export function latin1(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);
}
