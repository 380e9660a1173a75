import { defaultBackend, readLanguage, splitTexts, type Language } from '@sealpost/core';
import { KEYS, type Key } from './i18n/keys.js';

export type Values = Readonly<Record<string, string>>;

/** Texts and formats of the language that the page is shown in. */
export interface Words {
  readonly language: Language;
  readonly text: (key: Key, values?: Values) => string;
  /** A number, of a unit of `Intl.NumberFormat` if one is given. */
  readonly number: (value: number, unit?: string, unitDisplay?: 'long' | 'short') => string;
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
  const number: Words['number'] = (value, unit, unitDisplay = 'long') => {
    const style = unit === undefined ? 'decimal' : 'unit';
    const maximumFractionDigits = value < 10 ? 1 : 0;
    return new Intl.NumberFormat(locale, { style, unit, unitDisplay, maximumFractionDigits }).format(value);
  };
  return {
    language,
    text: makeText<Key>(language.texts[0], KEYS),
    number,
    date(date, style) {
      if (Number.isNaN(date.getTime())) return '';
      const format: Intl.DateTimeFormatOptions =
        style === undefined ? { dateStyle: 'full', timeStyle: 'short' } : { dateStyle: style };
      return new Intl.DateTimeFormat(locale, format).format(date);
    },
    size(bytes) {
      // Short, bytes have no plural.
      if (bytes < 1e3) return number(bytes, 'byte');
      return bytes < 1e6 ? number(bytes / 1e3, 'kilobyte', 'short') : number(bytes / 1e6, 'megabyte', 'short');
    },
  };
}

function primarySubtag(tag: string): string {
  return tag.toLowerCase().replace(/-.*/, '');
}

/**
 * Texts by their keys, out of joined ones that stand in the order of the list. Values take the place of holes like
 * `{name}`.
 */
export function makeText<K>(joined: string, keys: readonly K[]): (key: K, values?: Values) => string {
  const texts = splitTexts(joined);
  return (key, values = {}) =>
    (texts[keys.indexOf(key)] ?? '').replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
}
