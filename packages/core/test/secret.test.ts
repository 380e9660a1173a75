import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../src/crypto/backend.js';
import { webcryptoBackend } from '../src/crypto/webcrypto.js';
import { generateCode, generateWords } from '../src/secret/generate.js';
import { isFreeformText, normaliseSecret } from '../src/secret/normalise.js';
import { prepareSecret, PreparedSecret } from '../src/secret/prepared.js';
import { estimateStrengthBits, isWeakChoice } from '../src/secret/strength.js';
import type { Normalisation } from '../src/wire/slot.js';
import { effLongWordlist } from '../src/wordlist.js';

const normal = (text: string, norm: Normalisation): string => new TextDecoder().decode(normaliseSecret(text, norm));

/** A backend whose derivation is a hash: these tests are not about Argon2. */
const quick: Backend = {
  ...webcryptoBackend,
  argon2id: (password) => webcryptoBackend.sha256(password),
  pbkdf2Sha256: (password) => webcryptoBackend.sha256(password),
};

describe('normalisation', () => {
  it.each([
    // RFC 8265, section 4.3: the examples of OpaqueString.
    ['correct horse battery staple', 'correct horse battery staple'],
    ['Correct Horse Battery Staple', 'Correct Horse Battery Staple'],
    ['πßå', 'πßå'],
    ['Jack of ♦s', 'Jack of ♦s'],
    ['foo\u1680bar', 'foo bar'],
    ['  two\u00a0\u3000blanks ', '  two  blanks '],
    ['e\u0301', '\u00e9'],
    ['ﬁ', 'ﬁ'],
  ])('opaque: %j becomes %j', (from, to) => {
    expect(normal(from, 'opaque')).toBe(to);
  });

  it.each([
    'fasting whisking zap',
    'Fasting-Whisking-Zap',
    ' fasting.whisking,zap\n',
    'FASTING\u2013whisking _ zap',
    'fasting\u00a0 whisking\tzap.',
  ])('words: %j is the same secret', (typed) => {
    expect(normal(typed, 'words')).toBe('fasting whisking zap');
  });

  it.each(['ABCD-0123-EFGH-1111', 'abcd 0123 efgh 1111', 'abcdo123efghIlLi', 'A.B_C,D\u20140123EFGH1111'])(
    'code: %j is the same secret',
    (typed) => {
      expect(normal(typed, 'code')).toBe('ABCD0123EFGH1111');
    },
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom<Normalisation>('opaque', 'words', 'code'),
        (typed, norm) => {
          let once: string;
          try {
            once = normal(typed, norm);
          } catch {
            return;
          }
          expect(normal(once, norm)).toBe(once);
        },
      ),
    );
  });

  it('refuses nothing, and too much', () => {
    expect(() => normaliseSecret('', 'opaque')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(() => normaliseSecret(' - ', 'words')).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(normaliseSecret('a'.repeat(1_024), 'opaque')).toHaveLength(1_024);
    expect(() => normaliseSecret('a'.repeat(1_025), 'opaque')).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });

  it.each([
    'a\tb',
    'a\0',
    'a\u007f',
    '\u0085',
    'a\ud800',
    'a\u2028',
    'a\u200b',
    'a\ufeff',
    'a\u202e',
    'a\ue000',
    'a\u0640',
    'a\u1100',
    'a\u0378',
    'a\u06dd',
    'a\ufffb',
    'a\uffff',
  ])('a writer refuses %j (RFC 8264)', (text) => {
    expect(isFreeformText(text)).toBe(false);
  });

  it.each(['correct horse', 'ß∞★ 漢字', 'نص\u200cفارسی', '😀', 'é', 'e\u0301'])('a writer takes %j', (text) => {
    expect(isFreeformText(text)).toBe(true);
  });
});

describe('generated passphrases', () => {
  it('come from the EFF long list, unchanged', () => {
    expect(effLongWordlist).toHaveLength(7_776);
    expect(new Set(effLongWordlist).size).toBe(7_776);
    expect(createHash('sha256').update(effLongWordlist.join('\n')).digest('hex')).toBe(
      'abae49761b88f3f1ba31ef944bea1f61b795a3cd7e1cfb7d276ed45bf77967ba',
    );
  });

  it('have five words and 64.6 bits, and differ', () => {
    const { text, norm, bits } = generateWords(effLongWordlist, 5);
    expect(text.split(' ')).toHaveLength(5);
    expect(norm).toBe('words');
    expect(bits).toBeCloseTo(64.62, 2);
    expect(generateWords(effLongWordlist, 5).text).not.toBe(text);
  });

  it('draw every word alike: the remainder of two bytes would not', () => {
    // 65,536 modulo 7,776 is 3,328: values from 62,208 on have to be drawn again.
    const draws = [Uint8Array.of(0xf3, 0x00), Uint8Array.of(0xff, 0xff), Uint8Array.of(0x00, 0x01)];
    const random = (): Uint8Array<ArrayBuffer> => draws.shift() ?? new Uint8Array(2);
    expect(generateWords(effLongWordlist, 1, random).text).toBe(effLongWordlist[1]);
    expect(draws).toHaveLength(0);
  });

  it('codes have four groups of Crockford base32', () => {
    expect(generateCode().text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(generateCode().bits).toBe(80);
  });
});

describe('strength', () => {
  it.each([
    '',
    'short',
    'elevenchars',
    'passwordpassword',
    'Password1234!',
    'P@ssw0rd2026!!',
    'aaaaaaaaaaaaaaaa',
    'abcdefghijklmnop',
    '123456789012',
    'abcabcabcabcabc',
    'Summer2026!!',
    'qwertzqwertz12',
    '2026-11-22 14:30',
    'letmeinletmein',
    'qwertyuiop12',
    '1q2w3e4r5t6y',
    'mypassword123',
    '!QAZ2wsx#EDC',
  ])('%j is weak', (text) => {
    expect(isWeakChoice(text)).toBe(true);
  });

  it.each([
    'correct horse battery staple',
    'Drei Chinesen mit dem Kontrabass',
    'xK9#mQ2$vL7&',
    '東京の空は今日もとても青いです',
  ])('%j is not', (text) => {
    expect(isWeakChoice(text)).toBe(false);
  });

  it('never calls a longer text weaker by much', () => {
    expect(estimateStrengthBits('correct horse battery staple')).toBeGreaterThan(estimateStrengthBits('correct horse'));
  });
});

describe('prepared secrets', () => {
  it('take the profile that suits', async () => {
    const chosen = await prepareSecret('correct horse battery staple', { backend: quick });
    expect(chosen).toMatchObject({ norm: 'opaque', kdf: { name: 'argon2id', m: 65_536, t: 3, p: 4 } });
    const generated = await prepareSecret(generateCode(), { backend: quick });
    expect(generated).toMatchObject({ norm: 'code', kdf: { name: 'argon2id', m: 47_104, t: 1, p: 1 } });
    const fips = await prepareSecret(generateCode(), { kdf: 'fips', backend: quick });
    expect(fips.kdf).toMatchObject({ name: 'pbkdf2-hmac-sha256', c: 1_300_000 });
    expect(fips.kdf.salt).toHaveLength(16);
  });

  it.each([
    ['Password1234', 'standard'],
    ['correct horse battery staple', 'light'],
    ['correct horse battery staple', 'fips'],
  ] as const)('refuse %j for %s unless the caller insists', async (text, kdf) => {
    await expect(prepareSecret(text, { kdf, backend: quick })).rejects.toMatchObject({ code: 'WEAK_SECRET' });
    await expect(prepareSecret(text, { kdf, allowWeak: true, backend: quick })).resolves.toBeInstanceOf(PreparedSecret);
  });

  it('refuse five words for fips', async () => {
    await expect(
      prepareSecret(generateWords(effLongWordlist, 5), { kdf: 'fips', backend: quick }),
    ).rejects.toMatchObject({ code: 'WEAK_SECRET' });
  });

  it('show no key, and survive export and import', async () => {
    const secret = await prepareSecret('correct horse battery staple', { backend: quick });
    const key = Buffer.from(secret.key).toString('base64url');
    expect(JSON.stringify({ secret })).not.toContain(key);
    const { inspect } = await import('node:util');
    expect(inspect(secret, { depth: 9, showHidden: true })).not.toContain(
      String(secret.key[0]) + ', ' + String(secret.key[1]),
    );
    const again = PreparedSecret.import(secret.export());
    expect(again.key).toEqual(secret.key);
    expect(again.kdf).toEqual(secret.kdf);
    expect(again.renewAt.getTime() - again.madeAt.getTime()).toBe(90 * 86_400_000);
    for (const wrong of ['', '{}', secret.export().slice(1), secret.export().replace('"m":65536', '"m":999999999')]) {
      expect(() => PreparedSecret.import(wrong)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    }
  });

  it('stop when they are told to', async () => {
    const signal = AbortSignal.abort();
    await expect(prepareSecret('correct horse battery staple', { signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
