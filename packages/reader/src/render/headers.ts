import type { Address, MessageHeaders } from '@sealpost/core';
import { element } from '../dom.js';
import type { Words } from '../words.js';

/** Recipients shown before the rest is folded away. */
const MANY = 3;

/** Who wrote to whom, and when. */
export function headerList({ from, sender, to, cc, date }: MessageHeaders, { text, date: format }: Words): HTMLElement {
  const list = element('dl', { class: 'who' });
  const add = (key: 'from' | 'to' | 'cc' | 'date', ...value: readonly (Node | string)[]): void => {
    if (value.length > 0) list.append(element('dt', {}, text(key)), element('dd', {}, ...value));
  };
  add('from', ...people(from ?? (sender === undefined ? [] : [sender])));
  add('to', ...people(to ?? []));
  add('cc', ...people(cc ?? []));
  const time = new Date(date ?? '');
  const shown = format(time);
  if (shown !== '') add('date', element('time', { datetime: time.toISOString() }, shown));
  return list;
}

/** The same as plain lines, for the printed page. */
export function headerLines({ from, to, cc, date }: MessageHeaders, { text, date: format }: Words): readonly string[] {
  const line = (key: 'from' | 'to' | 'cc', addresses: readonly Address[] = []): readonly string[] =>
    addresses.length === 0 ? [] : [`${text(key)}: ${addresses.map(asText).join(', ')}`];
  const shown = format(new Date(date ?? ''));
  return [
    ...line('from', from),
    ...line('to', to),
    ...line('cc', cc),
    ...(shown === '' ? [] : [`${text('date')}: ${shown}`]),
  ];
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
