import { expect, it } from 'vitest';
import { languages } from '../src/i18n/all.js';
import { toLanguage } from '../src/i18n/language.js';
import { replyStrings } from '../src/i18n/reply/all.js';
import { REPLY_KEYS } from '../src/i18n/reply/keys.js';
import { registry, setUpRegistry } from '../src/registry.js';
import { replyText } from '../src/reply/reply-words.js';
import { SHARED } from '../src/shared.js';

const made = setUpRegistry();

it('what is shared cannot be replaced, nor a module that has brought itself', () => {
  expect(registry()).toBe(made);
  expect(made.shared).toBe(SHARED);
  const change = (by: () => unknown): void => {
    expect(by).toThrow(TypeError);
  };
  change(() => ((globalThis as Record<string, unknown>)['sealpost'] = {}));
  change(() => Object.defineProperty(globalThis, 'sealpost', { value: {} }));
  change(() => delete (globalThis as Record<string, unknown>)['sealpost']);
  change(() => ((made as unknown as Record<string, unknown>)['shared'] = []));
  change(() => ((made.shared as unknown[])[0] = 0));
  change(() => (made.shared as unknown[]).push(0));
  expect(made.find('register')).toBeUndefined();
  made.provide('register', 1);
  made.provide('register', 2);
  expect(made.find('register')).toBe(1);
  made.provide('open' as 'register', 3);
  expect(made.find('open' as 'register')).toBeUndefined();
});

it('the module reply has the texts of the language that the message is shown in', () => {
  for (const language of languages) {
    const text = replyText(toLanguage(language));
    expect(Object.fromEntries(REPLY_KEYS.map((key) => [key, text(key)]))).toEqual(replyStrings[language.code]);
  }
});
