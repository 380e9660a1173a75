import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  MAX_ADDRESSES,
  MAX_BODY_BYTES,
  MAX_DEPTH,
  MAX_HEADER_BYTES,
  MAX_NAME_BYTES,
  MAX_PARTS,
  MAX_RAW_BYTES,
  MAX_REFERENCES,
  readMail,
} from '../src/mail/index.js';

const FROM = 'From: a@example.org\r\n';

function mail(...lines: readonly string[]): Uint8Array {
  return Buffer.from(FROM + lines.join('\r\n'), 'latin1');
}

function nested(levels: number): Uint8Array {
  const opened = Array.from(
    { length: levels },
    (_, i) => `Content-Type: multipart/mixed; boundary=b${String(i)}\r\n\r\n--b${String(i)}\r\n`,
  );
  return mail(`${opened.join('')}\r\nhi`);
}

function parts(count: number): Uint8Array {
  return mail('Content-Type: multipart/mixed; boundary=b', '', '--b\r\n\r\nx\r\n'.repeat(count - 1), '--b--');
}

describe('limits, at the limit and one beyond', () => {
  test.each<[string, (over: 0 | 1) => Uint8Array, { readonly maxBytes?: number }?]>([
    ['size', (over) => mail('', 'x'.repeat(100 - FROM.length - 2 + over)), { maxBytes: 100 }],
    ['depth', (over) => nested(MAX_DEPTH + over)],
    ['parts', (over) => parts(MAX_PARTS + over)],
    ['header block', (over) => mail(`X: ${'y'.repeat(MAX_HEADER_BYTES - FROM.length - 5 + over)}`, '', 'x')],
    [
      'header block of a part',
      (over) =>
        mail(
          'Content-Type: multipart/mixed; boundary=b',
          '',
          '--b',
          `X: ${'y'.repeat(MAX_HEADER_BYTES - 5 + over)}`,
          '',
          'x',
        ),
    ],
    [
      'all header blocks',
      // Sixteen of them, with the mail's own beyond four MiB or not.
      (over) =>
        mail(
          'Content-Type: multipart/mixed; boundary=b',
          '',
          `--b\r\nX: ${'y'.repeat(262_000)}\r\n\r\nx\r\n`.repeat(16 + over),
        ),
    ],
    ['addresses', (over) => mail(`To: ${'a@b.example,'.repeat(MAX_ADDRESSES - 1 + over)}`, '', 'x')],
    [
      'addresses in many fields',
      (over) => mail(...Array.from({ length: MAX_ADDRESSES - 1 + over }, () => 'Cc: a@b.example'), '', 'x'),
    ],
  ])('%s', async (_, make, options) => {
    await expect(readMail(make(0), options)).resolves.toBeDefined();
    await expect(readMail(make(1), options)).rejects.toMatchObject({ name: 'EnvelopeError', code: 'LIMIT' });
  });

  test('more text than is shown travels as an attachment', async () => {
    const message = await readMail(mail('Content-Type: text/plain', '', 'x'.repeat(MAX_BODY_BYTES + 1)));
    expect(message.text).toBeUndefined();
    expect(message.attachments).toMatchObject([{ name: 'attachment-1.txt' }]);
    expect(message.attachments[0]?.content).toHaveLength(MAX_BODY_BYTES + 1);
  });

  test('of too many references the first and the latest are kept', async () => {
    const ids = Array.from({ length: MAX_REFERENCES + 5 }, (_, i) => `<${String(i)}@x>`);
    const { references } = (await readMail(mail(`References: ${ids.join(' ')}`, '', 'x'))).headers;
    expect(references).toHaveLength(MAX_REFERENCES);
    expect([references?.[0], references?.[1], references?.at(-1)]).toEqual([
      '0@x',
      '6@x',
      `${String(MAX_REFERENCES + 4)}@x`,
    ]);
    expect(MAX_NAME_BYTES).toBe(4096);
  });
});

/**
 * Five seconds of the processor's and 1 GiB for any mail: on a gateway a message that takes minutes stops all the others. What else the machine
 * does meanwhile does not count.
 */
const MOST_MS = 5000;
const MAX_RSS_KIB = 1024 * 1024;

describe('hostile mail costs seconds at most, each in a process of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-mail-'));
  const reader = join(folder, 'reader.mjs');

  beforeAll(() => {
    buildSync({
      stdin: {
        contents: `
          import { readFileSync } from 'node:fs';
          import { findEnvelope, readMail } from './index.ts';
          const raw = readFileSync(process.argv[2]);
          const took = async (job) => {
            const start = process.cpuUsage();
            let outcome = 'read';
            try { await job(raw); } catch (error) { outcome = error.code; }
            const { user, system } = process.cpuUsage(start);
            return { outcome, ms: (user + system) / 1000 };
          };
          const read = await took(readMail);
          const found = await took(findEnvelope);
          process.stdout.write(JSON.stringify({ read, found, rss: process.resourceUsage().maxRSS }));
        `,
        resolveDir: fileURLToPath(new URL('../src/mail', import.meta.url)),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['source'],
      outfile: reader,
    });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const MIB = 1024 * 1024;
  const HEAD = `${FROM}Content-Type: multipart/mixed; boundary=b\n\n--b\n`;
  const filled = (head: string, unit: string, size: number = MAX_RAW_BYTES): Buffer => {
    const bytes = Buffer.alloc(size, unit, 'latin1');
    bytes.write(head, 'latin1');
    return bytes;
  };
  const text = (type: string, unit: string): Buffer => filled(`${FROM}Content-Type: ${type}\n\n`, unit, MAX_BODY_BYTES);
  const encoded = (encoding: string, unit: string, head = ''): Buffer =>
    filled(`${FROM}Content-Type: a/b\nContent-Transfer-Encoding: ${encoding}\n\n${head}`, unit);
  const field = (head: string, unit: string, tail = ''): Buffer =>
    Buffer.from(`${FROM}${head}${unit.repeat(Math.floor(250_000 / unit.length))}${tail}\n\nx`, 'latin1');
  const deep = Array.from({ length: MAX_DEPTH }, (_, i) => `${'q'.repeat(50)}${String.fromCharCode(48 + i)}`)
    .map((boundary) => `Content-Type: multipart/mixed; boundary="${boundary}"\n\n--${boundary}\n`)
    .join('');

  test.each<[string, () => Buffer]>([
    [
      '1.8 MB of nested message/rfc822',
      () => Buffer.from(`${FROM}${'Content-Type: message/rfc822\n\nFrom: a@example.org\n'.repeat(35_000)}`),
    ],
    ['an HTML body of 16 MiB, all tags', () => text('text/html', '<p><a href="cid:a">&amp;')],
    [
      'a text of 16 MiB to be escaped',
      () => Buffer.concat([Buffer.from(`${HEAD}Content-Type: text/html\n\n<p>\n--b\n\n`), Buffer.alloc(15 * MIB, '&')]),
    ],
    ['a text of 16 MiB of CR', () => text('text/plain', '\r')],
    ['a text of 16 MiB, wrongly UTF-8', () => text('text/plain; charset=utf-8', '\xc3\xa9\xff')],
    ['a text of 16 MiB in UTF-7', () => text('text/plain; charset=utf-7', '+AOk-')],
    ['flowed text of 16 MiB', () => text('text/plain; format=flowed', '> a \n')],
    ['64 MiB of empty lines', () => filled(`${HEAD}\n`, '\n')],
    ['64 MiB of lines that look like delimiters', () => filled(`${HEAD}\n`, '--b1\n')],
    [
      'the same, below 64 boundaries that differ in their last character',
      () => filled(`${FROM}${deep}\n`, `--${'q'.repeat(50)}!\n`),
    ],
    ['64 MiB of delimiters', () => filled(HEAD, '--b\n')],
    ['64 MiB of blanks behind a delimiter', () => filled(`${HEAD}\n--b`, ' ')],
    ['64 MiB without a line end', () => filled(FROM, 'x')],
    ['64 MiB of CR', () => filled('', 'From: a@example.org\r')],
    ['64 MiB of base64', () => encoded('base64', 'QUFB')],
    [
      '64 MiB of blanks in a data form',
      () => filled(`${FROM}Content-Type: a/b\n\nsealpost/1\n{}`, `${' '.repeat(999)}x`),
    ],
    ['64 MiB of short runs of blanks in a data form', () => filled(`${FROM}\nsealpost/1\n{}`, `${' '.repeat(32)}x`)],
    [
      '64 MiB of header tags',
      () => filled(`${FROM}\n`, '<script type="application/vnd.sealpost.header+json" id="sealpost-header">{}\n'),
    ],
    [
      'a thousand parts that begin like an envelope',
      () => Buffer.from(`${HEAD}\n${`--b\n\nsealpost/1\n{"a":${'['.repeat(60_000)}\n\n`.repeat(950)}`),
    ],
    ['64 MiB of padding', () => encoded('base64', '=')],
    ['64 MiB of broken escapes', () => encoded('quoted-printable', `=${' '.repeat(1000)}x`)],
    ['64 MiB of uuencoded lines that claim more than they hold', () => encoded('x-uuencode', 'M\n', 'begin 644 a\n')],
    [
      'a thousand parts with long names',
      () => Buffer.from(`${HEAD}\n${`--b\nContent-Type: x/y; name="${'\\"'.repeat(2000)}"\n\n`.repeat(950)}`),
    ],
    ['brackets in an address field', () => field('To: ', '<')],
    ['groups within groups', () => field('To: ', 'a:')],
    ['quotes in an address field', () => field('To: ', '"a"@')],
    ['encoded words in an address field', () => field('To: ', '=?utf-8?q?a?= ')],
    ['encoded words that never end', () => field('Subject: ', '=?a?q?')],
    ['comments within comments', () => field('Content-Type: a/b; name=x', ' (', ')x')],
    ['escapes in a parameter', () => field('Content-Type: a/b; x="', '\\"')],
    ['parameters', () => field('Content-Type: a/b', '; a*1*=%41')],
    ['quotes around a charset', () => field('Content-Type: text/plain; charset="a', "'", 'x"')],
    ['blanks in a boundary', () => field('Content-Type: multipart/mixed; boundary="', ' ', 'x"')],
    ['blanks in a Date', () => field('Date: ', '( ')],
    ['folded blank lines in a Subject', () => field('Subject: a', '\n  ', 'x')],
  ])('%s', { timeout: 60_000 }, (_, make) => {
    const file = join(folder, 'hostile.eml');
    writeFileSync(file, make());
    const { read, found, rss } = JSON.parse(execFileSync(process.execPath, [reader, file], { encoding: 'utf8' })) as {
      readonly read: { readonly outcome: string; readonly ms: number };
      readonly found: { readonly outcome: string; readonly ms: number };
      readonly rss: number;
    };
    for (const { outcome, ms } of [read, found]) {
      expect(['read', 'LIMIT', 'BAD_MAIL']).toContain(outcome);
      expect(ms).toBeLessThan(MOST_MS);
    }
    expect(rss).toBeLessThan(MAX_RSS_KIB);
    if (process.env['MAIL_COSTS'] !== undefined)
      console.log(
        `${_}: ${read.ms.toFixed(0)} ms, ${found.ms.toFixed(0)} ms, ${(rss / 1024).toFixed(0)} MiB, ${read.outcome}`,
      );
  });
});
