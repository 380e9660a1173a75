import {
  cleanFileName,
  utf8,
  type Address,
  type MessageHeaders,
  type OpenedPart,
  type ReadOptions,
} from '@sealpost/core';
import { base64 } from './base64.js';
import { partReader, type Readable } from './read-parts.js';
import type { BodyContent } from './render/body.js';

/** Headers and content of a part of a mail. */
type Entity = readonly BlobPart[];

const TYPE = /^(?!message|multipart)[\w.+-]+\/[\w.+-]+(?:; ?(?:charset|method)=[\w-]+)*$/i;

/**
 * The message as a mail (RFC 5322, MIME) that mail programs open. Everything in it is base64: no content can be taken for a
 * boundary, and none has a line that is too long. A mail within the mail must not be base64 (RFC 2046, 5.2), so it is a
 * file like any other. Rejects like `OpenedPart.bytes`.
 */
export async function makeMailFile(
  headers: MessageHeaders,
  bodies: readonly BodyContent[],
  attachments: readonly OpenedPart[],
  options: ReadOptions,
): Promise<Blob> {
  const read = partReader(attachments, options);

  async function entity(type: string, more: string, part: Readable): Promise<Entity> {
    const made: BlobPart[] = [`Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n${more}\r\n`];
    for await (const piece of read(part)) {
      made.push(new Blob([encode(piece).replace(/.{76}/g, '$&\r\n')]));
    }
    return [...made, '\r\n'];
  }

  const [related, mixed]: [Entity[], Entity[]] = [[], []];
  const texts: Entity[] = [];
  // The richest comes last.
  const hasHtml = bodies.some(({ kind }) => kind === 'html');
  for (const { kind, content } of bodies.length > 0 ? [...bodies].reverse() : [{ kind: 'text', content: '' }]) {
    const bytes = utf8(content.replace(/\r\n?|\n/g, '\r\n'));
    const type = `text/${kind === 'html' ? kind : 'plain'}; charset=utf-8`;
    texts.push(await entity(type, '', { size: 0, bytes: () => Promise.resolve(bytes) }));
  }
  for (const part of attachments) {
    const { contentId, type } = part;
    const within = hasHtml && part.inline && contentId !== undefined && !/^text/i.test(type);
    const name = cleanFileName(part.name, '');
    const more =
      field('Content-Disposition', [(within ? 'inline' : 'attachment') + fileName(name)]) +
      field('Content-ID', ids(contentId));
    (within ? related : mixed).push(await entity(TYPE.test(type) ? type : 'application/octet-stream', more, part));
  }
  const first = texts.length > 1 ? 'multipart/alternative' : 'text/html';
  const body = group(`related; type="${first}"`, 2, [group('alternative', 3, texts), ...related]);
  return new Blob([headerFields(headers), ...group('mixed', 1, [body, ...mixed])]);
}

/** Several parts as one; one part as it is. The digits of base64 never make a line that begins with a hyphen. */
function group(kind: string, level: number, parts: readonly Entity[]): Entity {
  const [only = [], ...others] = parts;
  if (others.length === 0) return only;
  const boundary = `=_${level}`;
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`,
    ...parts.flatMap((part) => [`--${boundary}\r\n`, ...part]),
    `--${boundary}--\r\n`,
  ];
}

function headerFields(headers: MessageHeaders): string {
  const { from = [], sender, replyTo = [], to = [], cc = [], subject = '', date = '' } = headers;
  const { messageId, inReplyTo, references = [] } = headers;
  const [, time = '', zone = ''] = /^(.*T.*?)(Z|[+-]\d\d:\d\d)$/.exec(date) ?? [];
  // The author's own time, which is read as if it were Greenwich's.
  const shown = new Date(`${time}Z`).toUTCString();
  return [
    field('From', people(from)),
    field('Sender', people(sender ? [sender] : [])),
    field('Reply-To', people(replyTo)),
    field('To', people(to)),
    field('Cc', people(cc)),
    field('Subject', words(subject)),
    field('Date', /GMT$/.test(shown) ? [shown.replace('GMT', zone === 'Z' ? '+0000' : zone.replace(':', ''))] : []),
    field('Message-ID', ids(messageId)),
    field('In-Reply-To', ids(inReplyTo)),
    field('References', ids(...references)),
    field('MIME-Version', ['1.0']),
  ].join('');
}

/** A header field of these words, one on a line; nothing where there are none. */
function field(name: string, value: readonly string[]): string {
  return value.length === 0 ? '' : `${name}: ${value.join('\r\n ')}\r\n`;
}

function people(addresses: readonly Address[]): readonly string[] {
  return addresses.flatMap(({ name, address }, index) => [
    ...words(name),
    angled(address) + (index < addresses.length - 1 ? ',' : ''),
  ]);
}

/** A text as it stands in a header field: the plainest as they are, others as encoded words (RFC 2047) of at most 75 characters. */
function words(text: string): readonly string[] {
  const clean = text.replace(/\p{Cc}/gu, ' ');
  if (clean.length < 70 && /^[\w-]+(?: [\w-]+)*$/.test(clean)) return [clean];
  return (clean.match(/.{1,11}/gsu) ?? []).map((piece) => `=?utf-8?b?${base64.encode(utf8(piece))}?=`);
}

function ids(...list: readonly (string | undefined)[]): readonly string[] {
  return list.flatMap((id) => (id === undefined ? [] : angled(id)));
}

/** An address or identifier, without what could end it. */
function angled(text: string): string {
  return `<${text.replace(/[\p{Cc}<>]/gu, '').slice(0, 320)}>`;
}

/** The parameter for a cleaned name (RFC 2231, 4), if there is one. */
function fileName(name: string): string {
  if (/^[ -~]*$/.test(name)) return name === '' ? '' : `;\r\n filename="${name}"`;
  const escaped = encodeURIComponent(name).replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `;\r\n filename*=utf-8''${escaped}`;
}

/** By the browser where it can. */
function encode(bytes: Uint8Array & { toBase64?: () => string }): string {
  return bytes.toBase64?.() ?? base64.encode(bytes);
}
