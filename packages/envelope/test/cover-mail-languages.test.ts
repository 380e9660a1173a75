import { readLanguage, splitTexts, webcryptoBackend } from '@sealpost/core';
import { languageBlocks, LANGUAGES } from '@sealpost/reader';
import { describe, expect, it } from 'vitest';
import { KEYS, type Key } from '../../reader/src/i18n/keys.js';
import { coverLanguages } from '../src/cover-mail/i18n/all.js';

const pages = await Promise.all(
  LANGUAGES.map(async (code) => [code, await readLanguage(languageBlocks[code].json, webcryptoBackend)] as const),
);

describe.each(pages)('in %s', (code, page) => {
  const own = splitTexts(page.texts[0]);
  const said = (key: Key): string => own[KEYS.indexOf(key)] ?? '';
  const { name, dir, texts } = coverLanguages[code];

  it('the cover mail names things as the page does', () => {
    expect({ name, dir }).toEqual({ name: page.name, dir: page.dir });
    expect(texts.title).toBe(said('title'));
    expect(texts.howTo).toBe(said('howTo'));
    const passphrase = said('passphrase').toLowerCase();
    expect(passphrase).not.toBe('');
    const sentences = (['step3', 'wrong', 'forgotBody'] as const).map(said);
    for (const text of [texts.type, texts.hint, ...sentences]) {
      expect(text.toLowerCase()).toContain(passphrase);
    }
  });

  it('it names the file, and leaves no other hole', () => {
    expect(texts.lead.match(/\{.*?\}/g)).toEqual(['{file}']);
    for (const [key, text] of Object.entries(texts)) {
      expect(text, key).toBe(text.trim().normalize('NFC'));
      if (key !== 'lead') expect(text, key).not.toMatch(/[{}]/);
    }
  });
});
