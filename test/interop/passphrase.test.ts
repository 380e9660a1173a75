import { EnvelopeError, prepareSecret } from 'sealpost';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL } from './envelope.js';
import { libraryOutcome } from './outcome.js';
import { CHEAP_KDF, Python, pythonMissing } from './python.js';
import { Random } from './random.js';

const missing = pythonMissing();
const NORMS = ['opaque', 'words', 'code'] as const;

// Blocks of letters with cases, compositions and shapes, all of them older than either implementation's Unicode version.
const RANGES: readonly (readonly [number, number])[] = [
  ...([
    [0x20, 0x7e],
    [0x20, 0x7e],
    [0xa0, 0x17f],
    [0x180, 0x24f],
    [0x300, 0x34e],
    [0x391, 0x3a1],
    [0x3a3, 0x3ff],
    [0x400, 0x52f],
  ] as const),
  ...([
    [0x531, 0x556],
    [0x5d0, 0x5ea],
    [0x621, 0x652],
    [0x905, 0x939],
    [0x10a0, 0x10c5],
    [0x1100, 0x11ff],
    [0x13a0, 0x13f5],
  ] as const),
  ...([
    [0x1c90, 0x1cba],
    [0x1e00, 0x1eff],
    [0x1f00, 0x1f15],
    [0x2000, 0x200a],
    [0x2010, 0x2015],
    [0x2100, 0x214f],
    [0x2160, 0x2188],
  ] as const),
  ...([
    [0x24b6, 0x24e9],
    [0x2c00, 0x2c5f],
    [0x3041, 0x3096],
    [0xac00, 0xd7a3],
    [0xa640, 0xa66d],
    [0xfb00, 0xfb06],
    [0xff21, 0xff5a],
  ] as const),
  ...([
    [0x10400, 0x1044f],
    [0x1e900, 0x1e943],
    [0x1d400, 0x1d454],
    [0x1f600, 0x1f64f],
  ] as const),
];
const PIECES = [
  'Σ',
  'ΑΣ',
  'ΑΣ.',
  "Σ'Α",
  'İ',
  'I\u0307',
  'ß',
  'ẞ',
  '\u0344',
  '\u212b',
  'A\u030a',
  '\u1e9b\u0323',
  '가',
  '\u1100\u1161\u11a8',
  ' ',
  '-',
  '\t',
  '\u00a0',
  '\u3000',
  '\u2014',
  'O',
  'l',
  '\u200b',
  '\u00ad',
  '\ufeff',
  '\n',
];

function typed(random: Random): string {
  const pieces = Array.from({ length: 1 + random.below(12) }, () => {
    const [first, last] = random.pick(RANGES);
    return random.once(3) ? random.pick(PIECES) : String.fromCodePoint(first + random.below(last - first + 1));
  });
  return pieces.join('');
}

/** What somebody else could type for it. */
function typedAgain(text: string, random: Random): string {
  const ways = [
    (same: string) => same,
    (same: string) => same.normalize('NFD'),
    (same: string) => same.normalize('NFC'),
    (same: string) => same.toUpperCase(),
    (same: string) => same.replaceAll(' ', '\u3000'),
    (same: string) => ` ${same.replaceAll(' ', ' - ')}.`,
  ];
  return random.pick(ways)(text);
}

// Section 6. A passphrase opens an envelope exactly where its bytes are the same: so what the library makes of a text is
// compared with what Python makes of it, without asking the library for the bytes.
describe.skipIf(missing)(
  `passphrases become the same bytes${missing ? ` (skipped: ${missing})` : ''}`,
  { timeout: 120_000 },
  () => {
    let python: Python;
    beforeAll(() => {
      python = new Python();
    });
    afterAll(() => {
      python.stop();
    });

    async function expectSame(
      first: string,
      second: string,
      norm: (typeof NORMS)[number],
    ): Promise<boolean | undefined> {
      const bytes = await python.normalise(first, norm);
      if (bytes === null || (await python.normalise(first, norm, true)) === null) return undefined;
      const file = await python.make({ ...SMALL, secrets: [{ passphrase: first, norm, kdf: CHEAP_KDF }] });
      const same = (await python.normalise(second, norm)) === bytes;
      const { code } = await libraryOutcome(file, second);
      expect({ first, second, norm, code }).toEqual({ first, second, norm, code: same ? 'success' : 'DID_NOT_OPEN' });
      return same;
    }

    test('of random texts, and of other ways to type them', async () => {
      const random = new Random(6);
      let [same, different] = [0, 0];
      for (let number = 0; number < 400; number += 1) {
        const first = typed(random);
        const norm = random.pick(NORMS);
        const outcome = await expectSame(first, typedAgain(first, random), norm);
        if (outcome === true) same += 1;
        if (outcome === false) different += 1;
      }
      expect(same).toBeGreaterThan(100);
      expect(different).toBeGreaterThan(30);
    });

    test('up to 1,024 of them, counted after the rule', async () => {
      for (const [first, second, norm] of [
        ['é'.repeat(512), 'e\u0301'.repeat(512), 'opaque'],
        ['a'.repeat(1024), `${'a'.repeat(1024)}b`, 'opaque'],
        ['a b', `${' '.repeat(2000)}A--b`, 'words'],
        ['0', `${'-'.repeat(2000)}o`, 'code'],
        ['0', '-', 'code'],
        ['a', ' ', 'words'],
      ] as const)
        expect(await expectSame(first, second, norm)).toBeDefined();
    });

    test('and a writer refuses the same', async () => {
      const characters =
        'aé漢 \u00a0\u0000\t\u007f\u0085\u00ad\u034f\u0378\u0640\u07fa\u115f\u1100\u1160\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u2060\u20ac\u302e\u3031\u303b\u3164ªﬁ①Ⅷ\u00b7\u0375\u05f3\u30fb\u0660\u06f0\u06dd\u0600\u070f\u17b4\u180b\u180e\ua960\ud7b0\ue000\ufe0f\ufeff\uff21\uffa0\ufff9\ufffc\ufffd\uffff😀';
      for (const character of [
        ...Array.from(characters),
        '\u{1d173}',
        '\u{e0001}',
        '\u{e0100}',
        '\u{f0000}',
        '\u{10ffff}',
        '\u{1f468}\u200d\u{1f469}',
        '\u{2b740}',
        '\u{13430}',
        '\u{1bca0}',
        '\u{1d159}',
        '\u{110bd}',
      ]) {
        const passphrase = `Ein Satz ${character} der lang genug ist`;
        const refused = await prepareSecret({ passphrase, kdf: 'light', allowWeak: true }).then(
          () => false,
          (error: unknown) => error instanceof EnvelopeError && error.code === 'INVALID_ARGUMENT',
        );
        const bytes = await python.normalise(passphrase, 'opaque', true);
        const name = `U+${character.codePointAt(0)?.toString(16)}`;
        expect({ name, refused }).toEqual({ name, refused: bytes === null });
      }
    });
  },
);
