import { deflateRawSync } from 'node:zlib';
import { EnvelopeError } from '@sealpost/core';
import { describe, expect, it } from 'vitest';
import { languages } from '../src/i18n/all.js';
import { findEnvelopes } from '../src/opener/found.js';
import { openerTexts } from '../src/opener/i18n/all.js';
import {
  MAX_ENVELOPE_BLOCKS,
  MAX_FILE_BYTES,
  MAX_FORWARD_DEPTH,
  MAX_LINES,
  MAX_MAIL_BYTES,
  MAX_MAIL_LINES,
  MAX_MARKS,
  MAX_PARTS,
} from '../src/opener/limits.js';
import { openerFiles } from '../src/opener-files.js';
import { sealText } from './support/envelope-file.js';

const envelope = Buffer.from(await sealText({ text: 'marzipan' })).toString('latin1');

async function namesIn(content: string | Uint8Array, name = 'file'): Promise<readonly string[]> {
  const found = await findEnvelopes(new File([content as BlobPart], name));
  return found.map((one) => one.name);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof EnvelopeError ? error.code : String(error);
}

let boundaries = 0;

/** A mail with these parts: header lines and content of each. */
function mail(...parts: readonly (readonly [header: string, content: string])[]): string {
  const boundary = `b${boundaries++}`;
  const body = parts.map(([header, content]) => `--${boundary}\n${header}\n\n${content}\n`).join('');
  const type = `Content-Type: multipart/mixed; boundary=${boundary}`;
  return `From: a@example.com\nSubject: x\nMIME-Version: 1.0\n${type}\n\n${body}--${boundary}--\n`;
}

const attached = ['Content-Type: text/html; name="securedoc.html"\nContent-Disposition: attachment', envelope] as const;
const base64 = Buffer.from(envelope).toString('base64').replace(/.{76}/g, '$&\n');
/** What is found only by taking the mail apart. */
const encoded = [
  'Content-Disposition: attachment; filename=a.html\nContent-Transfer-Encoding: base64',
  base64,
] as const;
const note = ['Content-Type: text/plain', 'Please open the attachment.'] as const;

describe('the opener finds', () => {
  it.each([
    ['an envelope, whatever its name', envelope],
    ['one with a byte order mark and CRLF', `\ufeff${envelope.replaceAll('\n', '\r\n')}`],
    ['one in UTF-16', Buffer.from(`\ufeff${envelope}`, 'utf16le')],
    ['one behind a line that a mail system put there', `CAUTION: this mail came from outside\n${envelope}`],
    ['one behind a line that looks like a header', `X-Note: looked at\n${envelope}`],
  ])('%s', async (_, content) => {
    expect(await namesIn(content, 'whatever.bin')).toEqual(['whatever.bin']);
  });

  it('what a mail carries: as an attachment, as its body, forwarded, and in a mailbox file', async () => {
    expect(await namesIn(mail(note, attached))).toEqual(['securedoc.html']);
    expect(await namesIn(mail(note, attached).replaceAll('\n', '\r\n'))).toEqual(['securedoc.html']);
    expect(await namesIn(`From a@example.com Mon Nov 23\n${mail(note, attached)}`)).toEqual(['securedoc.html']);
    expect(await namesIn(`Subject: x\nContent-Type: text/html\n\n${envelope}`, 'm.eml')).toEqual(['m.eml']);
    expect(await namesIn(mail(note, encoded, attached))).toEqual(['a.html', 'securedoc.html']);
    const forwarded = (inner: string): string => mail(note, ['Content-Type: message/rfc822', inner]);
    let deep = mail(encoded);
    for (let depth = 0; depth < MAX_FORWARD_DEPTH; depth++) deep = forwarded(deep);
    expect(await namesIn(deep)).toEqual(['a.html']);
  });

  it('each of the texts that a mail shows, as it was sent', async () => {
    const inline = ['Content-Type: text/html; name="inline.html"\nContent-Disposition: inline', envelope] as const;
    const found = await findEnvelopes(new File([mail(note, inline, inline)], 'm.eml'));
    expect(found.map(({ name }) => name)).toEqual(['inline.html', 'inline.html']);
    // A text before it would make it a page that nobody knows.
    for (const { text } of found) expect(text.trim()).toBe(envelope.trim());
  });

  it('names that show what they are', async () => {
    const header = 'Content-Disposition: attachment; filename="=?utf-8?Q?a=E2=80=AElmth=0A=0Ax.html?="';
    expect(await namesIn(mail(note, [header, envelope]))).toEqual(['almthx.html']);
    expect(await namesIn(envelope, '\u2066\nsecuredoc.html')).toEqual(['securedoc.html']);
  });

  it('nothing in what is none, and says so', async () => {
    const no = [
      '',
      ' ',
      '\0',
      'hello',
      '<!doctype html>\n<p>hello',
      '{"v":1}',
      'Subject: x\n\nhello',
      mail(note),
      'Subject:',
    ];
    for (const text of no) expect(await codeOf(namesIn(text)), text).toBe('NOT_AN_ENVELOPE');
    expect(await codeOf(namesIn(deflateRawSync(envelope)))).toBe('NOT_AN_ENVELOPE');
  });

  it('what is wrong with the only one', async () => {
    expect(await codeOf(namesIn(envelope.slice(0, -500)))).toBe('DAMAGED');
    expect(await codeOf(namesIn(envelope.replace('{"v":1', '{"v":2')))).toBe('UNSUPPORTED_VERSION');
    const newer = ['Content-Type: text/html', envelope.replace('{"v":1', '{"v":7')] as const;
    expect(await codeOf(namesIn(mail(note, newer)))).toBe('UNSUPPORTED_VERSION');
    // But not where there is another.
    expect(await namesIn(mail(newer, attached))).toEqual(['securedoc.html']);
  });

  it('stops at its limits', async () => {
    const huge = new File(['x'], 'film.mp4');
    Object.defineProperty(huge, 'size', { value: MAX_FILE_BYTES + 1 });
    expect(await codeOf(findEnvelopes(huge))).toBe('LIMIT');
    const long = new File([`Subject: x\n\n${'x'.repeat(MAX_MAIL_BYTES)}`], 'm.eml');
    expect(await codeOf(findEnvelopes(long))).toBe('LIMIT');
    const others = Array.from({ length: MAX_PARTS }, () => ['Content-Disposition: attachment', 'x'] as const);
    expect(await codeOf(namesIn(mail(...others, encoded)))).toBe('NOT_AN_ENVELOPE');
    let deep = mail(encoded);
    for (let depth = 0; depth <= MAX_FORWARD_DEPTH; depth++) deep = mail(note, ['Content-Type: message/rfc822', deep]);
    expect(await codeOf(namesIn(deep))).toBe('NOT_AN_ENVELOPE');
  });
});

describe('the opener goes on with', () => {
  /** Fifty times what they take. Without a bound it would be more, or minutes, or more memory than there is. */
  const MOMENT = 20_000;
  const html = (body: string): string => mail(note, ['Content-Type: text/html', body]);

  it.each([
    ['HTML of which a text is hard to make', html('<a href="'.repeat(500_000)), 'NOT_AN_ENVELOPE'],
    ['a mail of empty lines', html('\n'.repeat(10 * MAX_MAIL_LINES)), 'LIMIT'],
    ['a mail of parts', `Content-Type: multipart/mixed; boundary=x\n${'\n--x\n\n'.repeat(50 * MAX_MARKS)}`, 'LIMIT'],
    ['a list of addresses', `To: ${'a:'.repeat(900_000)}\n\nx`, 'NOT_AN_ENVELOPE'],
    ['line ends', '\r'.repeat(MAX_LINES + 1), 'LIMIT'],
    ['blocks', manyBlocks(), 'LIMIT'],
  ])(
    'a file of too many: %s',
    async (_, content, code) => {
      expect(await codeOf(namesIn(content))).toBe(code);
    },
    MOMENT,
  );

  function manyBlocks(): string {
    const [first, end] = ['<script type="application/vnd.sealpost.payload" id="sealpost-payload-', '</script>\n'];
    const blocks = Array.from({ length: MAX_ENVELOPE_BLOCKS + 1 }, (_, n) => `${first}${String(n)}">x${end}`);
    return `${envelope.slice(0, envelope.indexOf(first))}${blocks.join('')}${first}end">x${end}`;
  }
});

describe('the texts of the opener', () => {
  const { en } = openerTexts;
  const holes = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();

  it('are there in every language, each with the same values', () => {
    expect(Object.keys(openerTexts)).toEqual(languages.map(({ code }) => code));
    for (const [code, texts] of Object.entries(openerTexts)) {
      expect(Object.keys(texts), code).toEqual(Object.keys(en ?? {}));
      for (const [key, text] of Object.entries(texts) as [keyof typeof texts, string][]) {
        expect(text.trim(), `${code} ${key}`).not.toBe('');
        expect(holes(text), `${code} ${key}`).toEqual(holes(en?.[key] ?? ''));
      }
    }
  });
});

it('is five files, of which the page is whole by itself', () => {
  const files = openerFiles();
  const text = (name: string): string => Buffer.from(files.get(name) ?? []).toString('utf8');
  expect([...files.keys()]).toEqual(['index.html', 'manifest.webmanifest', 'sw.js', 'icon-192.png', 'icon-512.png']);
  const markup = text('index.html').replace(/(<(script|style)[^>]*>)[^]*?<\/\2>/g, '$1');
  expect(markup.match(/(?:src|href)=.{10}/g)).toEqual(['href="data:imag']);
  const { icons } = JSON.parse(text('manifest.webmanifest')) as { icons: readonly { src: string }[] };
  for (const { src } of icons) expect(files.get(src)?.subarray(1, 4)).toEqual(new TextEncoder().encode('PNG'));
});
