import type { Bytes } from '../bytes.js';

/** A running SHA-256. Single use: after `digest` the object is spent. */
export interface Sha256Stream {
  update(data: Uint8Array): void;
  digest(): Bytes;
}

/** AES-256-GCM under one key: 12-byte nonces, no associated data, 16-byte tag appended. */
export interface AesGcm {
  /** Writes ciphertext and tag to `out`, which has their length. */
  seal(nonce: Bytes, plaintext: Bytes, out: Bytes): Promise<void>;
  /** `undefined` where the ciphertext does not verify; never throws for its content. */
  open(nonce: Bytes, ciphertext: Bytes): Promise<Bytes | undefined>;
}

export interface Argon2Parameters {
  /** Memory, KiB. */
  readonly m: number;
  /** Passes. */
  readonly t: number;
  /** Lanes. */
  readonly p: number;
}

export interface WorkOptions {
  /** Called with the part that is done, 0 to 1; as often as the implementation likes. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The primitives that an envelope needs. Implementations give identical bytes; they differ in speed and in where they
 * run. Callers hand in lengths that the format allows, so implementations need not check them again.
 */
export interface Backend {
  readonly name: string;
  sha256(data: Bytes): Promise<Bytes>;
  sha512(data: Bytes): Promise<Bytes>;
  sha256Stream(): Sha256Stream;
  hmac(hash: 'sha256' | 'sha512', key: Bytes, data: Bytes): Promise<Bytes>;
  /** `key` is 32 bytes; the caller may wipe it once the promise has settled. */
  importAesGcm(key: Bytes): Promise<AesGcm>;
  pbkdf2Sha256(password: Bytes, salt: Bytes, iterations: number, length: number): Promise<Bytes>;
  /** Raw deflate (RFC 1951), piece by piece. */
  deflateRaw(pieces: AsyncIterable<Bytes>): AsyncIterable<Bytes>;
  /**
   * The reverse. Ends in an error for a broken stream, one that is cut off, and bytes behind its end. The taker stops
   * at the size that it expects.
   */
  inflateRaw(pieces: AsyncIterable<Bytes> | Iterable<Bytes>): AsyncIterable<Bytes>;
  /** Argon2id version 0x13, 32-byte tag. */
  argon2id(password: Bytes, salt: Bytes, parameters: Argon2Parameters, options?: WorkOptions): Promise<Bytes>;
}
