import { firstPaint, type Face } from '@sealpost/core';
import { expect, it } from 'vitest';
import { languages as sources } from '../src/i18n/all.js';
import { toLanguage } from '../src/i18n/language.js';

const languages = sources.map(toLanguage);
const en = toLanguage(sources[0]);

it.each(languages.map((language) => [language.code, language] as const))('shows no empty text in %s', (_, language) => {
  const shown = firstPaint({ subject: 's', date: 1, contact: 'c', opener: 'https://x.example' }, language);
  expect(shown).not.toMatch(/<(p|h1|h2|li|dt|dd|b)[^>]*>\s*<\/\1>/);
  expect(shown).toContain('<noscript>');
});

it('5: keeps the rules of transport whatever stands in the face', () => {
  const hostile = '\n.\nFrom x <script>"\'&\u202e\u{1f600}'.repeat(60);
  const face: Face = { org: hostile, contact: hostile, subject: hostile, opener: hostile, date: 253_402_300_800 };
  const shown = firstPaint(face, en);
  expect(shown).not.toMatch(/[^\n -~]/);
  expect(shown).not.toMatch(/^(?:\.|From )| $/m);
  expect(Math.max(...shown.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(990);
  expect(shown).not.toMatch(/<script/);
});

it('says nothing that depends on the machine', () => {
  expect(firstPaint({ date: 1_795_321_800 }, en)).toContain('<dd>2026-11-22</dd>');
  expect(firstPaint({ date: Number.MAX_SAFE_INTEGER }, en)).not.toContain('<dl>');
});

it('keeps a place for the logo only where there is one', () => {
  expect(firstPaint({}, en)).not.toContain('logo');
  expect(firstPaint({ logo: new Uint8Array(8) }, en)).toContain('<div class="logo"></div>');
});
