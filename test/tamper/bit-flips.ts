import type { Alteration } from './sweep.js';

/** A copy for each of the eight bits of each byte. */
export function* bitFlips(file: Uint8Array): Generator<Alteration, void, undefined> {
  for (const at of file.keys()) {
    for (let bit = 0; bit < 8; bit += 1) yield { name: flipName(at, bit), file: flipBit(file, at, bit) };
  }
}

export function flipName(at: number, bit: number): string {
  return `byte ${at}, bit ${bit}`;
}

/** `bit` 0 is the least significant. */
export function flipBit(file: Uint8Array, at: number, bit: number): Uint8Array {
  const altered = file.slice();
  altered[at] = (altered[at] ?? 0) ^ (1 << bit);
  return altered;
}
