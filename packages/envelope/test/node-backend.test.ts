import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { nobleBackend, webcryptoBackend, type AesGcm, type Bytes } from '@sealpost/core';
import { describe, expect, it, vi } from 'vitest';
import { backend as nodeBackend } from '../src/node-backend.js';

const bytes = (length: {
  readonly minLength?: number;
  readonly maxLength?: number;
}): fc.Arbitrary<Uint8Array<ArrayBuffer>> => fc.uint8Array(length).map((value) => new Uint8Array(value));

describe('the Node backend gives the bytes of the others', () => {
  it('hashes and HMACs', async () => {
    await fc.assert(
      fc.asyncProperty(bytes({ maxLength: 300 }), bytes({ maxLength: 200 }), async (data, key) => {
        for (const other of [webcryptoBackend, nobleBackend]) {
          expect(await nodeBackend.sha256(data)).toEqual(await other.sha256(data));
          expect(await nodeBackend.sha512(data)).toEqual(await other.sha512(data));
          expect(await nodeBackend.hmac('sha256', key, data)).toEqual(await other.hmac('sha256', key, data));
          expect(await nodeBackend.hmac('sha512', key, data)).toEqual(await other.hmac('sha512', key, data));
        }
        const running = nodeBackend.sha256Stream();
        for (let at = 0; at < data.length; at += 7) running.update(data.subarray(at, at + 7));
        expect(running.digest()).toEqual(await nobleBackend.sha256(data));
      }),
    );
  });

  it('AES-GCM, and its refusals', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes({ minLength: 32, maxLength: 32 }),
        bytes({ minLength: 12, maxLength: 12 }),
        bytes({ maxLength: 300 }),
        async (key, nonce, text) => {
          const own = await nodeBackend.importAesGcm(key);
          const sealed = await sealWith(own, nonce, text);
          expect(await own.open(nonce, sealed)).toEqual(text);
          for (const other of [webcryptoBackend, nobleBackend]) {
            expect(await sealWith(await other.importAesGcm(key), nonce, text)).toEqual(sealed);
          }
          const altered = sealed.map((byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte));
          expect(await own.open(nonce, altered)).toBeUndefined();
          expect(await own.open(nonce, sealed.slice(0, -1))).toBeUndefined();
          expect(await own.open(nonce, sealed.slice(0, 15))).toBeUndefined();
        },
      ),
    );
  });

  it.each([
    { m: 8, t: 1, p: 1 },
    { m: 64, t: 3, p: 4 },
    { m: 1_000, t: 2, p: 3 },
  ])('Argon2id with %j', async (parameters) => {
    const [password, salt] = [new Uint8Array([1, 2, 3]), new Uint8Array(16).fill(5)];
    const fractions: number[] = [];
    const onProgress = (fraction: number): void => void fractions.push(fraction);
    expect(await nodeBackend.argon2id(password, salt, parameters, { onProgress })).toEqual(
      await nobleBackend.argon2id(password, salt, parameters),
    );
    expect(fractions.at(-1)).toBe(1);
  });

  it('Argon2id where the native one does not load', async () => {
    const derive = async (): Promise<Uint8Array> => {
      vi.resetModules();
      const { backend } = await import('../src/node-backend.js');
      return backend.argon2id(new Uint8Array([1, 2, 3]), new Uint8Array(16).fill(5), { m: 64, t: 3, p: 4 });
    };
    const native = await derive();
    try {
      // That the module is replaced at all shows in what the backend gives.
      vi.doMock('@node-rs/argon2', () => ({ hashRaw: () => Promise.resolve(Buffer.alloc(32)) }));
      expect(await derive()).toEqual(new Uint8Array(32));
      vi.doMock('@node-rs/argon2', () => {
        throw new Error('no native binding');
      });
      expect(await derive()).toEqual(native);
    } finally {
      vi.doUnmock('@node-rs/argon2');
    }
  });

  it('PBKDF2', async () => {
    const [password, salt] = [new Uint8Array([1, 2, 3]), new Uint8Array(16).fill(5)];
    expect(await nodeBackend.pbkdf2Sha256(password, salt, 1_000, 32)).toEqual(
      await nobleBackend.pbkdf2Sha256(password, salt, 1_000, 32),
    );
  });

  it.each([[], [0], [1], [1_000], [65_536], [65_537], [10, 20], [65_536, 1], [40_000, 40_000, 40_000]])(
    'deflate of pieces of %j bytes, short and long, is what zlib gives for them together',
    async (...lengths) => {
      const pieces = lengths.map((length, n) => Uint8Array.from({ length }, (_, at) => (at * at + n) % 251));
      const deflated = await together(nodeBackend.deflateRaw(given(pieces)));
      expect(Buffer.compare(deflated, deflateRawSync(Buffer.concat(pieces)))).toBe(0);
      const inflated = await together(nodeBackend.inflateRaw(given([new Uint8Array(deflated)])));
      expect(Buffer.compare(inflated, Buffer.concat(pieces))).toBe(0);
    },
  );

  it.each([0, 1, 2])('an error of the source after %i pieces is the error of deflate', async (count) => {
    const pieces = Array.from({ length: count }, () => new Uint8Array(10));
    const failing = given(pieces, new Error('source'));
    await expect(together(nodeBackend.deflateRaw(failing))).rejects.toThrow('source');
  });

  it('gives timers their turn, however many work at the same time', async () => {
    const cipher = await nodeBackend.importAesGcm(new Uint8Array(32));
    const chunk = new Uint8Array(16_384);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const until = performance.now() + 400;
    const work = async (): Promise<void> => {
      while (performance.now() < until)
        await cipher.open(new Uint8Array(12), await sealWith(cipher, new Uint8Array(12), chunk));
    };
    await Promise.all([work(), work(), work()]);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

async function sealWith(cipher: AesGcm, nonce: Bytes, plaintext: Bytes): Promise<Bytes> {
  const out = new Uint8Array(plaintext.length + 16);
  await cipher.seal(nonce, plaintext, out);
  return out;
}

async function* given(pieces: readonly Bytes[], error?: Error): AsyncGenerator<Bytes, void, undefined> {
  for (const piece of pieces) yield await Promise.resolve(piece);
  if (error !== undefined) throw error;
}

async function together(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
