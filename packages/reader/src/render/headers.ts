import type { Address, MessageHeaders } from '@sealpost/core';
import { element, type Child } from '../dom.js';
import type { Words } from '../words.js';
import { boundedLine } from './bounded-text.js';

/** Recipients shown before the rest is folded away. */
const MANY = 3;

/** Who wrote to whom, and when. */
export function headerList(headers: MessageHeaders, words: Words): HTMLElement {
  const items = rows(headers, words).flatMap(([label, value]) => [
    element('dt', {}, label),
    element('dd', {}, ...(typeof value === 'string' ? [timeOf(headers, value)] : people(value))),
  ]);
  return element('dl', { class: 'who' }, ...items);
}

/** The same in lines, for the printed page. */
export function headerLines(headers: MessageHeaders, words: Words): readonly HTMLElement[] {
  return rows(headers, words).map(([label, value]) =>
    element('p', {}, `${label}: `, ...(typeof value === 'string' ? [value] : value.flatMap(inLine))),
  );
}

/** What there is of it: addresses, and the date in words. */
function rows(
  { from, sender, to = [], cc = [], date = '' }: MessageHeaders,
  words: Words,
): readonly (readonly [label: string, value: readonly Address[] | string])[] {
  const { text } = words;
  const all = [
    [text('from'), from ?? (sender ? [sender] : [])],
    [text('to'), to],
    [text('cc'), cc],
    [text('date'), words.date(new Date(date))],
  ] as const;
  return all.filter(([, { length }]) => length > 0);
}

function timeOf({ date = '' }: MessageHeaders, shown: string): HTMLElement {
  return element('time', { datetime: new Date(date).toISOString() }, shown);
}

function people(addresses: readonly Address[]): readonly Node[] {
  const shown = addresses.map(person);
  if (shown.length <= MANY) return shown;
  const rest = element('summary', {}, `+${shown.length - 1}`);
  return [...shown.slice(0, 1), element('details', {}, rest, ...shown.slice(1))];
}

function person({ name, address }: Address): HTMLElement {
  const shown = element('span', { class: 'person' });
  if (name !== '') shown.append(isolated(name), ' ');
  shown.append(isolated(address, { class: 'address' }));
  return shown;
}

function inLine({ name, address }: Address, index: number): readonly Child[] {
  const before = index === 0 ? '' : ', ';
  return name === '' ? [before, isolated(address)] : [before, isolated(name), ' <', isolated(address), '>'];
}

/** Whatever stands in it, nothing beside it changes its place. */
function isolated(text: string, attributes = {}): HTMLElement {
  return element('bdi', attributes, boundedLine(text));
}
