import { describe, expect, it } from 'vitest';
import {
  brokenTransportRule,
  buildEnvelope,
  ByteSource,
  encodeText,
  openFile,
  readHtmlForm,
  smallestPbkdf2,
  transplant,
  utf8,
  writeDataForm,
  writeHtmlForm,
  type MessageRecipe,
} from '@sealpost/vectors';
import { hello, passphrase, recipe } from './sample.js';

const forms = [
  ['data', writeDataForm],
  ['html', writeHtmlForm],
] as const;

const everything: MessageRecipe = {
  headers: { subject: 'Größe', date: '2026-11-22T05:30:00+01:00' },
  parts: [
    { role: 'text', type: 'text/plain', content: utf8('Grüße') },
    { role: 'html', type: 'text/html', content: utf8('<p>Grüße</p>'.repeat(50)), encoding: 'deflate' },
    { role: 'attachment', name: '', type: 'image/png', content: new Uint8Array(40_000), contentId: 'a@b', inline: 1 },
    {
      role: 'attachment',
      name: 'x.bin',
      type: 'application/octet-stream',
      content: new Uint8Array(),
      encoding: 'deflate',
    },
    { role: 'original', type: 'message/rfc822', content: utf8('From: a@b\r\n\r\n') },
  ],
  extra: { idleLock: 5, unknown: { deep: [true, null] } },
  padding: 100,
};

describe.each(forms)('%s form', (_, write) => {
  it.each([
    ['the smallest message', hello],
    ['no part at all', { parts: [] }],
    ['every kind of part', everything],
  ])('%s', (_name, message) => {
    const built = buildEnvelope(recipe('round trip', { message, face: { org: 'A & B <é>', date: 0 } }));
    const text = write(built.sections);
    expect(brokenTransportRule(text)).toBeUndefined();
    const opened = openFile(encodeText(text), passphrase);
    expect(opened.parts.map(({ content }) => content)).toEqual(message.parts.map(({ content }) => content));
    expect(opened.manifest.headers).toEqual(message.headers ?? {});
  });

  it('opens by the second of two slots, with the other KDF', () => {
    const base = recipe('two slots');
    const other = { passphrase: 'O-l i', norm: 'code' as const, kdf: smallestPbkdf2(base.random.take(16)) };
    const built = buildEnvelope({ ...base, slots: [...base.slots, other] });
    expect(openFile(encodeText(write(built.sections)), '0.11').parts).toHaveLength(1);
    expect(openFile(encodeText(write(built.sections)), passphrase).parts).toHaveLength(1);
  });

  it('spans several blocks, the last of which ends with a full chunk and an empty one', () => {
    const length = 128 * 16_384;
    const message = {
      parts: [{ role: 'attachment' as const, name: 'a', type: 'a/b', content: new Uint8Array(length) }],
    };
    const bare = buildEnvelope(recipe('blocks', { message })).plaintext.length - length;
    const padded = { ...message, padding: 16_384 - bare };
    const built = buildEnvelope(recipe('blocks', { message: padded }));
    expect(built.plaintext.length % 16_384).toBe(0);
    expect(brokenTransportRule(write(built.sections))).toBeUndefined();
    expect(built.blocks.map((block) => block.length)).toEqual([56 + 64 * 16_400, 64 * 16_400, 16_400 + 16]);
    expect(openFile(encodeText(write(built.sections)), passphrase).parts[0]?.content).toHaveLength(length);
  });
});

describe('determinism', () => {
  it('gives the same envelope for the same seed and another for another', () => {
    const [a, b, c] = ['same', 'same', 'other'].map((seed) => writeDataForm(buildEnvelope(recipe(seed)).sections));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it('takes the same stream in other portions', () => {
    const [a, b] = [new ByteSource('s'), new ByteSource('s')];
    const portions = [1, 31, 32, 33, 3].map((length) => [...a.take(length)]).flat();
    expect(portions).toEqual([...b.take(100)]);
  });
});

describe('transport', () => {
  const text = writeDataForm(buildEnvelope(recipe('transport')).sections);
  it.each([
    ['CRLF', encodeText(text.replaceAll('\n', '\r\n'))],
    ['CR', encodeText(text.replaceAll('\n', '\r'))],
    ['byte order mark', encodeText(text, 'utf-8 with mark')],
    ['UTF-16 LE', encodeText(text, 'utf-16le')],
    ['UTF-16 BE', encodeText(text, 'utf-16be')],
    ['trailing blanks', encodeText(text.replaceAll('\n', ' \t\n'))],
  ])('%s', (_, file) => {
    expect(openFile(file, passphrase).parts).toHaveLength(1);
  });
});

describe('transport rules', () => {
  it.each(['\u00e9', 'a\r\n', 'a\t', 'x'.repeat(991), 'a\n.b', 'From x', 'a \nb'])('tell %j', (text) => {
    expect(brokenTransportRule(text)).toBeDefined();
  });

  it('are kept by a header of full stops', () => {
    const dots = buildEnvelope(recipe('dots', { face: { contact: '.'.repeat(500), subject: '.'.repeat(1000) } }));
    const text = writeDataForm(dots.sections);
    expect(brokenTransportRule(text)).toBeUndefined();
    expect(openFile(encodeText(text), passphrase).parts).toHaveLength(1);
  });
});

describe('transplant', () => {
  const own = buildEnvelope(recipe('own')).sections;
  const other = buildEnvelope(recipe('other')).sections;

  it('puts the sections in place of a page and leaves the rest of it alone', () => {
    const page = writeHtmlForm(own).replace('<body>', '<body>\n<p>\n').replace('</body>', '<i>\n</body>');
    const moved = transplant(page, other);
    expect(readHtmlForm(moved)).toEqual(other.map(({ id, text }) => ({ id, text: `\n${text}\n` })));
    expect(transplant(moved, own)).toBe(page);
  });

  it('takes more and fewer sections than the page had', () => {
    const page = writeHtmlForm(own);
    expect(readHtmlForm(transplant(page, [...own, ...own])).map(({ id }) => id)).toEqual(
      ['header', 'header', 'payload-0', 'payload-end', 'payload-0', 'payload-end'].map((id) => `sealpost-${id}`),
    );
    expect(transplant(page, own.slice(0, 1))).toContain('sealpost-header');
  });
});
