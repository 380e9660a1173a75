import { joinTexts, type Language } from '@sealpost/core';
import { KEYS, type Strings } from './keys.js';
import { replyTexts } from './reply/all.js';

/** A language as its block holds it: texts in the order of the list of keys; behind them those of the module `reply`. */
export function toLanguage({ code, dir, name, strings }: Strings): Language {
  return { code, dir, name, texts: [joinTexts(KEYS.map((key) => strings[key])), replyTexts(code)] };
}
