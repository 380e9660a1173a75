import { expect, it } from 'vitest';
import { languages as sources } from '../src/i18n/all.js';
import { toLanguage } from '../src/i18n/language.js';
import { languageBlock } from '../../../test/support/language-block.js';
import { chooseLanguage, findLanguages, makeWords } from '../src/words.js';

const languages = sources.map(toLanguage);

it('finds the languages of the page in their order', async () => {
  for (const language of languages) {
    const block = document.createElement('script');
    block.type = 'application/json';
    block.id = `sealpost-lang-${language.code}`;
    block.textContent = languageBlock(language.texts, language).json;
    document.body.append(block);
  }
  expect(await findLanguages()).toEqual(languages);
});

it.each([
  [['de-CH', 'fr'], 'de'],
  [['tlh', 'fr-FR'], 'fr'],
  [['pt-BR'], 'pt'],
  [['tlh'], 'en'],
  [[], 'en'],
])('chooses for a reader of %j', (wanted, code) => {
  expect(chooseLanguage(languages, wanted)?.code).toBe(code);
});

it('speaks of numbers, sizes and days as the language does', () => {
  const [en, fr, de] = languages.map((language) => makeWords(language, [language.code]));
  expect([1, 12].map((n) => en!.number(n))).toEqual(['1', '12']);
  expect(de!.number(1234)).toBe('1.234');
  expect([1, 15].map((minutes) => de!.number(minutes, 'minute'))).toEqual(['1 Minute', '15 Minuten']);
  expect(fr!.size(5_240_000).replace(/\s/g, ' ')).toBe('5,2 Mo');
  expect(en!.size(184_233)).toBe('184 kB');
  expect([en, fr, de].map((words) => words!.size(15).replace(/\s/g, ' '))).toEqual([
    '15 bytes',
    '15 octets',
    '15 Byte',
  ]);
  expect(en!.size(1)).toBe('1 byte');
  const noon = new Date(2027, 0, 15, 12);
  expect(de!.text('expires', { date: de!.date(noon, 'long') })).toContain('nach dem 15. Januar 2027 ');
  expect(en!.date(new Date(NaN))).toBe('');
});
