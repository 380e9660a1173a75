import { encodeBase64url } from '../kit/base64url.js';
import { concat, utf8 } from '../kit/bytes.js';
import { deflate } from '../kit/deflate.js';
import type { ManifestPart } from '../kit/manifest.js';
import type { PartLies, PartRecipe } from '../kit/plaintext.js';
import type { Scenario } from './scenario.js';

const text: PartRecipe = { role: 'text', type: 'text/plain', content: utf8('Hi') };
const html: PartRecipe = { role: 'html', type: 'text/html', content: utf8('<p>Hi') };
const attachment: PartRecipe = { role: 'attachment', name: 'a', type: 'a/b', content: utf8('Attached.') };
const original: PartRecipe = { role: 'original', type: 'message/rfc822', content: utf8('From: a\r\n\r\n') };
const repeated = new Uint8Array(1000).fill(0x61);
const KiB = 2 ** 10;
const MiB = 2 ** 20;

/** Streams of zlib: fixed codes with matches of distance 3, and codes of its own. */
const matched = { content: 'abc'.repeat(10), stream: '4b4c4a4ec48d00' };
const dynamic = {
  content: 'a'.repeat(60) + 'b'.repeat(30) + 'abcabcabcabd'.repeat(4),
  stream: '05c10101000008c3a0acecf6cf20000000000000004055555555555555699aa6d3344da7699a4ed334dd03',
};

/** Section 7.3: the table of parts. */
export const partTables: readonly Scenario[] = [
  row(
    'name-4096',
    'Its name has 4,096 bytes in UTF-8, the most there can be.',
    'success',
    {},
    {
      ...attachment,
      name: '\u00e9'.repeat(2048),
    },
  ),
  row('name-4097', 'Its name has 4,097 bytes in UTF-8, but 2,049 characters.', 'DAMAGED', {
    name: `${'\u00e9'.repeat(2048)}x`,
  }),
  row('name-number', 'Its name is a number.', 'DAMAGED', { name: 1 as never }),
  row(
    'type-255',
    'Its type has 255 characters, the most there can be.',
    'success',
    {},
    {
      ...attachment,
      type: 'x'.repeat(255),
    },
  ),
  row('type-256', 'Its type has 256 characters.', 'DAMAGED', { type: 'x'.repeat(256) }),
  row('type-missing', 'It has no type.', 'DAMAGED', { type: undefined as never }),
  row('role-unknown', 'Its role is none of version 1.', 'DAMAGED', { role: 'Attachment' }),
  row('encoding-unknown', 'Its encoding is none of version 1.', 'DAMAGED', { encoding: 'gzip' }),
  row('inline-0', 'Its key `inline` is 0.', 'DAMAGED', { inline: 0 }),
  row('inline-true', 'Its key `inline` is `true`.', 'DAMAGED', { inline: true as never }),
  row('content-id-number', 'Its content id is a number.', 'DAMAGED', { contentId: 1 as never }),
  row('sha256-31-bytes', 'Its SHA-256 has 31 bytes.', 'DAMAGED', { sha256: encodeBase64url(new Uint8Array(31)) }),
  row('sha256-padded', 'Its SHA-256 is padded with `=`.', 'DAMAGED', ({ sha256 }) => ({ sha256: `${sha256}=` })),
  row('length-less', 'Its length is one too small, so that the next part does not follow it.', 'DAMAGED', (honest) => ({
    length: honest.length - 1,
    size: honest.length - 1,
  })),
  row('length-more', 'Its length is one too large, so that it overlaps the next part.', 'DAMAGED', (honest) => ({
    length: honest.length + 1,
    size: honest.length + 1,
  })),
  row('length-negative', 'Its length is below zero.', 'DAMAGED', { length: -1, size: -1 }),
  row('length-fraction', 'Its length is 9.5.', 'DAMAGED', { length: 9.5, size: 9.5 }),
  row('length-text', 'Its length is a string.', 'DAMAGED', { length: '9' as never }),
  row('offset-more', 'Its offset is one too large.', 'DAMAGED', ({ offset }) => ({ offset: offset + 1 })),
  row('offset-less', 'Its offset is one too small.', 'DAMAGED', ({ offset }) => ({ offset: offset - 1 })),
  row('offset-negative', 'Its offset is below zero.', 'DAMAGED', { offset: -1 }),
  row('offset-2-53', 'Its offset is 2^53.', 'DAMAGED', { offset: 2 ** 53 }),
  row('stored-size', 'It is stored, with another size than length.', 'DAMAGED', ({ size }) => ({ size: size + 1 })),
  row(
    'size-fraction',
    'It is deflated, and its size is 9.5.',
    'DAMAGED',
    { size: 9.5 },
    {
      ...attachment,
      encoding: 'deflate',
    },
  ),
  row(
    'size-beyond-limit',
    'It is deflated, and its size is larger than any reader takes.',
    'LIMIT',
    { size: 2 ** 52 },
    {
      ...attachment,
      encoding: 'deflate',
    },
  ),
  row(
    'size-beyond-limit-and-gap',
    'Its size is larger than any reader takes, and its offset is wrong besides: the limit comes first.',
    'LIMIT',
    ({ offset }) => ({ size: 2 ** 52, offset: offset + 1 }),
    { ...attachment, encoding: 'deflate' },
  ),
  table('texts-2', 'There are two text bodies.', 'DAMAGED', [text, text]),
  table('htmls-2', 'There are two HTML bodies.', 'DAMAGED', [html, html]),
  table('originals-2', 'There are two originals.', 'DAMAGED', [original, original]),
  table('body-behind', 'A body comes behind an attachment.', 'DAMAGED', [attachment, text]),
  table('original-first', 'The original comes before an attachment.', 'success', [original, attachment]),
  table('body-16-mib', 'The text body tells of a byte more than 16 MiB, which its length could hold.', 'LIMIT', [
    {
      ...text,
      encoding: 'deflate',
      lies: {
        stored: () => new Uint8Array(17 * KiB),
        row: (honest) => ({ ...honest, size: 16 * MiB + 1 }),
      },
    },
  ]),
];

/** Section 7.3: what the parts hold. The part before the one that is wrong may have been given away. */
export const partContents: readonly Scenario[] = [
  content('sha256', 'Its SHA-256 is that of something else.', {
    row: (honest) => ({ ...honest, sha256: encodeBase64url(new Uint8Array(32)) }),
  }),
  content('stored-changed', 'A byte of it was changed by whoever sealed it.', {
    stored: (honest) => honest.map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
  }),
  table('text-not-utf-8', 'The text body has a byte FF.', 'DAMAGED', [{ ...text, content: Uint8Array.of(0xff) }]),
  table('html-overlong', 'The HTML body has a NUL in two bytes, which is not UTF-8.', 'DAMAGED', [
    { ...html, content: Uint8Array.of(0xc0, 0x80) },
  ]),
  table('text-mark', 'The text body begins with a byte order mark, which is part of it.', 'success', [
    { ...text, content: utf8('\ufeffHi') },
  ]),
  stream('match', 'A stream has fixed codes and matches of distance 3.', matched),
  stream('dynamic', 'A stream has codes of its own.', dynamic),
  stream('stored', 'A stream has a block that is not compressed.', { content: 'Hi', stream: '010200fdff4869' }),
  table('deflate-long', 'A run of 100,000 bytes is deflated.', 'success', [
    { ...attachment, content: new Uint8Array(100_000), encoding: 'deflate' },
  ]),
  deflated('size-less', 'Its size is one smaller than what it inflates to.', {
    row: ({ size, ...others }) => ({ ...others, size: size - 1 }),
  }),
  deflated('size-more', 'Its size is one larger than what it inflates to.', {
    row: ({ size, ...others }) => ({ ...others, size: size + 1 }),
  }),
  deflated('byte-behind', 'A byte follows the stream.', { stored: (honest) => concat(honest, new Uint8Array(1)) }),
  deflated('stream-behind', 'A second stream follows the first.', {
    stored: (honest) => concat(honest, deflate(new Uint8Array())),
  }),
  deflated('cut', 'The stream is cut off.', { stored: (honest) => honest.slice(0, -1) }),
  deflated('not-final', 'The only block of the stream is not marked as the last.', {
    stored: (honest) => honest.map((byte, i) => (i === 0 ? byte & 0xfe : byte)),
  }),
  deflated('none', 'There is no stream for no content.', {
    stored: () => new Uint8Array(),
    row: (honest) => ({ ...honest, size: 0, length: 0 }),
  }),
  deflated('block-type', 'The stream has a block of a type that there is not.', { stored: () => Uint8Array.of(7) }),
  deflated('distance', 'The stream refers to a byte before its first.', {
    stored: () => Buffer.from('030200', 'hex'),
  }),
  deflated('zlib', 'The stream has the wrapper of zlib.', {
    stored: (honest) => concat(Uint8Array.of(0x78, 0x9c), honest, new Uint8Array(4)),
  }),
  deflated('not-deflated', 'It is stored and said to be deflated.', { stored: () => repeated }),
  deflated('bomb', 'It inflates to 8 MiB where its size is 1,000 bytes.', {
    stored: () => deflate(new Uint8Array(8 * MiB)),
  }),
  deflated('ratio', 'Its size is more than 1,032 times its length.', {
    row: (honest) => ({ ...honest, size: 1032 * honest.length + 1 }),
  }),
];

/** The row of the second of three parts changed, so that there is something before it and behind it. */
function row(
  name: string,
  about: string,
  expected: Scenario['expected'],
  changes: Partial<ManifestPart> | ((honest: ManifestPart) => Partial<ManifestPart>),
  part: PartRecipe = attachment,
): Scenario {
  const lie = typeof changes === 'function' ? changes : () => changes;
  const lies: PartLies = { row: (honest) => ({ ...honest, ...lie(honest) }) };
  return table(name, about, expected, [text, { ...part, lies }, original]);
}

function content(name: string, about: string, lies: PartLies): Scenario {
  return { ...table(name, about, 'DAMAGED', [text, { ...attachment, lies }]), released: 1 };
}

function deflated(name: string, about: string, lies: PartLies): Scenario {
  const part: PartRecipe = { ...attachment, content: repeated, encoding: 'deflate', lies };
  const released = name === 'ratio' ? {} : { released: 1 };
  return { ...table(`deflate-${name}`, about, 'DAMAGED', [text, part]), ...released };
}

/** A stream that is right. */
function stream(name: string, about: string, made: { readonly content: string; readonly stream: string }): Scenario {
  const stored = (): Uint8Array => Buffer.from(made.stream, 'hex');
  const part: PartRecipe = { ...attachment, content: utf8(made.content), encoding: 'deflate', lies: { stored } };
  return table(`deflate-${name}`, about, 'success', [part]);
}

function table(name: string, about: string, expected: Scenario['expected'], parts: readonly PartRecipe[]): Scenario {
  return { name: `part-${name}`, about, section: '7.3', expected, recipe: { message: { parts } } };
}
