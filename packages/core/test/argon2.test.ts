import { createRequire } from 'node:module';
import { argon2id } from '@noble/hashes/argon2.js';
import { nobleBackend, runKdf, utf8, webcryptoBackend, type Backend, type Bytes } from '@sealpost/core';
import { describe, expect, it } from 'vitest';

/** The native Argon2 that the library for Node uses; core itself does not depend on it. */
const native = createRequire(new URL('../../envelope/package.json', import.meta.url))('@node-rs/argon2') as {
  readonly hashRawSync: (password: Uint8Array, options: Readonly<Record<string, unknown>>) => Uint8Array;
};

interface Parameters {
  readonly m: number;
  readonly t: number;
  readonly p: number;
}

const backends: readonly Backend[] = [webcryptoBackend, nobleBackend];

describe('Argon2id of RFC 9106', () => {
  // Section 5.3. Secret and associated data are beyond our interface: the function beneath it is asked.
  it('gives the tag of section 5.3', () => {
    const tag = argon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
      m: 32,
      t: 3,
      p: 4,
      version: 0x13,
      dkLen: 32,
      key: new Uint8Array(8).fill(3),
      personalization: new Uint8Array(12).fill(4),
    });
    expect(toHex(tag)).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });
});

describe.each(backends)('Argon2id of the $name backend', (backend) => {
  // src/test.c of github.com/P-H-C/phc-winner-argon2, version 0x13.
  it.each([
    [{ m: 256, t: 2, p: 1 }, '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
    [{ m: 256, t: 2, p: 2 }, '6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037'],
    [{ m: 65_536, t: 1, p: 1 }, 'f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98'],
  ])("gives the reference implementation's known answer for %o", async (parameters, tag) => {
    expect(toHex(await backend.argon2id(utf8('password'), utf8('somesalt'), parameters))).toBe(tag);
  });

  it.each(crossChecked().map(({ m, t, p, password, salt }) => ({ m, t, p, bytes: password.length, password, salt })))(
    'is the native one for m=$m t=$t p=$p, $bytes bytes',
    async ({ m, t, p, password, salt }) => {
      const own = await runKdf(password, { name: 'argon2id', m, t, p, salt }, {}, backend);
      expect(toHex(own)).toBe(toHex(nativeArgon2id(password, salt, { m, t, p })));
    },
  );
});

/** Both ends of each parameter's range, memory that lanes do not divide, and secrets around a block of BLAKE2b. */
function crossChecked(): readonly (Parameters & { readonly password: Bytes; readonly salt: Bytes })[] {
  const parameters: readonly Parameters[] = [
    { m: 8, t: 1, p: 1 },
    { m: 8, t: 10, p: 1 },
    { m: 9, t: 1, p: 1 },
    { m: 16, t: 2, p: 2 },
    { m: 23, t: 3, p: 2 },
    { m: 67, t: 2, p: 3 },
    { m: 128, t: 1, p: 16 },
    { m: 131, t: 2, p: 16 },
    { m: 1021, t: 2, p: 5 },
    { m: 4096, t: 1, p: 1 },
    { m: 19_456, t: 2, p: 1 },
    { m: 47_104, t: 1, p: 1 },
  ];
  const lengths = [1, 13, 63, 64, 127, 128, 129, 1024];
  return parameters.map((each, i) => ({
    ...each,
    password: patterned(lengths[i % lengths.length] ?? 1, i),
    salt: patterned(16 + 4 * i, i + 100),
  }));
}

function patterned(length: number, seed: number): Bytes {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17) % 256);
}

function nativeArgon2id(password: Bytes, salt: Bytes, { m, t, p }: Parameters): Uint8Array {
  // Its enumerations exist in types only: 2 is Argon2id, 1 is version 0x13.
  const options = { algorithm: 2, version: 1, memoryCost: m, timeCost: t, parallelism: p, outputLen: 32, salt };
  return native.hashRawSync(password, options);
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
