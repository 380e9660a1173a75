import { expect, it } from 'vitest';
import type { Setting } from '../src/card.js';
import { languages } from '../src/i18n/all.js';
import { toLanguage } from '../src/i18n/language.js';
import { panels } from '../src/panels.js';
import { makeWords } from '../src/words.js';

const id = Uint8Array.from({ length: 16 }, (_, index) => index * 16 + 1);
const [english] = languages;

function link(contact: string | undefined, language = english): URL {
  const face = contact === undefined ? {} : { contact };
  const setting: Setting = {
    words: makeWords(toLanguage(language), [language.code]),
    face,
    id,
    height: '',
    sender: document.createElement('header'),
    languageMenu: undefined,
    takesPassphrase: true,
    asks: false,
    takesCode: false,
  };
  const [found] = panels(setting).flatMap((panel) => [...panel.querySelectorAll('a')]);
  return new URL(found?.getAttribute('href') ?? '');
}

it.each([
  ['help@clinic.example', 'help@clinic.example'],
  ['Patient office, +49 30 1234567, help@clinic.example', 'help@clinic.example'],
  ['Ask <first.last+tag@a-b.clinic.example>.', 'first.last+tag@a-b.clinic.example'],
  ['Mail:help@clinic.example.', 'help@clinic.example'],
  ['one@clinic.example or two@clinic.example', 'one@clinic.example'],
  [undefined, ''],
  ['Call +49 30 1234567', ''],
  // A part of an address would be the address of somebody else.
  ['j\u00fcrgen@clinic.example', ''],
  ['help@clinic.example.\u00fc', ''],
  ['help@m\u00fcller.example', ''],
  ['"a b"@clinic.example', ''],
  ['help@clinic.example@other.example', ''],
  ['help@clinic', ''],
  // Nothing that stands behind an address gets into the link.
  ['help@clinic.example?cc=thief@other.example', ''],
  ['help@clinic.example&bcc=x', ''],
  ['help%0a@clinic.example', ''],
])('finds in the contact %j the address %j', (contact, address) => {
  const { protocol, pathname, searchParams, hash } = link(contact);
  expect([protocol, pathname, hash]).toEqual(['mailto:', address, '']);
  expect([...searchParams.keys()]).toEqual(['subject', 'body']);
});

it.each(languages.map((language) => [language.code, language] as const))(
  'asks in %s by a neutral subject and the id of the envelope, and by nothing else',
  (_, language) => {
    const { href, searchParams } = link('help@clinic.example', language);
    expect(href).toMatch(/^mailto:help@clinic\.example\?subject=[\w%.!~*'()-]+&body=[\w%.!~*'()-]+$/);
    const hex = '01112131415161718191a1b1c1d1e1f1';
    expect(searchParams.get('subject')).toBe(language.strings.forgotSubject);
    expect(searchParams.get('body')).toBe(language.strings.forgotBody.replace('{id}', hex));
    expect(searchParams.get('body')).toContain(hex);
  },
);
