import type { Address, MessageHeaders, ReplyAction } from '@sealpost/core';
import { boundedLine } from '../render/bounded-text.js';
import type { Words } from '../words.js';
import type { ReplyText } from './reply-words.js';

/** Characters of a message that are quoted: a text field takes seconds for more. */
const MAX_QUOTE = 200_000;
/** Lines of it: a text field takes a time that grows with their square. */
const MAX_LINES = 10_000;
/** Of the people whom a forwarded message was for. */
const MAX_NAMES = 100;

/** What a text field begins with: room to write, and the message below it. Plain text, so that nothing of its style goes along. */
export function quoted(
  action: ReplyAction,
  headers: MessageHeaders,
  shown: string,
  words: Words,
  text: ReplyText,
): string {
  const start = shown.slice(0, MAX_QUOTE).split('\n', MAX_LINES).join('\n');
  const kept = start.length < shown.length ? `${start}\u2026` : shown;
  const date = words.date(new Date(headers.date ?? ''), 'long');
  const from = namesOf(headers.from);
  if (action !== 'forward') {
    const lines = kept.split('\n').map((line) => `>${/^(?:>|$)/.test(line) ? '' : ' '}${line}`);
    const wrote = from && date ? text('wrote', { name: from, date }) : from || date;
    return `\n\n${[...(wrote ? [wrote] : []), ...lines].join('\n')}\n`;
  }
  const facts = [
    [words.text('from'), from],
    [words.text('date'), date],
    [words.text('subject'), headers.subject ?? ''],
    [words.text('to'), namesOf(headers.to)],
  ].flatMap(([label = '', value = '']) => (value === '' ? [] : [`${label}: ${oneLine(value)}`]));
  return `\n\n---------- ${text('forwarded')} ----------\n${facts.join('\n')}\n\n${kept}\n`;
}

function namesOf(addresses: readonly Address[] = []): string {
  const names = addresses.slice(0, MAX_NAMES).map(nameOf).join(', ');
  return addresses.length > MAX_NAMES ? `${names}, \u2026` : names;
}

function nameOf({ name, address }: Address): string {
  return oneLine(name === '' ? address : `${boundedLine(name)} <${address}>`);
}

function oneLine(text: string): string {
  return boundedLine(text).replace(/\s+/g, ' ');
}
