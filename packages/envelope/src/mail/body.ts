import type { AttachmentInput } from '@sealpost/core';
import { detectExtension } from 'nodemailer/lib/mime-funcs';
import { decodeHtml, decodeText } from './charset.js';
import type { Entity } from './entity.js';
import { unflowText } from './flowed-text.js';
import { inPieces } from './in-pieces.js';
import { MAX_BODY_BYTES } from './limits.js';
import { readPartBody, readPartInfo, type PartInfo } from './part.js';

/** An attachment whose bytes are in memory. */
export interface MailAttachment extends AttachmentInput {
  readonly content: Uint8Array;
}

/** What a mail program would show of a mail, and what it would list. */
export interface MailContent {
  readonly text?: string;
  readonly html?: string;
  readonly attachments: readonly MailAttachment[];
  /** False when something could not be decoded faithfully, or was left out of `text` and `html`. */
  readonly exact: boolean;
}

/** One piece of the body in the forms in which it came. */
interface Piece {
  readonly text?: string;
  readonly html?: string;
}

/** Where an entity stands: decides whether a text there is body or attachment. */
interface Place {
  /** First in the mail, or a choice of a multipart/alternative: a text here is body even when it has a file name. */
  readonly leading: boolean;
  /** Beside the root of a multipart/related: here a part with an identifier belongs to the root. */
  readonly resource: boolean;
}

/**
 * Sorts the leaves of a mail into body and attachments, in order, as mail programs do. Every leaf ends up in one of them,
 * but for the further choices of a multipart/alternative in the same form, of which the last is shown
 * (RFC 2046, section 5.1.4).
 *
 * A text/plain or text/html leaf is body unless its disposition is `attachment`, it has a file name and is not leading,
 * it is a resource of a multipart/related, or the body would grow beyond `MAX_BODY_BYTES`.
 *
 * @param bytes - those the entity was read from, or a copy that differs in line ends only. Attachments may be views of it.
 */
export function readContent(bytes: Uint8Array, root: Entity): MailContent {
  const attachments: (MailAttachment & { readonly attached: boolean })[] = [];
  let exact = true;
  let bodyBytes = 0;

  const attach = (entity: Entity, info: PartInfo, content: Uint8Array): void => {
    const type = attachmentType(entity, info);
    attachments.push({
      name:
        info.name === ''
          ? `attachment-${String(attachments.length + 1)}.${detectExtension(entity.type.value)}`
          : info.name,
      type,
      content,
      ...(info.contentId === undefined ? {} : { contentId: info.contentId }),
      attached: info.disposition === 'attachment',
    });
  };

  const readLeaf = (entity: Entity, place: Place): Piece => {
    const info = readPartInfo(entity);
    const decoded = readPartBody(bytes, entity);
    exact &&= decoded.exact && !entity.doubtful;
    if (entity.type.multipart) exact = false;
    const form = bodyForm(entity, info, place, entity === root);
    if (form === undefined || bodyBytes + decoded.bytes.length > MAX_BODY_BYTES) {
      // An empty multipart has nothing to lose; any other leaf is listed, even an empty one.
      if (!entity.type.multipart || !isBlank(decoded.bytes)) attach(entity, info, decoded.bytes);
      return {};
    }
    bodyBytes += decoded.bytes.length;
    const { text, exact: faithful } = (form === 'html' ? decodeHtml : decodeText)(decoded.bytes, info.charset);
    exact &&= faithful;
    const lines = inPieces(text, withLineFeeds);
    if (form === 'html') return { html: lines };
    const flowed = entity.type.parameters.get('format')?.toLowerCase() === 'flowed';
    return { text: flowed ? unflowText(lines, entity.type.parameters.get('delsp')?.toLowerCase() === 'yes') : lines };
  };

  const read = (entity: Entity, place: Place): Piece => {
    if (entity.children.length === 0) return readLeaf(entity, place);
    exact &&= !entity.doubtful;
    const kind = entity.type.value;
    if (kind === 'multipart/alternative') {
      const pieces = entity.children.map((child) => read(child, { leading: true, resource: place.resource }));
      const texts = pieces.flatMap((piece) => piece.text ?? []);
      const htmls = pieces.flatMap((piece) => piece.html ?? []);
      if (texts.length > 1 || htmls.length > 1) exact = false;
      return piece(texts.at(-1), htmls.at(-1));
    }
    const start = kind === 'multipart/related' ? relatedRoot(entity) : -1;
    return joinPieces(
      entity.children.map((child, index) =>
        read(child, {
          leading: place.leading && index === Math.max(start, 0),
          resource: place.resource || (start >= 0 && index !== start),
        }),
      ),
    );
  };

  const { text, html } = read(root, { leading: true, resource: false });
  const referenced = html === undefined ? new Set<string>() : contentIdsIn(html);
  const listed = attachments.map(({ attached, ...attachment }): MailAttachment => {
    // What the HTML shows need not be listed, if it is an image or not called an attachment; all else must be.
    const shown = attachment.contentId !== undefined && referenced.has(attachment.contentId.toLowerCase());
    return shown && (!attached || attachment.type.startsWith('image/')) ? { ...attachment, inline: true } : attachment;
  });
  const nothing = text === undefined && html === undefined && listed.length === 0;
  return { ...piece(nothing ? '' : text, html), attachments: listed, exact };
}

function bodyForm(entity: Entity, info: PartInfo, place: Place, isRoot: boolean): 'text' | 'html' | undefined {
  if (info.disposition === 'attachment') return undefined;
  if (info.name !== '' && !place.leading) return undefined;
  if (place.resource && (info.contentId !== undefined || info.hasLocation)) return undefined;
  const type = entity.type.value;
  if (type === 'text/html') return 'html';
  if (type === 'text/plain') return 'text';
  // RFC 2046, section 4.1.4: an unknown text subtype is shown as plain text. Only where there is nothing else to show.
  return isRoot && type.startsWith('text/') && type !== 'text/calendar' ? 'text' : undefined;
}

/** The root of a multipart/related (RFC 2387, section 3.2): that which `start` names, else the first. */
function relatedRoot(entity: Entity): number {
  const start = entity.type.parameters.get('start')?.trim().replace(/^<|>$/g, '');
  if (start === undefined) return 0;
  return Math.max(
    0,
    entity.children.findIndex((child) => readPartInfo(child).contentId === start),
  );
}

/** One body out of pieces in their order. What came as text only is put into the HTML as preformatted text. */
function joinPieces(pieces: readonly Piece[]): Piece {
  // Some programs put an empty text between two attachments: it is not worth showing.
  const shown = pieces.filter((one) => one.html !== undefined || (one.text ?? '').trim() !== '');
  if (shown.length <= 1) return shown[0] ?? pieces.find((one) => one.text !== undefined) ?? {};
  if (shown.every((one) => one.html === undefined)) return { text: shown.map((one) => one.text ?? '').join('\n') };
  const html = shown.map((one) => one.html ?? preformatted(one.text ?? '')).join('\n');
  // A text that leaves out what came as HTML only would pass for the whole; better none.
  const text = shown.every((one) => one.text !== undefined) ? shown.map((one) => one.text ?? '').join('\n') : undefined;
  return piece(text, html);
}

function piece(text: string | undefined, html: string | undefined): Piece {
  return { ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) };
}

// Splitting is six times as fast as a regular expression on a text that is nothing but matches.
function escapeHtml(text: string): string {
  return text.split('&').join('&amp;').split('<').join('&lt;').split('>').join('&gt;');
}

function withLineFeeds(text: string): string {
  return text.split('\r\n').join('\n').split('\r').join('\n');
}

function preformatted(text: string): string {
  const escaped = inPieces(text, escapeHtml);
  return `<pre style="white-space: pre-wrap">\n${escaped}</pre>`;
}

/** The media type as an envelope carries it: with the parameters without which the bytes cannot be read right. */
function attachmentType(entity: Entity, info: PartInfo): string {
  const { value, parameters, multipart } = entity.type;
  if (multipart) return 'application/octet-stream';
  let type = value;
  const method = parameters.get('method')?.trim().toUpperCase() ?? '';
  if (value === 'text/calendar' && /^[A-Z-]{1,40}$/.test(method)) type += `; method=${method}`;
  const charset = info.charset?.trim().toLowerCase() ?? '';
  if (value.startsWith('text/') && /^[a-z0-9][\w.:+-]{0,60}$/.test(charset)) type += `; charset=${charset}`;
  return type;
}

/** The content identifiers that an HTML text refers to (RFC 2392), in lower case and percent-decoded. */
function contentIdsIn(html: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const match of html.matchAll(/\bcid:([^"'<>\s)\\]{1,998})/gi)) {
    const id = (match[1] ?? '').replace(/&amp;/gi, '&').toLowerCase();
    ids.add(id);
    if (!id.includes('%')) continue;
    try {
      ids.add(decodeURIComponent(id));
    } catch {
      // Not percent-encoded after all.
    }
  }
  return ids;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a);
}
