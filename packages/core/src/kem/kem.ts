import type { Bytes } from '../bytes.js';
import type { KemName } from '../wire/key-slot.js';

/** A key pair of one KEM, in the KEM's own serialisation. */
export interface KemKeyPair {
  readonly publicKey: Bytes;
  /** Secret. Who made the pair wipes it. */
  readonly privateKey: Bytes;
}

/** What an encapsulation gives: `enc` travels, `secret` does not. */
export interface Encapsulation {
  /** 32 bytes. */
  readonly secret: Bytes;
  readonly enc: Bytes;
}

/**
 * A key encapsulation mechanism as HPKE uses it (RFC 9180, section 4). Implementations of one `id` give identical bytes;
 * they differ in speed and in where they run.
 */
export interface Kem {
  /** In headers (spec/registry.md). */
  readonly name: KemName;
  /** IANA's number (HPKE KEM Identifiers). */
  readonly id: number;
  readonly publicKeyBytes: number;
  readonly privateKeyBytes: number;
  readonly encBytes: number;
  generate(): Promise<KemKeyPair>;
  /** Whether these bytes are a public key of this KEM, in its one encoding. Never throws. */
  isPublicKey(bytes: Bytes): Promise<boolean>;
  /**
   * Throws `INVALID_ARGUMENT` where `publicKey` is not a key of this KEM. `ephemeral` takes the place of randomness, for
   * tests with vectors only: what it holds is the KEM's own affair.
   */
  encapsulate(publicKey: Bytes, ephemeral?: Bytes): Promise<Encapsulation>;
  /** `undefined` where `enc` is not an encapsulation of this KEM; never throws for its content. */
  decapsulate(enc: Bytes, pair: KemKeyPair): Promise<Bytes | undefined>;
}
