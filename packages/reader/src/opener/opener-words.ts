import { openerTexts } from './i18n/all.js';
import { en } from './i18n/en.js';
import type { OpenerTexts } from './i18n/keys.js';

/** A text of the opener in one language, with these values in it. */
export type Say = (key: keyof OpenerTexts, values?: Readonly<Record<string, string>>) => string;

/** The opener's texts in the first of these languages that it has, else in English. */
export function sayIn(wanted: readonly string[]): Say {
  const code = wanted.map((tag) => tag.toLowerCase().replace(/-.*/, '')).find((tag) => tag in openerTexts) ?? 'en';
  const texts = openerTexts[code] ?? en;
  return (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
}
