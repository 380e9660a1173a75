import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIRST_PAINT_KEYS, splitTexts } from '@sealpost/core';
import { languages } from '../src/i18n/all.js';
import { KEYS } from '../src/i18n/keys.js';
import { replyStrings, replyTexts } from '../src/i18n/reply/all.js';
import { REPLY_KEYS } from '../src/i18n/reply/keys.js';
import { toLanguage } from '../src/i18n/language.js';
import { makeWords } from '../src/words.js';
import { source } from '../scripts/page-options.mjs';

it('are those of the design', () => {
  expect(languages.map(({ code }) => code)).toEqual(['en', 'fr', 'de', 'es', 'it', 'pt', 'ja', 'ar']);
  expect(languages.filter(({ dir }) => dir === 'rtl').map(({ code }) => code)).toEqual(['ar']);
});

it('begin with what the first paint shows', () => {
  expect(KEYS.slice(0, FIRST_PAINT_KEYS.length)).toEqual(FIRST_PAINT_KEYS);
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
  expect(KEYS.filter((key) => !files.some((file) => file.includes(`'${key}'`)))).toEqual([]);
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
    const holes = (of: string): readonly string[] => (of.match(/\{\w+\}/g) ?? []).sort();
    for (const key of KEYS) expect(holes(strings[key]), key).toEqual(holes(languages[0].strings[key]));
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

  it('says numbers and times as the language does, in texts that suit each of them', () => {
    for (const number of [0, 1, 2, 3, 11, 100, 1_000_000]) {
      const shown = new Intl.NumberFormat(code).format(number);
      for (const key of ['attachments', 'blocked'] as const)
        expect(words.text(key, { n: words.number(number) })).toBe(strings[key].replace('{n}', shown));
    }
    for (const minutes of [1, 2, 3, 15, 100]) {
      const format = new Intl.NumberFormat(code, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
      const time = words.number(minutes, 'minute');
      expect(time).toBe(format.format(minutes));
      expect(words.text('idle', { time })).toBe(strings.idle.replace('{time}', time));
    }
  });
});
