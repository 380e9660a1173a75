import fc from 'fast-check';
import { nobleBackend, webcryptoBackend } from '@sealpost/core';
import { describe, expect, it } from 'vitest';
import { nodeBackend } from '../src/node-backend.js';

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
          const sealed = await own.seal(nonce, text);
          expect(await own.open(nonce, sealed)).toEqual(text);
          for (const other of [webcryptoBackend, nobleBackend]) {
            expect(await (await other.importAesGcm(key)).seal(nonce, text)).toEqual(sealed);
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

  it('PBKDF2', async () => {
    const [password, salt] = [new Uint8Array([1, 2, 3]), new Uint8Array(16).fill(5)];
    expect(await nodeBackend.pbkdf2Sha256(password, salt, 1_000, 32)).toEqual(
      await nobleBackend.pbkdf2Sha256(password, salt, 1_000, 32),
    );
  });
});
