import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Argon2Parameters, Backend, Bytes, Kdf } from '@sealpost/core';
import { runtime } from '@sealpost/reader';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { shortNames, source } from '../scripts/page-options.mjs';
import { leftBehind, shippedBackend, shippedWorker } from './support/shipped-script.js';

/** The native Argon2 that the library for Node uses. */
const native = createRequire(new URL('../../envelope/package.json', import.meta.url))('@node-rs/argon2') as {
  readonly hashRawSync: (password: Uint8Array, options: Readonly<Record<string, unknown>>) => Uint8Array;
};

const script = runtime.modules.open;

describe('what is shipped gives what OpenSSL gives', () => {
  const page = shippedBackend(script);
  const short = [...Array(301).keys()];
  const long = [1_000, 4_095, 4_096, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537, 200_003];

  it('SHA-256', async () => {
    for (const length of [...short, ...long]) {
      const data = bytes(length);
      expectSame(await page.sha256(data), createHash('sha256').update(data).digest(), length);
    }
  });

  it('HMAC, also with keys that are longer than a block', async () => {
    for (const length of [...short, ...long]) {
      const [key, data] = [bytes(length, 1), bytes((length * 37) % 1_000)];
      for (const hash of ['sha256', 'sha512'] as const) {
        expectSame(await page.hmac(hash, key, data), createHmac(hash, key).update(data).digest(), length);
      }
    }
  });

  it('PBKDF2', async () => {
    const cases = [[1, 32], [2, 32], [1_000, 32], [3, 80], [7, 1], [5, 33]] as const; // prettier-ignore
    for (const [iterations, length] of cases) {
      for (const size of [1, 63, 64, 65, 200]) {
        const [password, salt] = [bytes(size, 1), bytes(16 + (size % 49), 2)];
        const expected = pbkdf2Sync(password, salt, iterations, length, 'sha256');
        expectSame(await page.pbkdf2Sha256(password, salt, iterations, length), expected, iterations);
      }
    }
  });

  it('AES-256-GCM, which refuses what was altered', async () => {
    const lengths = [...Array(601).keys(), ...long];
    for (const length of lengths) {
      const [key, nonce, data] = [bytes(32, length), bytes(12, length + 1), bytes(length, length + 2)];
      const sealed = openssl(key, nonce, data);
      const gcm = await page.importAesGcm(key);
      expectSame((await gcm.open(nonce, sealed))!, data, length);
      // As part of a larger buffer, and not at a word's beginning.
      expectSame((await gcm.open(nonce, shifted(sealed)))!, data, length);

      const refused = [
        flipped(sealed, length * 8 + ((length * 7) % 128)),
        flipped(sealed, (length * 31) % (length * 8 + 1)),
        sealed.subarray(0, -1),
        sealed.subarray(1),
        sealed.subarray(0, (length * 5) % (length + 16)),
      ];
      for (const [index, altered] of refused.entries()) {
        expect(await gcm.open(nonce, altered), `${length} bytes, alteration ${index}`).toBeUndefined();
      }
      expect(await gcm.open(flipped(nonce, length % 96), sealed), `${length} bytes, nonce`).toBeUndefined();
    }
  });

  it('AES-256-GCM, which looks at every bit of the tag', async () => {
    const [key, nonce] = [bytes(32), bytes(12)];
    const gcm = await page.importAesGcm(key);
    const sealed = openssl(key, nonce, bytes(20));
    for (let bit = 20 * 8; bit < 36 * 8; bit++) expect(await gcm.open(nonce, flipped(sealed, bit))).toBeUndefined();
  });

  // With 2,048 KiB a segment has more than the 128 columns that one block of addresses is for.
  const parameters = [1, 2].flatMap((p) => [1, 2, 3].map((t) => ({ m: 2_048, t, p })));
  it.each([
    ...parameters,
    { m: 8, t: 1, p: 1 },
    { m: 67, t: 10, p: 2 },
    { m: 131, t: 2, p: 16 },
    { m: 1_027, t: 3, p: 4 },
  ])('Argon2id with %o', async (parameters) => {
    for (const size of [1, 64, 200]) {
      const [password, salt] = [bytes(size, 1), bytes(16 + (size % 49), 2)];
      expectSame(await page.argon2id(password, salt, parameters), argon2id(password, salt, parameters), size);
    }
  });

  it('Argon2id, which reports and stops', async () => {
    const [reports, parameters] = [[] as number[], { m: 64, t: 1, p: 1 }];
    const onProgress = (fraction: number): number => reports.push(fraction);
    await page.argon2id(bytes(9), bytes(16), parameters, { [shortNames['onProgress']!]: onProgress });
    expect(reports.at(-1)).toBe(1);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(page.argon2id(bytes(9), bytes(16), parameters, { signal })).rejects.toThrow('stopped');
  });
});

describe('the worker that is shipped', () => {
  const derive = shippedWorker(script);
  const [secret, salt] = [bytes(20), bytes(16, 1)];

  it('derives', async () => {
    const parameters = { m: 200, t: 2, p: 3 };
    const key = await derive(secret, { name: 'argon2id', ...parameters, salt });
    expectSame(key!, argon2id(secret, salt, parameters), 0);
    const other = await derive(secret, { name: 'pbkdf2-hmac-sha256', c: 1_000, salt });
    expectSame(other!, pbkdf2Sync(secret, salt, 1_000, 32, 'sha256'), 0);
  });

  const smallest = { name: 'argon2id', m: 64, t: 1, p: 1, salt } as const;
  it.each<Kdf>([
    { ...smallest, m: 262_145 },
    { ...smallest, m: 7 },
    { ...smallest, m: 127, p: 16 },
    { ...smallest, m: 1_024, p: 17 },
    { ...smallest, m: NaN },
    { ...smallest, m: 262_144, t: 5 },
    { ...smallest, t: 0 },
    { ...smallest, t: 11 },
    { ...smallest, p: 0 },
    { ...smallest, salt: bytes(15) },
    { ...smallest, salt: bytes(65) },
    { name: 'pbkdf2-hmac-sha256', c: 0, salt },
    { name: 'pbkdf2-hmac-sha256', c: 10_000_001, salt },
    { name: 'pbkdf2-hmac-sha256', c: 1, salt: bytes(15) },
  ])('refuses %o', async (kdf) => {
    expect(await derive(secret, smallest)).toHaveLength(32);
    expect(await derive(secret, kdf)).toBeUndefined();
  });
});

describe('what is shipped wipes what noble wipes', () => {
  let original: string;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [path.join(source, '../../core/src/crypto/noble.ts')],
      bundle: true,
      format: 'iife',
      conditions: ['source'],
      write: false,
    });
    original = outputFiles[0]!.text;
  });

  const [key, nonce, data] = [bytes(32), bytes(12, 1), bytes(100, 2)];
  const works: Readonly<Record<string, (backend: Backend) => Promise<readonly Uint8Array[]>>> = {
    'SHA-256': async (backend) => [await backend.sha256(data)],
    HMAC: async (backend) => [await backend.hmac('sha256', key, data), await backend.hmac('sha512', bytes(200), data)],
    PBKDF2: async (backend) => [await backend.pbkdf2Sha256(data, bytes(16), 3, 80)],
    Argon2id: async (backend) => [await backend.argon2id(data, bytes(16), { m: 64, t: 2, p: 2 })],
    'AES-GCM, opening': async (backend) => [
      (await (await backend.importAesGcm(key)).open(nonce, openssl(key, nonce, data)))!,
    ],
    'AES-GCM, refusing': async (backend) => {
      await (await backend.importAesGcm(key)).open(nonce, bytes(116));
      return [];
    },
  };

  it.each(Object.entries(works))('%s', async (_, work) => {
    expect(await leftBehind(script, work)).toEqual(await leftBehind(original, work));
  });
});

/** Bytes that look like chance and are the same each time: the key stream of AES. */
function bytes(length: number, seed = 0): Bytes {
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE(seed);
  const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16), counter).update(Buffer.alloc(length));
  return shifted(Uint8Array.from(stream));
}

function openssl(key: Bytes, nonce: Bytes, data: Bytes): Bytes {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Uint8Array.from(Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]));
}

function argon2id(password: Bytes, salt: Bytes, { m, t, p }: Argon2Parameters): Uint8Array {
  // Algorithm 2 is Argon2id, version 1 is 0x13.
  const fixed = { algorithm: 2, version: 1, outputLen: 32 };
  return native.hashRawSync(password, { ...fixed, salt, memoryCost: m, timeCost: t, parallelism: p });
}

function shifted(data: Bytes): Bytes {
  const room = new Uint8Array(data.length + 8);
  room.set(data, 3);
  return room.subarray(3, 3 + data.length);
}

function flipped(data: Bytes, bit: number): Bytes {
  const altered = data.slice();
  altered[bit >> 3]! ^= 1 << (bit & 7);
  return altered;
}

function expectSame(actual: Uint8Array, expected: Uint8Array, size: number): void {
  if (Buffer.compare(actual, expected) === 0) return;
  expect(Buffer.from(actual).toString('hex'), `with ${size}`).toBe(Buffer.from(expected).toString('hex'));
}
