import { compileFunction } from 'node:vm';
import { hex, randomBytes, type Kem } from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import { runtime } from '@sealpost/reader';
import { expect, it } from 'vitest';
import { SHARED } from '../src/shared.js';

/** The KEM of the page's module `pq`, in its final text. */
function shippedKem(): Kem {
  const modules: Record<string, unknown> = {};
  const sealpost = { shared: SHARED, provide: (name: string, module: unknown) => (modules[name] = module) };
  const run = compileFunction(runtime.modules.pq ?? '', ['globalThis']) as (scope: object) => void;
  run({ sealpost, crypto });
  return modules['pq'] as Kem;
}

const kem = shippedKem();

it('is the hybrid of the sources: the same encapsulations from the same randomness', async () => {
  const { name, id, publicKeyBytes, privateKeyBytes, encBytes } = hybridKem;
  expect(kem).toMatchObject({ name, id, publicKeyBytes, privateKeyBytes, encBytes });
  const pair = await hybridKem.generate();
  for (let round = 0; round < 3; round++) {
    const ephemeral = randomBytes(64);
    const [one, other] = [
      await kem.encapsulate(pair.publicKey, ephemeral),
      await hybridKem.encapsulate(pair.publicKey, ephemeral),
    ];
    expect([hex(one.enc), hex(one.secret)]).toEqual([hex(other.enc), hex(other.secret)]);
  }
});

it('makes secrets that the sources open, of keys that are some', async () => {
  const pair = await hybridKem.generate();
  const { enc, secret } = await kem.encapsulate(pair.publicKey);
  expect(hex((await hybridKem.decapsulate(enc, pair))!)).toBe(hex(secret));
  for (const wrong of [pair.publicKey.slice(1), new Uint8Array(pair.publicKey.length).fill(255)])
    await expect(kem.encapsulate(wrong)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});
