import { languageBlocks, LANGUAGES } from '@sealpost/reader';
import { describe, expect, it } from 'vitest';
import { coverLanguages } from '../src/cover-mail/i18n/all.js';

interface PageLanguage {
  readonly name: string;
  readonly dir: string;
  readonly strings: Readonly<Record<string, string>>;
}

describe.each(LANGUAGES)('in %s', (code) => {
  const page = JSON.parse(languageBlocks[code].json) as PageLanguage;
  const { name, dir, texts } = coverLanguages[code];

  it('the cover mail names things as the page does', () => {
    expect({ name, dir }).toEqual({ name: page.name, dir: page.dir });
    expect(texts.title).toBe(page.strings['title']);
    expect(texts.howTo).toBe(page.strings['howTo']);
    const passphrase = page.strings['passphrase']?.toLowerCase();
    const { step3, empty, wrong, forgotBody } = page.strings;
    for (const text of [texts.type, texts.hint, step3, empty, wrong, forgotBody]) {
      expect(text?.toLowerCase()).toContain(passphrase);
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
