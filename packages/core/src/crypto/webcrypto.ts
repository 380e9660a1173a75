import type { Bytes } from '../bytes.js';
import type { AesGcm, Backend } from './backend.js';
import { deflateRaw, inflateRaw } from './deflate.js';
import { nobleArgon2id, nobleSha256Stream } from './noble.js';

async function bytes(result: Promise<ArrayBuffer>): Promise<Bytes> {
  return new Uint8Array(await result);
}

function importKey(raw: Bytes, algorithm: string | HmacImportParams, ...usages: KeyUsage[]): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, algorithm, false, usages);
}

async function importAesGcm(raw: Bytes): Promise<AesGcm> {
  const name = 'AES-GCM';
  const key = await importKey(raw, name, 'encrypt', 'decrypt');
  return {
    seal: async (iv, plaintext, out) => {
      out.set(await bytes(crypto.subtle.encrypt({ name, iv }, key, plaintext)));
    },
    open: async (iv, ciphertext) => {
      try {
        return await bytes(crypto.subtle.decrypt({ name, iv }, key, ciphertext));
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * WebCrypto refuses an empty HMAC key in some engines; HMAC pads short keys with zeros, so one zero byte is the same key
 * (RFC 2104, section 2).
 */
async function hmac(hash: 'sha256' | 'sha512', raw: Bytes, data: Bytes): Promise<Bytes> {
  const name = 'HMAC';
  const algorithm = { name, hash: hash === 'sha256' ? 'SHA-256' : 'SHA-512' };
  const key = await importKey(raw.length === 0 ? new Uint8Array(1) : raw, algorithm, 'sign');
  return bytes(crypto.subtle.sign(name, key, data));
}

async function pbkdf2Sha256(password: Bytes, salt: Bytes, iterations: number, length: number): Promise<Bytes> {
  const name = 'PBKDF2';
  const key = await importKey(password, name, 'deriveBits');
  return bytes(crypto.subtle.deriveBits({ name, hash: 'SHA-256', salt, iterations }, key, length * 8));
}

/** WebCrypto for all that it has, noble for Argon2id and for hashing a stream. */
export const webcryptoBackend: Backend = {
  name: 'webcrypto',
  sha256: (data) => bytes(crypto.subtle.digest('SHA-256', data)),
  sha512: (data) => bytes(crypto.subtle.digest('SHA-512', data)),
  sha256Stream: nobleSha256Stream,
  hmac,
  importAesGcm,
  pbkdf2Sha256,
  deflateRaw,
  inflateRaw,
  argon2id: nobleArgon2id,
};
