import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIRST_PAINT_KEYS, splitTexts } from '@sealpost/core';
import { languages } from '../src/i18n/all.js';
import { KEYS, type CountedKey, type PluralKey } from '../src/i18n/keys.js';
import { replyStrings, replyTexts } from '../src/i18n/reply/all.js';
import { REPLY_KEYS } from '../src/i18n/reply/keys.js';
import { toLanguage } from '../src/i18n/language.js';
import { makeWords } from '../src/words.js';
import { source } from '../scripts/page-options.mjs';

const counted: readonly CountedKey[] = ['attachments', 'blocked', 'idle'];
const numbers = Array.from({ length: 1_001 }, (_, number) => number);

it('are those of the design', () => {
  expect(languages.map(({ code }) => code)).toEqual(['en', 'fr', 'de', 'es', 'it', 'pt', 'ja', 'ar']);
  expect(languages.filter(({ dir }) => dir === 'rtl').map(({ code }) => code)).toEqual(['ar']);
});

it('begin with what the first paint shows, and have the texts that depend on a number last', () => {
  expect(KEYS.slice(0, FIRST_PAINT_KEYS.length)).toEqual(FIRST_PAINT_KEYS);
  expect(KEYS.slice(-3)).toEqual(counted);
  expect(new Set(KEYS).size).toBe(KEYS.length);
});

it('have the texts of the module reply as well', () => {
  expect(Object.keys(replyStrings)).toEqual(languages.map(({ code }) => code));
  for (const [code, strings] of Object.entries(replyStrings)) {
    expect(Object.keys(strings), code).toEqual(REPLY_KEYS);
    expect(splitTexts(replyTexts(code)), code).toEqual(REPLY_KEYS.map((key) => strings[key]));
    expect(() => replyTexts(`${code}x`)).toThrow('has no texts');
  }
});

it('name themselves as the browser does', () => {
  for (const { code, name } of languages) {
    const known = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? '';
    expect(name.toLowerCase()).toBe(known.toLowerCase());
  }
});

it('no text is left over', () => {
  const folders = [source, path.join(source, 'render'), path.join(source, '../../core/src/document')];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8')),
  );
  const keys = Object.keys(languages[0].strings).filter((key) => !key.includes('.'));
  expect(keys.filter((key) => !files.some((file) => file.includes(`'${key}'`)))).toEqual([]);
});

it('no text of the module reply is left over', () => {
  const folder = path.join(source, 'reply');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  // Those of the buttons are asked for by what they do.
  const named = REPLY_KEYS.filter((key) => key !== 'reply' && key !== 'forward');
  expect(named.filter((key) => !files.some((file) => file.includes(`'${key}'`)))).toEqual([]);
});

describe.each(languages.map((language) => [language.code, language] as const))('%s', (code, language) => {
  const { strings } = language;
  const words = makeWords(toLanguage(language), [code]);

  it('has the same holes as English', () => {
    const [first] = languages;
    for (const [key, text] of Object.entries(strings)) {
      const [base, form] = key.split('.') as [keyof typeof first.strings, string | undefined];
      const free = form === 'zero' || form === 'one' || form === 'two' ? '{n}' : '';
      const holes = (of: string): readonly string[] =>
        (of.match(/\{\w+\}/g) ?? []).filter((hole) => hole !== free).sort();
      expect(holes(text), key).toEqual(holes(first.strings[base] ?? ''));
    }
  });

  it('has the same holes as English in the texts of the module reply', () => {
    for (const key of REPLY_KEYS) {
      const holes = (of: string): readonly string[] => (of.match(/\{\w+\}/g) ?? []).sort();
      expect(holes(replyStrings[code]![key]), key).toEqual(holes(replyStrings['en']![key]));
    }
  });

  it('is written without what a typist left over', () => {
    for (const [key, text] of Object.entries({ ...strings, ...replyStrings[code] })) {
      expect(text, key).toBe(text.trim().normalize('NFC'));
      expect(text, key).not.toMatch(/ {2}|\.\.|['"]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  // A form that is missing is said as "other": right where the language does not tell them apart in that text.
  it.each(counted)('has a text for each number of %s', (key) => {
    const rules = new Intl.PluralRules(code);
    const forms = new Set(numbers.map((number) => rules.select(number)));
    const missing = [...forms].filter((form) => form !== 'other' && !(`${key}.${form}` in strings));
    expect(missing).toEqual(mayBeMissing[`${code} ${key}`] ?? []);
    const written = Object.keys(strings).filter((name) => name.startsWith(`${key}.`)) as PluralKey[];
    for (const name of written) expect([...forms], name).toContain(name.slice(key.length + 1));
    for (const number of numbers.slice(0, 112)) {
      const said = words.count(key, number);
      expect(said).not.toMatch(/[{}]/);
      const shown = new Intl.NumberFormat(code).format(number);
      expect(said.includes(shown) || `${key}.${rules.select(number)}` in strings, said).toBe(true);
    }
    // A million is "many" in French, Spanish, Italian and Portuguese.
    expect(words.count(key, 1_000_000)).toContain(new Intl.NumberFormat(code).format(1_000_000));
  });
});

/** Forms that a language has and a text of ours does not. */
const mayBeMissing: Readonly<Record<string, readonly string[]>> = {
  // "Items ... Their number: {n}." suits every number.
  'ar blocked': ['zero', 'one', 'two', 'few', 'many'],
  // Nobody sets a lock after no minutes; eleven and a hundred minutes have the same noun.
  'ar idle': ['zero', 'many'],
};

it('tells the forms of Arabic apart', () => {
  const words = makeWords(toLanguage(languages.at(-1)!), ['ar-AE']);
  const said = [0, 1, 2, 3, 10, 11, 99, 100].map((number) => words.count('attachments', number));
  expect(said).toEqual([
    'لا مرفقات',
    'مرفق واحد',
    'مرفقان',
    '3 مرفقات',
    '10 مرفقات',
    '11 مرفقًا',
    '99 مرفقًا',
    '100 مرفق',
  ]);
});
