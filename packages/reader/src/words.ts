import { defaultBackend, readLanguage, splitTexts, type Language } from '@sealpost/core';
import { FORMS, KEYS, type CountedKey, type Key } from './i18n/keys.js';

export type Values = Readonly<Record<string, string>>;

/** Texts and formats of the language that the page is shown in. */
export interface Words {
  readonly language: Language;
  readonly text: (key: Key, values?: Values) => string;
  /** A text that depends on a number, with the number in it. */
  readonly count: (key: CountedKey, number: number) => string;
  /** Day and, without a style, time, in the reader's own zone. Empty for a date that is none. */
  readonly date: (date: Date, style?: 'long' | 'medium') => string;
  readonly size: (bytes: number) => string;
}

/** The languages that this page holds, in its order. Rejects like `readLanguage`. */
export function findLanguages(): Promise<readonly Language[]> {
  const blocks = document.querySelectorAll<HTMLScriptElement>('script[type="application/json"][id^="sealpost-lang-"]');
  return Promise.all(Array.from(blocks, ({ text }) => readLanguage(text, defaultBackend())));
}

/** The first language of the reader's that the page has, else the page's first. */
export function chooseLanguage(available: readonly Language[], wanted: readonly string[]): Language | undefined {
  for (const tag of wanted) {
    const primary = primarySubtag(tag);
    const found = available.find(({ code }) => primarySubtag(code) === primary);
    if (found !== undefined) return found;
  }
  return available[0];
}

export function makeWords(language: Language, wanted: readonly string[]): Words {
  const { code } = language;
  // A reader in Zürich who reads German gets Swiss dates.
  const locale = wanted.find((tag) => primarySubtag(tag) === primarySubtag(code)) ?? code;
  const text = makeText<Key>(language.texts[0], KEYS);
  return {
    language,
    text,
    count(key, number) {
      // As many keys before each form as there are texts that depend on a number.
      const form = 3 * FORMS.indexOf(new Intl.PluralRules(locale).select(number));
      return text(key, { n: new Intl.NumberFormat(locale).format(number) }, form);
    },
    date(date, style) {
      if (Number.isNaN(date.getTime())) return '';
      const format: Intl.DateTimeFormatOptions =
        style === undefined ? { dateStyle: 'full', timeStyle: 'short' } : { dateStyle: style };
      return new Intl.DateTimeFormat(locale, format).format(date);
    },
    size(bytes) {
      const [unit, divisor] = bytes < 1e3 ? ['byte', 1] : bytes < 1e6 ? ['kilobyte', 1e3] : ['megabyte', 1e6];
      const size = bytes / divisor;
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        // Short, bytes have no plural.
        unitDisplay: divisor > 1 ? 'short' : 'long',
        maximumFractionDigits: size < 10 ? 1 : 0,
      }).format(size);
    },
  };
}

function primarySubtag(tag: string): string {
  return tag.toLowerCase().replace(/-.*/, '');
}

/**
 * Texts by their keys, out of joined ones that stand in the order of the list. Values take the place of holes like `{name}`. Where
 * `further` texts behind it there is another one, that is taken.
 */
export function makeText<K>(joined: string, keys: readonly K[]): (key: K, values?: Values, further?: number) => string {
  const texts = splitTexts(joined);
  return (key, values = {}, further = 0) => {
    const at = keys.indexOf(key);
    const text = texts[at + further] || texts[at] || '';
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
  };
}
