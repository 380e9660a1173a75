import type { Language } from '@sealpost/core';
import type { CountedKey, Key, PluralKey } from './i18n/keys.js';

/** Texts and formats of the language that the page is shown in. */
export interface Words {
  readonly language: Language;
  readonly text: (key: Key, values?: Readonly<Record<string, string>>) => string;
  /** A text that depends on a number, with the number in it. */
  readonly count: (key: CountedKey, number: number) => string;
  /** Day and, without a style, time, in the reader's own zone. Empty for a date that is none. */
  readonly date: (date: Date, style?: 'long' | 'medium') => string;
  readonly size: (bytes: number) => string;
}

/** The languages that this page holds, in its order. */
export function findLanguages(): readonly Language[] {
  const blocks = document.querySelectorAll<HTMLScriptElement>('script[type="application/json"][id^="sealpost-lang-"]');
  return [...blocks].map((block) => JSON.parse(block.text) as Language);
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
  const { code, strings } = language;
  // A reader in Zürich who reads German gets Swiss dates.
  const locale = wanted.find((tag) => primarySubtag(tag) === primarySubtag(code)) ?? code;
  const raw = (key: Key | PluralKey): string => strings[key] ?? strings[key.replace(/\..*/, '')] ?? key;
  return {
    language,
    text: (key, values = {}) => fill(raw(key), values),
    count(key, number) {
      const form = new Intl.PluralRules(locale).select(number);
      const text = raw(form === 'other' ? key : `${key}.${form}`);
      return fill(text, { n: new Intl.NumberFormat(locale).format(number) });
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

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
}
