import {
  encodeBase64url,
  utf8,
  type Manifest,
  type ManifestPart,
  type MessageLies,
  type MessageRecipe,
  type PartRecipe,
  type PlaintextPieces,
} from '@sealpost/vectors';
import type { Outcome } from './openers.js';
import { wrong, type WrongEnvelope } from './wrong-envelope.js';

const text: PartRecipe = { role: 'text', type: 'text/plain', content: utf8('Hi') };
const html: PartRecipe = { role: 'html', type: 'text/html', content: utf8('<p>Hi') };
const attachment: PartRecipe = { role: 'attachment', name: 'a', type: 'a/b', content: utf8('!') };
const original: PartRecipe = { role: 'original', type: 'message/rfc822', content: utf8('From: a\r\n\r\n') };

/** Section 7.1. */
export const wrongPlaintexts: readonly WrongEnvelope[] = [
  message('padding', 'opens', { parts: [text], padding: 3 }),
  message('a signature block', 'opens', { parts: [text], sign: () => new Uint8Array(96) }),
  ...[1, 64, 95, 97].map((length) =>
    message(`a signature of ${length} bytes`, 'DAMAGED', { parts: [text], sign: () => new Uint8Array(length) }),
  ),
  pieces('a signature that is not there', 'DAMAGED', { signatureLength: 96 }),
  pieces('the greatest signature length', 'DAMAGED', { signatureLength: 0xffffffff }),
  pieces('no manifest', 'DAMAGED', { manifest: new Uint8Array(), manifestLength: 0 }),
  pieces('a manifest length of 0', 'DAMAGED', { manifestLength: 0 }),
  pieces('a manifest length of one less', 'DAMAGED', ({ manifestLength }) => ({ manifestLength: manifestLength - 1 })),
  pieces('a manifest length of one more', 'DAMAGED', ({ manifestLength }) => ({ manifestLength: manifestLength + 1 })),
  pieces('a manifest longer than the plaintext', 'DAMAGED', { manifestLength: 4 * 2 ** 20 }),
  pieces('a manifest longer than 4 MiB', 'LIMIT', { manifestLength: 4 * 2 ** 20 + 1 }),
  pieces('the greatest manifest length', 'LIMIT', { manifestLength: 0xffffffff }),
  pieces('a part that reaches into the manifest', 'DAMAGED', ({ parts }) => ({
    parts: parts.map((part) => part.slice(1)),
  })),
  pieces('padding that is not zero', 'DAMAGED', { padding: Uint8Array.of(0, 1, 0) }),
];

/** Sections 7.2 and 7.3. */
export const wrongManifests: readonly WrongEnvelope[] = [
  ...['', '{', '[]', '0', 'null', '"x"', '{}', '{"headers":{}}', '{"parts":[]}'].map((json) =>
    bytes(`${json || 'nothing'} for a manifest`, 'DAMAGED', () => utf8(json)),
  ),
  bytes('something behind the object', 'DAMAGED', (honest) => Buffer.concat([honest, utf8('0')])),
  bytes('a byte order mark', 'DAMAGED', (honest) => Buffer.concat([Buffer.from('efbbbf', 'hex'), honest])),
  bytes('bytes that are not UTF-8', 'DAMAGED', (honest) =>
    Buffer.concat([honest.slice(0, -1), utf8(',"x":"'), Buffer.from('ff227d', 'hex')]),
  ),
  bytes('blanks, other escapes and an unknown key', 'opens', (honest) =>
    utf8(`\n { ${Buffer.from(honest.slice(1, -1)).toString()} , "\\u0078": [null, 1.5, true] } `),
  ),
  bytes('100,000 lists in each other under an unknown key', 'opens', (honest) =>
    Buffer.concat([honest.slice(0, -1), utf8(`,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)]),
  ),
  manifest('headers as a list', 'DAMAGED', { headers: [] as never }),
  manifest('a subject that is a number', 'DAMAGED', { headers: { subject: 1 } }),
  manifest('an address that is a string', 'DAMAGED', { headers: { from: ['a@b'] } }),
  manifest('unknown keys everywhere', 'opens', {
    headers: { x: 1, from: [{ name: '', address: 'a@b', x: 1 }] },
    notes: { x: 1 },
    x: 1,
  }),
  manifest('parts as an object', 'DAMAGED', { parts: {} as never }),
  manifest('a part that is a number', 'DAMAGED', { parts: [1 as never] }),
  manifest('a part that is null', 'DAMAGED', { parts: [null as never] }),
  ...[0, 1441, 1.5, '5'].map((idleLock) =>
    manifest(`an idle lock of ${JSON.stringify(idleLock)}`, 'DAMAGED', { idleLock }),
  ),
  manifest('notes as a string', 'DAMAGED', { notes: 'x' }),
  manifest('handling as a number', 'DAMAGED', { notes: { handling: 1 } }),
  manifest('handling of 1,001', 'DAMAGED', { notes: { handling: 'x'.repeat(1001) } }),
  manifest('expires as a string', 'DAMAGED', { notes: { expires: '1' } }),

  row('another SHA-256', 'DAMAGED', { sha256: encodeBase64url(new Uint8Array(32)) }),
  row('a SHA-256 of 31 bytes', 'DAMAGED', { sha256: encodeBase64url(new Uint8Array(31)) }),
  row('a SHA-256 in base64', 'DAMAGED', ({ sha256 }) => ({ sha256: `${sha256}=` })),
  row('a size of one less', 'DAMAGED', ({ size }) => ({ size: size - 1 })),
  row('a size of one more', 'DAMAGED', ({ size }) => ({ size: size + 1 })),
  row('a length of one less', 'DAMAGED', ({ length }) => ({ length: length - 1, size: length - 1 })),
  row('a length of one more', 'DAMAGED', ({ length }) => ({ length: length + 1, size: length + 1 })),
  row('a negative length', 'DAMAGED', { length: -1, size: -1 }),
  row('a length that is not a number', 'DAMAGED', { length: '1' as never }),
  row('an offset of one more', 'DAMAGED', ({ offset }) => ({ offset: offset + 1 })),
  row('an offset of one less', 'DAMAGED', ({ offset }) => ({ offset: offset - 1 })),
  row('an offset before the plaintext', 'DAMAGED', { offset: -1 }),
  row('an offset of 2^53', 'DAMAGED', { offset: 2 ** 53 }),
  row('another role', 'DAMAGED', { role: 'Attachment' }),
  row('no role', 'DAMAGED', { role: undefined as never }),
  row('another encoding', 'DAMAGED', { encoding: 'gzip' }),
  row('no type', 'DAMAGED', { type: undefined as never }),
  row('a type of 255', 'opens', { type: 'x'.repeat(255) }),
  row('a type of 256', 'DAMAGED', { type: 'x'.repeat(256) }),
  row('a name of 4,096 bytes', 'opens', { name: 'é'.repeat(2048) }),
  row('a name of 4,098 bytes', 'DAMAGED', { name: 'é'.repeat(2049) }),
  row('no name', 'opens', { name: undefined as never }),
  row('a name that is a number', 'DAMAGED', { name: 1 as never }),
  row('a content id that is a number', 'DAMAGED', { contentId: 1 as never }),

  message('every role', 'opens', { parts: [text, html, attachment, original] }),
  message('HTML before text', 'opens', { parts: [html, text] }),
  message('two texts', 'DAMAGED', { parts: [text, text] }),
  message('two HTML bodies', 'DAMAGED', { parts: [html, html] }),
  message('two originals', 'DAMAGED', { parts: [original, original] }),
  message('a body behind an attachment', 'DAMAGED', { parts: [attachment, text] }),
  message('a text that is not UTF-8', 'DAMAGED', { parts: [{ ...text, content: Uint8Array.of(0xff) }] }),
  message('HTML that is not UTF-8', 'DAMAGED', { parts: [{ ...html, content: Uint8Array.of(0xc0, 0x80) }] }),
  message('1,024 parts', 'opens', { parts: Array<PartRecipe>(1024).fill(attachment) }),
];

function message(name: string, expected: Outcome, content: MessageRecipe): WrongEnvelope {
  return wrong(`message with ${name}`, expected, { message: content });
}

/** A message of one body whose pieces are put together otherwise. */
function pieces(
  name: string,
  expected: Outcome,
  changes: Partial<PlaintextPieces> | ((honest: PlaintextPieces) => Partial<PlaintextPieces>),
): WrongEnvelope {
  const lie = typeof changes === 'function' ? changes : () => changes;
  return lying(`plaintext with ${name}`, expected, { pieces: (honest) => ({ ...honest, ...lie(honest) }) });
}

function bytes(name: string, expected: Outcome, manifestBytes: (honest: Uint8Array) => Uint8Array): WrongEnvelope {
  return lying(`manifest bytes with ${name}`, expected, { manifestBytes });
}

function manifest(name: string, expected: Outcome, changes: Partial<Manifest>): WrongEnvelope {
  return lying(`manifest with ${name}`, expected, { manifest: (honest) => ({ ...honest, ...changes }) });
}

function lying(name: string, expected: Outcome, lies: MessageLies): WrongEnvelope {
  return wrong(name, expected, { message: { parts: [text], lies } });
}

/** The row of the second of three parts changed, so that there is something before it and behind it. */
function row(
  name: string,
  expected: Outcome,
  changes: Partial<ManifestPart> | ((honest: ManifestPart) => Partial<ManifestPart>),
): WrongEnvelope {
  const lie = typeof changes === 'function' ? changes : () => changes;
  const lies = { row: (honest: ManifestPart): ManifestPart => ({ ...honest, ...lie(honest) }) };
  return wrong(`a part with ${name}`, expected, { message: { parts: [text, { ...attachment, lies }, original] } });
}
