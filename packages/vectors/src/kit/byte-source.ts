import { createHash } from 'node:crypto';
import { concat, u32, utf8 } from './bytes.js';

/**
 * Bytes that look random and are the same on every run with the same seed: SHA-256(seed || u32(0)), SHA-256(seed ||
 * u32(1)), and so on. For tests only; nothing sealed with it is secret.
 */
export class ByteSource {
  readonly #seed: Uint8Array;
  #counter = 0;
  #rest: Uint8Array = new Uint8Array();

  constructor(seed: string) {
    this.#seed = utf8(seed);
  }

  /** The next `length` bytes of the stream. */
  take(length: number): Uint8Array {
    const pieces = [this.#rest];
    for (let have = this.#rest.length; have < length; have += 32) {
      const block = createHash('sha256').update(this.#seed).update(u32(this.#counter)).digest();
      this.#counter += 1;
      pieces.push(new Uint8Array(block));
    }
    const bytes = concat(...pieces);
    this.#rest = bytes.slice(length);
    return bytes.slice(0, length);
  }
}
