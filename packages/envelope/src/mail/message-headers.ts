import { EnvelopeError, type Address, type MessageHeaders } from '@sealpost/core';
import { readAddressList } from './address-list.js';
import { cleanLine } from '../clean-line.js';
import { decodeEncodedWords } from './encoded-word.js';
import { fieldValue, type HeaderField } from './header-block.js';
import { MAX_ADDRESSES, MAX_REFERENCES } from './limits.js';
import { readMailDate } from './mail-date.js';

/** The fields that RFC 5322, section 3.6, allows once. Programs differ in which of two they show. */
const ONCE = ['from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'references'];

/**
 * Takes from a mail's header what an envelope carries. Bcc is never read, so it cannot get into an envelope.
 *
 * Of a doubled field the first counts, but To, Cc and Reply-To are put together: leaving a recipient out would change who
 * gets a reply to all.
 *
 * @throws EnvelopeError `LIMIT` for more than `MAX_ADDRESSES` mailboxes.
 */
export function readMessageHeaders(fields: readonly HeaderField[]): MessageHeaders {
  let addresses = 0;
  const readAddresses = (values: readonly string[]): readonly Address[] | undefined => {
    const list: Address[] = [];
    for (const value of values) {
      // Counting commas first: a list that is refused is not parsed.
      if (addresses + list.length + value.split(',').length > 2 * MAX_ADDRESSES) throw tooManyAddresses();
      list.push(...readAddressList(value));
    }
    addresses += list.length;
    if (addresses > MAX_ADDRESSES) throw tooManyAddresses();
    return list.length === 0 ? undefined : list;
  };
  const first = (name: string): readonly string[] =>
    fields
      .filter((field) => field.name === name)
      .slice(0, 1)
      .map(valueOf);
  const all = (name: string): readonly string[] => fields.filter((field) => field.name === name).map(valueOf);

  const from = readAddresses(first('from'));
  const sender = readAddresses(first('sender'))?.[0];
  const replyTo = readAddresses(all('reply-to'));
  const to = readAddresses(all('to'));
  const cc = readAddresses(all('cc'));
  const subject = fieldValue(fields, 'subject');
  const date = readMailDate(fieldValue(fields, 'date') ?? '');
  const messageId = readMessageIds(fieldValue(fields, 'message-id') ?? '', true)[0];
  const inReplyTo = readMessageIds(fieldValue(fields, 'in-reply-to') ?? '', false)[0];
  const references = latest(readMessageIds(fieldValue(fields, 'references') ?? '', false));

  return {
    ...(from === undefined ? {} : { from }),
    ...(sender === undefined ? {} : { sender }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(to === undefined ? {} : { to }),
    ...(cc === undefined ? {} : { cc }),
    ...(subject === undefined ? {} : { subject: cleanLine(decodeEncodedWords(subject)) }),
    ...(date === undefined ? {} : { date }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references.length === 0 ? {} : { references }),
  };
}

/** True when a field that may stand once stands twice. */
export function hasDoubledField(fields: readonly HeaderField[]): boolean {
  const seen = new Set<string>();
  for (const { name } of fields) {
    if (!ONCE.includes(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

/** True when at least one field is one that mail has: what tells a mail from a file that has a colon in its first line. */
export function hasMailField(fields: readonly HeaderField[]): boolean {
  return fields.some(
    ({ name }) =>
      ONCE.includes(name) || /^(?:content-type|mime-version|received|return-path|bcc|delivered-to)$/.test(name),
  );
}

/**
 * The message identifiers in a field (RFC 5322, section 3.6.4), without angle brackets and blanks.
 *
 * @param bare - take the first word where there are no brackets, as programs do that write `Message-ID: 1234@example.org`.
 */
function readMessageIds(field: string, bare: boolean): readonly string[] {
  const ids: string[] = [];
  for (const match of field.matchAll(/<([^<>]+)>/g)) {
    const id = cleanLine(match[1] ?? '').replace(/\s+/g, '');
    if (id !== '') ids.push(id);
  }
  if (ids.length > 0 || !bare) return ids;
  const word = cleanLine(field).split(/\s+/, 1)[0]?.replace(/[<>]/g, '') ?? '';
  return word === '' ? [] : [word];
}

/** The first, which names the thread, and the latest. */
function latest(ids: readonly string[]): readonly string[] {
  return ids.length <= MAX_REFERENCES ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}

function valueOf(field: HeaderField): string {
  return field.value;
}

function tooManyAddresses(): EnvelopeError {
  return new EnvelopeError(
    'LIMIT',
    `the mail's address fields hold more than ${String(MAX_ADDRESSES)} addresses; seal it as a file instead`,
  );
}
