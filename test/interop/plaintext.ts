import { createHash } from 'node:crypto';

/** A manifest's entry of a part (spec/envelope-v1.md, section 7.3), with whatever a forger puts there. */
export type Entry = Record<string, unknown>;

export interface Manifest {
  headers: Record<string, unknown>;
  parts: Entry[];
  [key: string]: unknown;
}

function u32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

export function sha256Base64url(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}

/** A right entry for a stored part; `changes` make a forged one of it. */
export function storedEntry(content: Uint8Array, offset: number, changes: Entry = {}): Entry {
  const { length } = content;
  const sha256 = sha256Base64url(content);
  return {
    role: 'attachment',
    name: 'a',
    type: 'a/b',
    size: length,
    sha256,
    offset,
    length,
    encoding: 'stored',
    ...changes,
  };
}

export interface PlaintextOptions {
  readonly padding?: Uint8Array;
  readonly signature?: Uint8Array;
  /** The lengths that the trailer states, where they are not the true ones. */
  readonly manifestLength?: number;
  readonly signatureLength?: number;
}

/** Section 7.1, put together without a check. */
export function plaintextOf(
  stored: readonly Uint8Array[],
  manifest: Uint8Array,
  options: PlaintextOptions = {},
): Uint8Array {
  const { padding = new Uint8Array(), signature = new Uint8Array() } = options;
  const { manifestLength = manifest.length, signatureLength = signature.length } = options;
  return Buffer.concat([...stored, padding, manifest, signature, u32(manifestLength), u32(signatureLength)]);
}

/** The same, with as much padding as makes the plaintext so long. */
export function plaintextOfLength(length: number, stored: readonly Uint8Array[], manifest: Uint8Array): Uint8Array {
  const { length: unpadded } = plaintextOf(stored, manifest);
  if (unpadded > length) throw new Error('longer than wanted without any padding');
  return plaintextOf(stored, manifest, { padding: new Uint8Array(length - unpadded) });
}
