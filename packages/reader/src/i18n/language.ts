import { joinTexts, type Language } from '@sealpost/core';
import { FORMS, KEYS, type CountedKey, type Strings } from './keys.js';
import { replyTexts } from './reply/all.js';

/**
 * A language as its block holds it: texts in the order of the list of keys, then the forms of those that depend on a number; behind them
 * those of the module `reply`.
 */
export function toLanguage({ code, dir, name, strings }: Strings): Language {
  const counted = KEYS.slice(-3) as readonly CountedKey[];
  const [, ...forms] = FORMS;
  const plurals = forms.flatMap((form) => counted.map((key) => strings[`${key}.${form}`] ?? ''));
  return { code, dir, name, texts: [joinTexts([...KEYS.map((key) => strings[key]), ...plurals]), replyTexts(code)] };
}
