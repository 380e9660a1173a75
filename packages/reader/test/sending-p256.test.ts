import { p256Kem, webcryptoBackend, type Bytes } from '@sealpost/core';
import { expect, it } from 'vitest';
import { p256 } from '../src/reply/p256.js';

const kem = p256Kem(webcryptoBackend);

it('sends what core receives', async () => {
  const pair = await kem.generate();
  const { enc, secret } = await p256.encapsulate(pair.publicKey);
  expect(enc).toHaveLength(kem.encBytes);
  expect(await kem.decapsulate(enc, pair)).toEqual(secret);
  expect((await p256.encapsulate(pair.publicKey)).enc).not.toEqual(enc);
  expect([p256.name, p256.id]).toEqual([kem.name, kem.id]);
});

const { publicKey } = await kem.generate();

it.each<readonly [string, Bytes]>([
  ['nothing', new Uint8Array()],
  ['another length', publicKey.slice(1)],
  ['a compressed point', Uint8Array.of(2 + (publicKey[64]! & 1), ...publicKey.slice(1, 33))],
  ['a point in the hybrid form', Uint8Array.of(6 + (publicKey[64]! & 1), ...publicKey.slice(1))],
  ['no point of the curve', Uint8Array.of(4, ...new Uint8Array(64).fill(1))],
])('takes no key that core does not take: %s', async (_, key) => {
  expect(await kem.isPublicKey(key)).toBe(false);
  await expect(p256.encapsulate(key)).rejects.toThrow();
});
