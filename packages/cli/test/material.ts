import { createCipheriv, createHash } from 'node:crypto';
import {
  buildEnvelope,
  ByteSource,
  smallestArgon2id,
  utf8,
  writeDataForm,
  type MessageRecipe,
  type PartRecipe,
} from '@sealpost/vectors';

/** Mails and envelopes that the tests share. The envelopes are the test kit's, with the cheapest key derivation. */

export const passphrase = 'correct horse battery staple';

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Every byte value, in all sorts of neighbourhoods; does not compress. The same for the same seed. */
export function noise(length: number, seed = 'noise'): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

export interface MailPart {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/** The bytes of a mail with a text, an HTML body and attachments. */
export function makeMail({
  text = 'Hello.\r\n',
  subject = 'A letter',
  parts = [] as readonly MailPart[],
} = {}): Buffer {
  const attachments = parts.map(
    ({ name, type, content }) =>
      `--outer\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n` +
      `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\r\n\r\n` +
      `${Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
  );
  return Buffer.from(
    `From: =?utf-8?Q?J=C3=BCrgen?= <juergen@example.org>\r\nTo: Ada <ada@example.net>\r\nSubject: ${subject}\r\n` +
      'Date: Sun, 22 Nov 2026 05:30:00 +0100\r\nMessage-ID: <one@example.org>\r\nMIME-Version: 1.0\r\n' +
      'Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n' +
      `--inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n` +
      '--inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello.</p>\r\n--inner--\r\n' +
      `${attachments.join('')}--outer--\r\n`,
  );
}

/** The data form of a message, as text; opens with {@link passphrase}. */
export function makeEnvelope(message: MessageRecipe): string {
  const random = new ByteSource('cli');
  const kdf = smallestArgon2id(random.take(16));
  return writeDataForm(buildEnvelope({ random, slots: [{ passphrase, norm: 'words', kdf }], message }).sections);
}

export function textPart(text: string): PartRecipe {
  return { role: 'text', type: 'text/plain', content: utf8(text) };
}

export function attachmentPart(name: string, content: Uint8Array, type = 'application/octet-stream'): PartRecipe {
  return { role: 'attachment', type, content, name };
}

/** A mail that brings an envelope as its second attachment. */
export function mailAround(envelope: string): Buffer {
  return makeMail({
    parts: [
      { name: 'note.txt', type: 'text/plain', content: utf8('Open the other file.') },
      { name: 'securedoc.seal', type: 'application/vnd.sealpost', content: utf8(envelope) },
    ],
  });
}
