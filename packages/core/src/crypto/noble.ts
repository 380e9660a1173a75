import { gcm } from '@noble/ciphers/aes.js';
import { argon2idAsync } from '@noble/hashes/argon2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

import type { Bytes } from '../bytes.js';
import { deflateRaw, inflateRaw } from './deflate.js';
import type { AesGcm, Argon2Parameters, Backend, Sha256Stream, WorkOptions } from './backend.js';

/** How long a derivation may hold the thread before it lets others run, milliseconds. */
const SLICE = 40;

function bytes(data: Uint8Array): Bytes {
  return data as Bytes;
}

/** Also the WebCrypto backend's: WebCrypto hashes only what it holds whole. */
export function nobleSha256Stream(): Sha256Stream {
  const hash = sha256.create();
  return { update: (data) => void hash.update(data), digest: () => bytes(hash.digest()) };
}

/**
 * Also the WebCrypto backend's: no browser has Argon2. Gives the thread back every 40 ms, so that a page without
 * workers still paints.
 */
export async function nobleArgon2id(
  password: Bytes,
  salt: Bytes,
  { m, t, p }: Argon2Parameters,
  { onProgress, signal }: WorkOptions = {},
): Promise<Bytes> {
  const report = (fraction: number): void => {
    signal?.throwIfAborted();
    onProgress?.(fraction);
  };
  // A worker has nothing else to do, and without slices it is done sooner.
  const inWorker = (globalThis as { document?: unknown }).document === undefined;
  const asyncTick = inWorker ? Number.MAX_SAFE_INTEGER : SLICE;
  const options = { m, t, p, dkLen: 32, maxmem: 2 ** 32 - 1, asyncTick, onProgress: report };
  return bytes(await argon2idAsync(password, salt, options));
}

function nobleAesGcm(key: Bytes): AesGcm {
  const own = key.slice();
  return {
    seal: (nonce, plaintext, out) => {
      out.set(gcm(own, nonce).encrypt(plaintext));
      return Promise.resolve();
    },
    open: (nonce, ciphertext) => {
      if (ciphertext.length < 16) return Promise.resolve(undefined);
      try {
        return Promise.resolve(bytes(gcm(own, nonce).decrypt(ciphertext)));
      } catch {
        return Promise.resolve(undefined);
      }
    },
  };
}

/** Everything in JavaScript: for places without `crypto.subtle`. */
export const nobleBackend: Backend = {
  name: 'noble',
  sha256: (data) => Promise.resolve(bytes(sha256(data))),
  sha512: (data) => Promise.resolve(bytes(sha512(data))),
  sha256Stream: nobleSha256Stream,
  hmac: (hash, key, data) => Promise.resolve(bytes(hmac(hash === 'sha256' ? sha256 : sha512, key, data))),
  importAesGcm: (key) => Promise.resolve(nobleAesGcm(key)),
  pbkdf2Sha256: async (password, salt, iterations, length) =>
    bytes(await pbkdf2Async(sha256, password, salt, { c: iterations, dkLen: length, asyncTick: SLICE })),
  deflateRaw,
  inflateRaw,
  argon2id: nobleArgon2id,
};
