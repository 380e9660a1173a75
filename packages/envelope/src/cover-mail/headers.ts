import { EnvelopeError, hex, randomBytes, type Address, type MessageHeaders } from '@sealpost/core';
import { cleanLine } from '../clean-line.js';

/** Characters of an ASCII word that fits on a line of mail (998) with all of them escaped. */
const MAX_WORD = 400;

/** Bytes of an address or identifier that fits on a line of mail. No mail system takes an address of more than 320. */
const MAX_ADDRESS = 900;

/**
 * The headers of a cover mail, in a form that always fits into lines of ASCII: a longer word of a subject or name is broken by
 * a blank, and an identifier that does not fit is left out, since nothing could be found by it.
 *
 * Throws `INVALID_ARGUMENT` where there is no From address, an address does not fit, or a mailbox is not of its type.
 */
export function coverHeaders(headers: MessageHeaders, subject: string): MessageHeaders {
  const { sender, date, messageId, inReplyTo } = headers;
  const from = mailboxes(headers, 'from');
  const author = from.find(({ address }) => address !== '');
  if (author === undefined) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'headers.from holds no address, and a mail needs one; give the sender');
  }
  return {
    from,
    ...(sender === undefined ? {} : { sender: fitAddress(sender, 'sender') }),
    replyTo: mailboxes(headers, 'replyTo'),
    to: mailboxes(headers, 'to'),
    cc: mailboxes(headers, 'cc'),
    subject: breakLongWords(subject),
    ...(date === undefined ? {} : { date }),
    ...newIdentifier(author),
    ...(messageId !== undefined && isIdentifier(messageId) ? { messageId } : {}),
    ...(inReplyTo !== undefined && isIdentifier(inReplyTo) ? { inReplyTo } : {}),
    references: (headers.references ?? []).filter(isIdentifier),
  };
}

/** Headers may come from another parser than ours. Throws `INVALID_ARGUMENT` where their texts are not texts. */
export function checkTexts(headers: MessageHeaders): void {
  for (const name of ['subject', 'date', 'messageId', 'inReplyTo'] as const) {
    const value: unknown = headers[name];
    if (value !== undefined && typeof value !== 'string') throw wrongType(name, 'a text');
  }
  const references: unknown = headers.references;
  if (references !== undefined && !(Array.isArray(references) && references.every((id) => typeof id === 'string'))) {
    throw wrongType('references', 'a list of texts');
  }
}

function wrongType(name: keyof MessageHeaders, type: string): EnvelopeError {
  return new EnvelopeError('INVALID_ARGUMENT', `headers.${name} is not ${type}; give what readMail() gives`);
}

function wrongMailbox(field: keyof MessageHeaders): EnvelopeError {
  return new EnvelopeError(
    'INVALID_ARGUMENT',
    `headers.${field} holds something that is not { name, address } with two texts; give what readMail() gives`,
  );
}

function mailboxes(headers: MessageHeaders, name: 'from' | 'replyTo' | 'to' | 'cc'): readonly Address[] {
  const list: unknown = headers[name] ?? [];
  if (!Array.isArray(list)) throw wrongType(name, 'a list of objects { name, address }');
  return list.map((mailbox) => fitAddress(mailbox, name));
}

function fitAddress(mailbox: unknown, field: keyof MessageHeaders): Address {
  const { name, address } = (mailbox ?? {}) as { readonly [P in keyof Address]: unknown };
  if (typeof name !== 'string' || typeof address !== 'string') throw wrongMailbox(field);
  if (address.length > MAX_ADDRESS) {
    throw new EnvelopeError(
      'INVALID_ARGUMENT',
      `headers.${field} holds an address of more than ${MAX_ADDRESS} characters`,
    );
  }
  return { name: breakLongWords(name), address };
}

/** For a mail without one: in the author's domain, since mail programs and filters distrust any other. */
function newIdentifier({ address }: Address): { readonly messageId?: string } {
  const domain = asciiDomain(/@([^@]*)$/.exec(address)?.[1] ?? '');
  return domain === undefined ? {} : { messageId: `${hex(randomBytes(16))}@${domain}` };
}

/** An address literal (RFC 5321, section 4.1.3) is as good as a name. Undefined for what is neither. */
function asciiDomain(domain: string): string | undefined {
  if (/^(?:[a-z0-9.-]{1,255}|\[[a-z0-9.:-]{1,255}\])$/i.test(domain)) return domain;
  // Characters that mean something in an address of the web, and blanks.
  if (/[^a-z0-9.\-\u0080-\uffff]/i.test(domain)) return undefined;
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** What fits between angle brackets unencoded. */
function isIdentifier(id: string): boolean {
  return id.length <= MAX_ADDRESS && /^[!-;=?-~]+$/.test(id);
}

function breakLongWords(text: string): string {
  return cleanLine(text).replace(new RegExp(`[!-~]{${MAX_WORD}}(?=[!-~])`, 'g'), '$& ');
}
