import { createHmac } from 'node:crypto';
import { ascii, concat, equal } from './bytes.js';
import { gcmOpen, gcmSeal } from './gcm.js';
import { told, type Lie } from './lie.js';

export const chunkLength = 16_384;
export const sealedChunkLength: number = chunkLength + 16;
export const preambleLength = 56;

const label = concat(ascii('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM'), new Uint8Array(1));

/** Where the sealing of section 3 can lie. */
export interface ChunkedLies {
  /** The commitment that is written. */
  readonly commitment?: Lie<Uint8Array>;
  /** The message cut into chunks, before each is encrypted under its number: a full last chunk, a short middle one. */
  readonly pieces?: Lie<readonly Uint8Array[]>;
  /** The encrypted chunks: swapped, doubled, dropped, changed. */
  readonly chunks?: Lie<readonly Uint8Array[]>;
}

/** `key`, `nonce` and `commitment` of section 3, step 2. */
export interface ChunkedKeys {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly commitment: Uint8Array;
}

export function deriveChunkedKeys(inputKey: Uint8Array, salt: Uint8Array, context: Uint8Array): ChunkedKeys {
  const okm = hkdfExpandSha512(inputKey, concat(label, salt, context), 76);
  return { key: okm.slice(0, 32), nonce: okm.slice(32, 44), commitment: okm.slice(44) };
}

/** `chunked(input key, context, message)` with the given 24-byte salt, lies included. */
export function sealChunked(
  inputKey: Uint8Array,
  context: Uint8Array,
  message: Uint8Array,
  salt: Uint8Array,
  lies: ChunkedLies = {},
): Uint8Array {
  const { key, nonce, commitment } = deriveChunkedKeys(inputKey, salt, context);
  const pieces = told(lies.pieces, cut(message, chunkLength, true));
  const chunks = pieces.map((piece, i) => gcmSeal(key, chunkNonce(nonce, i), piece));
  return concat(salt, told(lies.commitment, commitment), ...told(lies.chunks, chunks));
}

/** The message, or undefined where length, commitment or any chunk is wrong. */
export function openChunked(inputKey: Uint8Array, context: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined {
  const lastLength = (ciphertext.length - preambleLength) % sealedChunkLength;
  if (ciphertext.length < preambleLength || lastLength < 16) return undefined;
  const keys = deriveChunkedKeys(inputKey, ciphertext.slice(0, 24), context);
  if (!equal(keys.commitment, ciphertext.slice(24, preambleLength))) return undefined;
  const pieces: Uint8Array[] = [];
  for (const [i, chunk] of cut(ciphertext.slice(preambleLength), sealedChunkLength, false).entries()) {
    const piece = gcmOpen(keys.key, chunkNonce(keys.nonce, i), chunk);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return concat(...pieces);
}

/** RFC 5869, section 2.3, with SHA-512; the first argument is the PRK, whatever its length. */
export function hkdfExpandSha512(prk: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  let block: Uint8Array = new Uint8Array();
  let okm: Uint8Array = block;
  for (let i = 1; okm.length < length; i += 1) {
    block = createHmac('sha512', prk).update(block).update(info).update(Uint8Array.of(i)).digest();
    okm = concat(okm, block);
  }
  return okm.slice(0, length);
}

/** Pieces of `length` bytes; with `shortLast` the last is always shorter, so maybe empty. */
export function cut(bytes: Uint8Array, length: number, shortLast: boolean): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; shortLast ? at <= bytes.length : at < bytes.length; at += length) {
    pieces.push(bytes.slice(at, at + length));
  }
  return pieces;
}

function chunkNonce(nonce: Uint8Array, number: number): Uint8Array {
  const result = Uint8Array.from(nonce);
  const view = new DataView(result.buffer);
  view.setBigUint64(4, view.getBigUint64(4) ^ BigInt(number));
  return result;
}
