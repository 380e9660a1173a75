import type { Bytes } from '../bytes.js';

/** The source of randomness. Tests with vectors hand in their own; nobody else does. */
export type RandomSource = (length: number) => Bytes;

/** `getRandomValues` gives at most this much at once. */
const MAX_AT_ONCE = 65_536;

export function randomBytes(length: number): Bytes {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += MAX_AT_ONCE) crypto.getRandomValues(out.subarray(at, at + MAX_AT_ONCE));
  return out;
}
