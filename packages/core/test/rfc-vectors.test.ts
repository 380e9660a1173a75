import { nobleBackend, utf8, webcryptoBackend, type Backend } from '@sealpost/core';
import { describe, expect, it } from 'vitest';
import { isFreeformText, normaliseSecret } from '../src/secret/normalise.js';

const backends: readonly Backend[] = [webcryptoBackend, nobleBackend];

describe.each(backends)('$name backend', (backend) => {
  describe('HMAC of RFC 4231, section 4', () => {
    it.each([
      {
        name: '4.2',
        key: '0b'.repeat(20),
        data: utf8('Hi There'),
        sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
        sha512:
          '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
      },
      {
        name: '4.3',
        key: '4a656665',
        data: utf8('what do ya want for nothing?'),
        sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
        sha512:
          '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
      },
      {
        name: '4.4',
        key: 'aa'.repeat(20),
        data: new Uint8Array(50).fill(0xdd),
        sha256: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
        sha512:
          'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
      },
      {
        name: '4.5',
        key: Buffer.from(Array.from({ length: 25 }, (_, i) => i + 1)).toString('hex'),
        data: new Uint8Array(50).fill(0xcd),
        sha256: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
        sha512:
          'b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd',
      },
      {
        // The RFC truncates these tags to 128 bits; ours are whole, and begin so.
        name: '4.6',
        key: '0c'.repeat(20),
        data: utf8('Test With Truncation'),
        sha256: 'a3b6167473100ee06e0c796c2955552b',
        sha512: '415fad6271580a531d4179bc891d87a6',
      },
      {
        name: '4.7',
        key: 'aa'.repeat(131),
        data: utf8('Test Using Larger Than Block-Size Key - Hash Key First'),
        sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
        sha512:
          '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
      },
      {
        name: '4.8',
        key: 'aa'.repeat(131),
        data: utf8(
          'This is a test using a larger than block-size key and a larger than block-size data. ' +
            'The key needs to be hashed before being used by the HMAC algorithm.',
        ),
        sha256: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
        sha512:
          'e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58',
      },
    ])('$name', async ({ key, data, ...tags }) => {
      for (const hash of ['sha256', 'sha512'] as const) {
        const whole = toHex(await backend.hmac(hash, new Uint8Array(Buffer.from(key, 'hex')), data));
        expect(whole.slice(0, tags[hash].length)).toBe(tags[hash]);
      }
    });
  });

  describe('PBKDF2-HMAC-SHA-256 of RFC 7914, section 11', () => {
    it.each([
      {
        password: 'passwd',
        salt: 'salt',
        c: 1,
        dk: '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
      },
      {
        password: 'Password',
        salt: 'NaCl',
        c: 80_000,
        dk: '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d',
      },
    ])('c = $c', async ({ password, salt, c, dk }) => {
      expect(toHex(await backend.pbkdf2Sha256(utf8(password), utf8(salt), c, 64))).toBe(dk);
    });
  });
});

describe('OpaqueString of RFC 8265, section 4.3', () => {
  it.each([
    ['example 12', 'correct horse battery staple', 'correct horse battery staple'],
    ['example 13', 'Correct Horse Battery Staple', 'Correct Horse Battery Staple'],
    ['example 14', '\u03c0\u00df\u00e5', '\u03c0\u00df\u00e5'],
    ['example 15', 'Jack of \u2666s', 'Jack of \u2666s'],
    ['example 16', 'foo\u1680bar', 'foo bar'],
  ])('admits and prepares %s', (_, text, prepared) => {
    expect(isFreeformText(text)).toBe(true);
    expect(normaliseSecret(text, 'opaque')).toEqual(utf8(prepared));
  });

  it('refuses example 17: nothing', () => {
    expect(() => normaliseSecret('', 'opaque')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('refuses example 18: a control character', () => {
    expect(isFreeformText('my cat is a \tby')).toBe(false);
  });
});

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
