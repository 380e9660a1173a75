import { concat, equalConstantTime, utf8, type Bytes } from '../bytes.js';
import { EnvelopeError } from '../errors.js';
import {
  CHUNK_BYTES,
  CHUNK_SALT_BYTES,
  COMMITMENT_BYTES,
  openedLength,
  PREAMBLE_BYTES,
  SEALED_CHUNK_BYTES,
  sealedLength,
} from '../wire/payload.js';
import type { AesGcm, Backend } from './backend.js';
import { hkdfExpandSha512 } from './hkdf.js';
import type { RandomSource } from './random.js';

/** Chunked encryption: c2sp.org/chunked-encryption with SHA-512 and AES-256-GCM (spec/envelope-v1.md, section 3). */

const LABEL = utf8('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0');
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

export interface DerivedKeys {
  readonly cipher: AesGcm;
  readonly nonce: Bytes;
  readonly commitment: Bytes;
}

/** What a message is encrypted with, from its key, salt and context. */
export async function deriveKeys(inputKey: Bytes, salt: Bytes, context: Bytes, backend: Backend): Promise<DerivedKeys> {
  if (inputKey.length !== KEY_BYTES) {
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      `input key has ${String(inputKey.length)} bytes, not ${String(KEY_BYTES)}`,
    );
  }
  const length = KEY_BYTES + NONCE_BYTES + COMMITMENT_BYTES;
  const output = await hkdfExpandSha512(inputKey, concat(LABEL, salt, context), length, backend);
  const cipher = await backend.importAesGcm(output.subarray(0, KEY_BYTES));
  output.fill(0, 0, KEY_BYTES);
  return {
    cipher,
    nonce: output.slice(KEY_BYTES, KEY_BYTES + NONCE_BYTES),
    commitment: output.slice(KEY_BYTES + NONCE_BYTES),
  };
}

/** The base nonce with the chunk number XORed into its last bytes, big-endian. Chunk numbers stay below 2^38. */
export function nonceOf(base: Bytes, chunk: number): Bytes {
  const nonce = base.slice();
  const view = new DataView(nonce.buffer);
  view.setUint32(8, (view.getUint32(8) ^ chunk) >>> 0);
  view.setUint32(4, (view.getUint32(4) ^ Math.floor(chunk / 2 ** 32)) >>> 0);
  return nonce;
}

/** Encrypts the chunks of one message. A chunk number is used once; the caller counts. */
export interface ChunkSealer {
  /** Salt and commitment: what stands before chunk 0. */
  readonly preamble: Bytes;
  /** `plaintext` is 16,384 bytes, or fewer for the last chunk; `out` has room for it and its tag, and for nothing else. */
  seal(chunk: number, plaintext: Bytes, out: Bytes): Promise<void>;
}

/** Decrypts the chunks of one message, in any order. */
export interface ChunkOpener {
  /** `undefined` where the chunk does not verify. Whether it is the last one is the caller's to check. */
  open(chunk: number, ciphertext: Bytes): Promise<Bytes | undefined>;
}

/** `inputKey` is 32 bytes of uniform randomness or a KDF's output. */
export async function createChunkSealer(
  inputKey: Bytes,
  context: Bytes,
  backend: Backend,
  random: RandomSource,
): Promise<ChunkSealer> {
  const salt = random(CHUNK_SALT_BYTES);
  const { cipher, nonce, commitment } = await deriveKeys(inputKey, salt, context, backend);
  return {
    preamble: concat(salt, commitment),
    seal: (chunk, plaintext, out) => cipher.seal(nonceOf(nonce, chunk), plaintext, out),
  };
}

/** `undefined` where the preamble commits to another key or context. */
export async function createChunkOpener(
  inputKey: Bytes,
  context: Bytes,
  preamble: Bytes,
  backend: Backend,
): Promise<ChunkOpener | undefined> {
  if (preamble.length !== PREAMBLE_BYTES) return undefined;
  const { cipher, nonce, commitment } = await deriveKeys(
    inputKey,
    preamble.slice(0, CHUNK_SALT_BYTES),
    context,
    backend,
  );
  if (!equalConstantTime(commitment, preamble.subarray(CHUNK_SALT_BYTES))) return undefined;
  return { open: (chunk, ciphertext) => cipher.open(nonceOf(nonce, chunk), ciphertext) };
}

/** Encrypts a message that is held whole. */
export async function sealChunked(
  inputKey: Bytes,
  context: Bytes,
  message: Bytes,
  backend: Backend,
  random: RandomSource,
): Promise<Bytes> {
  const sealer = await createChunkSealer(inputKey, context, backend, random);
  const out = new Uint8Array(sealedLength(message.length));
  out.set(sealer.preamble);
  let at = PREAMBLE_BYTES;
  for (let chunk = 0; at < out.length; chunk++) {
    const sealed = out.subarray(at, at + SEALED_CHUNK_BYTES);
    await sealer.seal(chunk, message.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES), sealed);
    at += sealed.length;
  }
  return out;
}

/** Decrypts a message that is held whole; `undefined` where anything about it does not verify. */
export async function openChunked(
  inputKey: Bytes,
  context: Bytes,
  ciphertext: Bytes,
  backend: Backend,
): Promise<Bytes | undefined> {
  if (openedLength(ciphertext.length) === undefined) return undefined;
  const opener = await createChunkOpener(inputKey, context, ciphertext.slice(0, PREAMBLE_BYTES), backend);
  if (opener === undefined) return undefined;
  const pieces: Bytes[] = [];
  for (let at = PREAMBLE_BYTES; at < ciphertext.length; at += SEALED_CHUNK_BYTES) {
    const piece = await opener.open(pieces.length, ciphertext.subarray(at, at + SEALED_CHUNK_BYTES));
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  const message = concat(...pieces);
  // A file key, mostly: it is to be overwritten, and not left behind in a second place.
  for (const piece of pieces) piece.fill(0);
  return message;
}
