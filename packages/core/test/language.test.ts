import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { languageBlock } from '../../../test/support/language-block.js';
import { joinTexts, MAX_LINE, nobleBackend, readLanguage, splitTexts, webcryptoBackend } from '../src/index.js';

it('gives joined texts back, but for empty ones at the end', () => {
  const text = fc.string({ unit: 'binary', maxLength: 120 }).map((one) => one.replace(/[|\n\p{Cs}]/gu, ' '));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 60 }), (texts) => {
      const back = splitTexts(joinTexts(texts));
      expect(texts.map((_, index) => back[index] ?? '')).toEqual(texts);
    }),
  );
  expect(joinTexts(['one', '', 'two', '', ''])).toBe('one||two');
});

it('takes no text that would be two', () => {
  for (const text of ['a|b', 'a\nb']) expect(() => joinTexts([text])).toThrow('cannot stand among');
});

it('gives a language back', async () => {
  const language = {
    code: 'x-y',
    dir: 'rtl',
    name: 'N\u00e4me "<&',
    texts: ['\u00e9\u0001|\u65e5', '', 'three'],
  } as const;
  const { json } = languageBlock(language.texts, language);
  for (const backend of [webcryptoBackend, nobleBackend]) expect(await readLanguage(json, backend)).toEqual(language);
});

it('5: keeps the transport rules, and holds nothing that a page or JSON gives a meaning', async () => {
  // Bytes that do not deflate: digits of all kinds, among them every pair of two.
  const noise = Array.from({ length: 4_000 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex')).join('');
  const { json } = languageBlock([noise]);
  expect(json.match(/<",\n"!/g)?.length).toBeGreaterThan(5);
  expect(json).not.toMatch(/<[!/]|[^\n -~]|^\.|^From | $/m);
  const lengths = json.split('\n').map(({ length }) => length);
  expect(Math.max(...lengths)).toBe(988);
  expect(MAX_LINE).toBeGreaterThanOrEqual(988);
  expect((await readLanguage(json, webcryptoBackend)).texts).toEqual([noise]);
});

it('refuses a block that was changed', async () => {
  const { json } = languageBlock(['one|two|three|four']);
  for (const changed of [
    json.slice(0, -4),
    json.replace('"packed"', '"strings"'),
    json.replace(/..(?="\n\])/, ''),
    json.replace(/(?<=\[\n")../, '""'),
    json.replace(/(?<=\[\n")../, '~~'),
  ])
    await expect(readLanguage(changed, webcryptoBackend)).rejects.toThrow();
});
