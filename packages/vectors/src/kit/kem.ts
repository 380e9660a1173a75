/** A key encapsulation mechanism of section 5.2. All keys and encapsulations are as the spec serialises them. */
export interface Kem {
  readonly name: string;
  /** In IANA's registry. */
  readonly number: number;
  readonly publicKeyLength: number;
  readonly encLength: number;
  /** What {@link encapsulate} draws. */
  readonly randomLength: number;
  publicKeyOf(privateKey: Uint8Array): Uint8Array;
  /** The same random bytes give the same encapsulation. Throws on what is no public key. */
  encapsulate(publicKey: Uint8Array, random: Uint8Array): Encapsulation;
  /** The secret, or undefined where the encapsulation, of the right length, is none. */
  decapsulate(enc: Uint8Array, privateKey: Uint8Array): Uint8Array | undefined;
}

export interface Encapsulation {
  readonly enc: Uint8Array;
  readonly secret: Uint8Array;
}
