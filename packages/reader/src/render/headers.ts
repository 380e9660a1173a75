import type { Address, MessageHeaders } from '@sealpost/core';
import { element } from '../dom.js';
import type { Words } from '../words.js';

/** Recipients shown before the rest is folded away. */
const MANY = 3;

/** Who wrote to whom, and when. */
export function headerList(headers: MessageHeaders, words: Words): HTMLElement {
  const list = element('dl', { class: 'who' });
  const add = (label: string, ...value: readonly Node[]): void => {
    list.append(element('dt', {}, label), element('dd', {}, ...value));
  };
  for (const [label, addresses] of rows(headers, words)) add(label, ...people(addresses));
  const time = new Date(headers.date ?? '');
  const shown = words.date(time);
  if (shown !== '') add(words.text('date'), element('time', { datetime: time.toISOString() }, shown));
  return list;
}

/** The same as plain lines, for the printed page. */
export function headerLines(headers: MessageHeaders, words: Words): readonly string[] {
  const lines = rows(headers, words).map(([label, addresses]) => `${label}: ${addresses.map(asText).join(', ')}`);
  const shown = words.date(new Date(headers.date ?? ''));
  return shown === '' ? lines : [...lines, `${words.text('date')}: ${shown}`];
}

function rows(
  { from, sender, to = [], cc = [] }: MessageHeaders,
  { text }: Words,
): readonly (readonly [string, readonly Address[]])[] {
  const all = [
    [text('from'), from ?? (sender ? [sender] : [])],
    [text('to'), to],
    [text('cc'), cc],
  ] as const;
  return all.filter(([, { length }]) => length > 0);
}

function people(addresses: readonly Address[]): readonly Node[] {
  const shown = addresses.map(person);
  if (shown.length <= MANY) return shown;
  const rest = element('summary', {}, `+${shown.length - 1}`);
  return [...shown.slice(0, 1), element('details', {}, rest, ...shown.slice(1))];
}

function person({ name, address }: Address): HTMLElement {
  const shown = element('span', { class: 'person' });
  if (name !== '') shown.append(element('bdi', {}, name), ' ');
  shown.append(element('bdi', { class: 'address' }, address));
  return shown;
}

function asText({ name, address }: Address): string {
  return name === '' ? address : `${name} <${address}>`;
}
