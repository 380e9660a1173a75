import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

/** Looking at raw mail: by its bytes, and as two parsers see it. */

export interface Attached {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface ParsedMail {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attached[];
}

async function withPostalMime(raw: Uint8Array): Promise<ParsedMail> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
  const addresses = (list: typeof mail.to = []): readonly string[] => list.map(({ address = '' }) => address);
  return {
    from: addresses(mail.from === undefined ? [] : [mail.from]),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      content: Buffer.from(content as ArrayBuffer),
    })),
  };
}

async function withMailparser(raw: Uint8Array): Promise<ParsedMail> {
  const mail = await simpleParser(Buffer.from(raw), { skipHtmlToText: true, skipTextToHtml: true });
  const addresses = (field: typeof mail.to): readonly string[] =>
    [field ?? []].flat().flatMap(({ value }) => value.map(({ address = '' }) => address));
  return {
    from: addresses(mail.from),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html === false ? '' : mail.html,
    attachments: mail.attachments.map(({ filename = '', contentType, content }) => ({
      name: filename,
      type: contentType,
      content,
    })),
  };
}

export const parsers = { 'postal-mime': withPostalMime, mailparser: withMailparser } as const;

/** Names and values of the fields of the first header block, unfolded. */
export function headerFields(raw: Uint8Array): readonly (readonly [string, string])[] {
  const text = Buffer.from(raw).toString('latin1');
  return text
    .slice(0, text.indexOf('\r\n\r\n'))
    .replace(/\r\n(?=[\t ])/g, '')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
}

/** The last part of a multipart mail: its header block, and its body up to the line end that belongs to the boundary. */
export function lastPart(raw: Uint8Array): { readonly header: string; readonly body: string } {
  const text = Buffer.from(raw).toString('latin1');
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1] ?? '';
  const end = text.lastIndexOf(`\r\n--${boundary}--`);
  const start = text.lastIndexOf(`--${boundary}\r\n`, end) + boundary.length + 4;
  const bodyStart = text.indexOf('\r\n\r\n', start) + 4;
  return { header: text.slice(start, bodyStart - 2), body: text.slice(bodyStart, end) };
}

/** Why a mail system might change this mail, or take it for something else; nothing where it is as it should be. */
export function transportFaults(raw: Uint8Array): readonly string[] {
  const text = Buffer.from(raw).toString('latin1');
  return [
    ...(/[^\x20-\x7e\r\n\t]/.test(text) ? ['a byte that is not printable ASCII'] : []),
    ...(/\r(?!\n)|(?<!\r)\n/.test(text) ? ['a CR or LF alone'] : []),
    ...(text.split('\r\n').some((line) => line.length > 998) ? ['a line of more than 998 characters'] : []),
    ...(/(?:^|[\r\n])\.(?:[\r\n]|$)/.test(text) ? ['a "." alone on its line'] : []),
    ...(/(?:^|\n)From /.test(text) ? ['a line that begins with "From "'] : []),
    ...(text.endsWith('\r\n') ? [] : ['no line end at the end']),
  ];
}

/**
 * An attached text, its line ends normalised. postal-mime adds one at the end of what is neither base64 nor quoted-printable.
 */
export function normalised(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1').replaceAll('\r\n', '\n').replace(/\n+$/, '\n');
}
