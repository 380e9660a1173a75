import { randomUUID } from 'node:crypto';
import { EnvelopeError, type Address, type MessageHeaders } from '@sealpost/core';
import type { MailComposerAttachment, MailComposerOptions } from 'nodemailer/lib/mail-composer';
import type { MailAttachment } from './body.js';
import { buildMail } from './build-mail.js';
import { cleanLine } from '../clean-line.js';
import { MAX_LINE } from './limits.js';
import { writeMailDate } from './mail-date.js';
import { readMediaType } from './media-type.js';

/** A message whose attachments are in memory, such as `readMail` gives. */
export interface WritableMessage {
  readonly headers: MessageHeaders;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly MailAttachment[];
}

/**
 * Writes a message as raw mail (RFC 5322, MIME) with CRLF line ends only. The attachments' bytes come back exactly when the
 * mail is read. Inline attachments stand beside the HTML in a multipart/related.
 *
 * No value can add a header field or a recipient: control characters in display texts (names, subject, file names)
 * become blanks, and are refused in addresses, identifiers and media types. There is no Bcc.
 *
 * Without `date` the mail has the current time, without `messageId` a new random one: RFC 5322 wants both. A mailbox
 * without an address has no form in mail, and is left out.
 *
 * @param message - not changed.
 * @throws EnvelopeError `INVALID_ARGUMENT` when an address, identifier or media type holds a control character, or the
 *   date is not RFC 3339.
 */
export async function writeMail(message: WritableMessage): Promise<Uint8Array> {
  const { headers, text, html, attachments = [] } = message;
  return await buildMail({
    ...writeHeaders(headers),
    ...(text === undefined ? {} : { text: withCrlf(text) }),
    ...(html === undefined ? {} : { html: withCrlf(html) }),
    attachments: attachments.map((attachment, index) => writeAttachment(attachment, index, html !== undefined)),
  });
}

/** Header fields for the composer. Throws as {@link writeMail} does. */
export function writeHeaders(headers: MessageHeaders): MailComposerOptions {
  const { from, sender, replyTo, to, cc, subject, date, messageId, inReplyTo, references } = headers;
  const written = date === undefined ? undefined : writeMailDate(date);
  if (date !== undefined && written === undefined) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'headers.date must be an RFC 3339 date and time with an offset');
  }
  return {
    from: mailboxes(from, 'from'),
    sender: mailboxes(sender === undefined ? [] : [sender], 'sender'),
    replyTo: mailboxes(replyTo, 'replyTo'),
    to: mailboxes(to, 'to'),
    cc: mailboxes(cc, 'cc'),
    ...(subject === undefined ? {} : { subject: cleanLine(subject) }),
    ...(written === undefined ? {} : { date: written }),
    // Set in any case: the composer's own carries the sender's domain, which may not be ASCII.
    messageId: `<${messageId === undefined ? `${randomUUID()}@sealpost.invalid` : identifier(messageId, 'headers.messageId')}>`,
    ...(inReplyTo === undefined ? {} : { inReplyTo: `<${identifier(inReplyTo, 'headers.inReplyTo')}>` }),
    ...(references === undefined || references.length === 0
      ? {}
      : { references: references.map((id) => `<${identifier(id, 'headers.references')}>`) }),
  };
}

/**
 * Objects, never strings: the composer parses an address that is a string, and would find a second recipient in it.
 */
function mailboxes(list: readonly Address[] = [], field: string): { name: string; address: string }[] {
  for (const { address } of list) refuseControls(address, `headers.${field}`);
  return list.filter(({ address }) => address !== '').map(({ name, address }) => ({ name: cleanLine(name), address }));
}

function writeAttachment(attachment: MailAttachment, index: number, hasHtml: boolean): MailComposerAttachment {
  const { name, content, contentId, inline } = attachment;
  const where = `attachments[${String(index)}]`;
  refuseControls(attachment.type, `${where}.type`);
  const related = hasHtml && inline === true && contentId !== undefined;
  const id = contentId === undefined ? undefined : identifier(contentId, `${where}.contentId`);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return {
    filename: cleanLine(name),
    content: bytes,
    ...writeType(attachment.type, bytes),
    contentDisposition: related ? 'inline' : 'attachment',
    // The composer puts whatever has a `cid` beside the HTML; the others get their identifier as a plain header.
    ...(id === undefined ? {} : related ? { cid: id } : { headers: { 'Content-ID': `<${id}>` } }),
  };
}

/**
 * Everything travels as base64, which no relay rewrites, but for message/*: RFC 2046, section 5.2, allows no encoding
 * there, and mail programs show an encoded message/rfc822 as garbage. So a mail within the mail is put in as it is where
 * that keeps its bytes (CRLF, lines within the limit, no NUL); else it goes as application/octet-stream in base64, and
 * programs open it by its name `*.eml`.
 */
function writeType(declared: string, content: Buffer): { contentType: string; contentTransferEncoding: string } {
  const { value, multipart } = readMediaType(declared, 'application/octet-stream');
  const generic = { contentType: 'application/octet-stream', contentTransferEncoding: 'base64' };
  // What is not a media type has been read as text/plain: it is not said of bytes of an unknown kind.
  if (multipart || (value === 'text/plain' && !/^\s*text\/plain\b/i.test(declared))) return generic;
  if (!value.startsWith('message/')) return { contentType: declared, contentTransferEncoding: 'base64' };
  const encoding = identityEncoding(content);
  return encoding === undefined ? generic : { contentType: declared, contentTransferEncoding: encoding };
}

/** The label under which bytes can stand in a mail as they are; undefined when a mail system would change them. */
function identityEncoding(content: Uint8Array): '7bit' | '8bit' | undefined {
  let eightBit = false;
  let lineStart = 0;
  for (let i = 0; i < content.length; i++) {
    const byte = content[i] ?? 0;
    if (byte === 0x0d && content[i + 1] === 0x0a) {
      if (i - lineStart > MAX_LINE) return undefined;
      lineStart = i + 2;
      i++;
    } else if (byte === 0 || byte === 0x0d || byte === 0x0a) {
      return undefined;
    }
    eightBit ||= byte > 0x7f;
  }
  if (content.length - lineStart > MAX_LINE) return undefined;
  return eightBit ? '8bit' : '7bit';
}

/** An identifier for between angle brackets: one visible word. */
function identifier(id: string, what: string): string {
  refuseControls(id, what);
  return id.replace(/[<>\s]/g, '');
}

function refuseControls(value: string, what: string): void {
  if (cleanLine(`-${value}-`) === `-${value}-`) return;
  throw new EnvelopeError('INVALID_ARGUMENT', `${what} must not hold line breaks or other control characters`);
}

/** RFC 2046, section 4.1.1: a line break in text is CR LF, encoded or not. */
function withCrlf(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}
