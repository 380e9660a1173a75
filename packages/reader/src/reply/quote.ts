import type { Address, MessageHeaders, ReplyAction } from '@sealpost/core';
import type { Words } from '../words.js';
import type { ReplyText } from './reply-words.js';

/** Characters of a message that are quoted: a text field takes seconds for more. */
const MAX_QUOTE = 200_000;

/** What a text field begins with: room to write, and the message below it. Plain text, so that nothing of its style goes along. */
export function quoted(
  action: ReplyAction,
  headers: MessageHeaders,
  shown: string,
  words: Words,
  text: ReplyText,
): string {
  const kept = shown.length > MAX_QUOTE ? `${shown.slice(0, MAX_QUOTE)}\u2026` : shown;
  const date = words.date(new Date(headers.date ?? ''), 'long');
  const from = (headers.from ?? []).map(nameOf).join(', ');
  if (action !== 'forward') {
    const lines = kept.split('\n').map((line) => `>${/^(?:>|$)/.test(line) ? '' : ' '}${line}`);
    return `\n\n${text('wrote', { name: from, date })}\n${lines.join('\n')}\n`;
  }
  const facts = [
    [words.text('from'), from],
    [words.text('date'), date],
    [words.text('subject'), headers.subject ?? ''],
    [words.text('to'), (headers.to ?? []).map(nameOf).join(', ')],
  ].flatMap(([label = '', value = '']) => (value === '' ? [] : [`${label}: ${oneLine(value)}`]));
  return `\n\n---------- ${text('forwarded')} ----------\n${facts.join('\n')}\n\n${kept}\n`;
}

function nameOf({ name, address }: Address): string {
  return oneLine(name === '' ? address : `${name} <${address}>`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
