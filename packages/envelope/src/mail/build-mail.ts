import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import type { MimeNodeHeaderValue } from 'nodemailer/lib/mime-node';

/** The raw mail. Subject and names come back as they are, also where they look like encoded words (RFC 2047). */
export async function buildMail(options: MailComposerOptions): Promise<Buffer> {
  const mail = new MailComposer({
    ...options,
    // Without it the composer keeps line feeds of its own.
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const encode = mail.encodeHeaderValue.bind(mail);
  mail.encodeHeaderValue = (key, value) => encodeLookalikes(key, value, encode);
  return await mail.build();
}

/**
 * Encodes what a reader would decode though it is plain. The composer leaves such a text alone in a subject, and puts a name into
 * quotes, in which readers decode it all the same.
 */
function encodeLookalikes(
  key: string,
  value: MimeNodeHeaderValue,
  encode: (key: string, value: MimeNodeHeaderValue) => string,
): string {
  if (key === 'Subject' && typeof value === 'string' && looksEncoded(value)) return encodeWhole(value);
  if (!Array.isArray(value) || !value.some(hasLookalikeName)) return encode(key, value);
  return value
    .map((mailbox) => {
      if (!hasLookalikeName(mailbox)) return encode(key, [mailbox]);
      // With a name of letters, so that the address stands in its brackets.
      return encode(key, [{ ...mailbox, name: 'x' }]).replace('x', () => encodeWhole(mailbox.name));
    })
    .join(', ');
}

function hasLookalikeName(value: MimeNodeHeaderValue): value is { readonly name: string; readonly address: string } {
  return typeof value === 'object' && value !== null && 'name' in value && looksEncoded(value.name ?? '');
}

function looksEncoded(text: string): boolean {
  return text.includes('=?');
}

function encodeWhole(text: string): string {
  return encodeWord(text, 'B', 52);
}
