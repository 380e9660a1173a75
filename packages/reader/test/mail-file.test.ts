import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanFileName, type Message, type MessageHeaders } from '@sealpost/core';
import fc from 'fast-check';
import { simpleParser, type AddressObject } from 'mailparser';
import { readMail } from 'sealpost/mail';
import { describe, expect, it } from 'vitest';
import { makeMailFile } from '../src/mail-file.js';
import { throughEnvelope } from './support/parts.js';

interface PostalAddress {
  readonly name: string;
  readonly address?: string;
}

interface PostalMail {
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly from?: PostalAddress;
  readonly to?: readonly PostalAddress[];
  readonly cc?: readonly PostalAddress[];
  readonly subject?: string;
  readonly messageId?: string;
  readonly text?: string;
  readonly html?: string;
  readonly attachments: readonly {
    readonly filename: string | null;
    readonly contentId?: string;
    readonly content: ArrayBuffer;
  }[];
}

/** The library that reads mail for Sealpost. */
const { default: PostalMime } = (await import(
  createRequire(new URL('../../envelope/package.json', import.meta.url)).resolve('postal-mime')
)) as { default: { parse(mail: Uint8Array): Promise<PostalMail> } };

const corpora = fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));
const DEMO = fileURLToPath(new URL('../../../examples/mail/discharge-letter.eml', import.meta.url));

/** What can be told of a mail, whoever reads it. */
interface Read {
  readonly subject: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly string[];
}

/** The mail file that the page makes of a message. */
async function mailFile(message: Partial<Message>): Promise<Buffer> {
  const opened = await throughEnvelope(message);
  const bodies = [
    ...(message.html === undefined ? [] : [{ kind: 'html' as const, content: message.html }]),
    ...(message.text === undefined ? [] : [{ kind: 'text' as const, content: message.text }]),
  ];
  return Buffer.from(await (await makeMailFile(opened.headers, bodies, opened.attachments, {})).arrayBuffer());
}

const oneLine = (text = ''): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
const body = (text = ''): string => text.replace(/\r\n?/g, '\n').trimEnd();
const person = ({ name, address = '' }: PostalAddress): string => `${oneLine(name)} <${address}>`;
const file = (name: string | null | undefined, contentId: string | undefined, content: Uint8Array): string =>
  `${name ?? ''} ${contentId?.replace(/^<|>$/g, '') ?? ''} ${createHash('sha256').update(content).digest('hex')}`;

function expected({ headers, text, html, attachments = [] }: Partial<Message>): Read {
  return {
    subject: oneLine(headers?.subject),
    from: (headers?.from ?? []).slice(0, 1).map(person),
    to: (headers?.to ?? []).map(person),
    cc: (headers?.cc ?? []).map(person),
    text: body(text),
    html: body(html),
    attachments: attachments
      .map(({ name, contentId, content }) => file(cleanFileName(name, ''), contentId, content as Uint8Array))
      .sort(),
  };
}

async function byPostalMime(mail: Buffer): Promise<Read> {
  const read = await PostalMime.parse(mail);
  return {
    subject: oneLine(read.subject),
    from: (read.from === undefined ? [] : [read.from]).map(person),
    to: (read.to ?? []).map(person),
    cc: (read.cc ?? []).map(person),
    text: body(read.text),
    html: body(read.html),
    attachments: read.attachments
      .map(({ filename, contentId, content }) => file(filename, contentId, new Uint8Array(content)))
      .sort(),
  };
}

async function byMailparser(mail: Buffer): Promise<Read> {
  const read = await simpleParser(mail, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const all = (found: AddressObject | AddressObject[] | undefined): readonly string[] =>
    [found ?? []]
      .flat()
      .flatMap(({ value }) => value.map(({ name, address }) => person({ name, address: address ?? '' })));
  return {
    subject: oneLine(read.subject),
    from: all(read.from).slice(0, 1),
    to: all(read.to),
    cc: all(read.cc),
    text: body(read.text),
    html: body(read.html === false ? '' : read.html),
    attachments: read.attachments
      .map(({ filename, cid, contentId, content }) => file(filename, contentId ?? cid, content))
      .sort(),
  };
}

async function expectReadBack(message: Partial<Message>): Promise<Buffer> {
  const mail = await mailFile(message);
  expectTransportable(mail);
  expect(await byPostalMime(mail)).toEqual(expected(asPostalMimeHas(message)));
  expect(await byMailparser(mail)).toEqual(expected(message));
  return mail;
}

/** The message with calendars as postal-mime gives them: it makes LF of their line ends. */
function asPostalMimeHas(message: Partial<Message>): Partial<Message> {
  const attachments = message.attachments?.map((attachment) => ({
    ...attachment,
    ...(/^(?:text\/calendar|application\/ics)/.test(attachment.type)
      ? {
          content: Buffer.from(
            Buffer.from(attachment.content as Uint8Array)
              .toString()
              .replaceAll('\r\n', '\n'),
          ),
        }
      : {}),
  }));
  return { ...message, attachments: attachments ?? [] };
}

/** CRLF and nothing else, and lines that every relay takes. */
function expectTransportable(mail: Buffer): void {
  const lines = mail.toString('latin1').split('\r\n');
  expect(lines.filter((line) => /[\r\n\0]/.test(line) || line.length > 998)).toEqual([]);
  expect(lines.at(-1)).toBe('');
}

const BINARY = Uint8Array.from({ length: 500_000 }, (_, n) => (n * 31 + (n >> 3)) & 0xff);
const HEADERS: MessageHeaders = {
  from: [{ name: 'J\u00f6rg "Joe" M\u00fcller, Dr.', address: 'joerg@example.org' }],
  sender: { name: '', address: 'desk@example.org' },
  replyTo: [{ name: 'R\u00e9ponses', address: 'answers@example.org' }],
  to: [
    { name: '\u691c\u7d22 \u592a\u90ce', address: 'taro@example.com' },
    { name: '', address: 'b@example.com' },
  ],
  cc: [{ name: 'C', address: 'c@example.com' }],
  subject: 'Gr\u00fc\u00dfe \u2013 \u691c\u67fb\u7d50\u679c '.repeat(8).trim(),
  date: '2026-11-22T05:30:00+01:00',
  messageId: '1@example.org',
  inReplyTo: '0@example.org',
  references: ['a@example.org', 'b@example.org'],
};

describe('a mail file', () => {
  it('says what the message said, to three readers of mail', async () => {
    const message: Message = {
      headers: HEADERS,
      text: 'Gr\u00fc\u00dfe\nzwei\n\nFrom drei\n.vier',
      html: '<p>Gr\u00fc\u00dfe <img src="cid:logo@x"></p>',
      attachments: [
        { name: 'Entlassungsbrief \u2013 M\u00fcller.pdf', type: 'application/pdf', content: BINARY },
        { name: "it's (a) 100% \u691c.csv", type: 'text/csv; charset=shift_jis', content: Buffer.from('a\nb\r\nc\rd') },
        { name: 'empty.txt', type: 'text/plain', content: new Uint8Array() },
        {
          name: 'invite.ics',
          type: 'text/calendar; method=REQUEST',
          content: Buffer.from('BEGIN:VCALENDAR\r\n'),
          contentId: 'ics@x',
        },
        { name: 'page.html', type: 'text/html', content: Buffer.from('<p>x'), contentId: 'page@x', inline: true },
        { name: 'logo.png', type: 'image/png', content: BINARY.subarray(0, 57), contentId: 'logo@x', inline: true },
        { name: 'mail.eml', type: 'message/rfc822', content: Buffer.from('Subject: x\r\n\r\n--=_1\r\n\r\nx') },
        { name: 'parts', type: 'multipart/mixed', content: Buffer.from('--=_1--\r\n') },
      ],
    };
    const mail = await expectReadBack(message);
    const read = await readMail(mail);
    expect(read.headers).toEqual(HEADERS);
    expect(read.original).toBeUndefined();
    const kinds = read.attachments.map(({ name, type, inline = false }) => `${name} ${type} ${inline}`);
    expect(kinds).toContain('invite.ics text/calendar; method=REQUEST false');
    expect(kinds).toContain('logo.png image/png true');
    expect(kinds).toContain('mail.eml application/octet-stream false');
  });

  it.each<Partial<Message>>([
    { text: 'only text' },
    { html: '<p>only HTML</p>' },
    {},
    { attachments: [{ name: 'a.bin', type: 'application/x-a', content: BINARY.subarray(0, 3) }] },
    {
      html: '<img src="cid:a">',
      attachments: [{ name: '', type: 'image/png', content: BINARY, contentId: 'a', inline: true }],
    },
  ])('has the parts that there are, and no others: %#', async (message) => {
    await expectReadBack({ headers: { subject: 's' }, ...message });
  });

  it('has the author\u2019s own time, and none where there is none', async () => {
    for (const [date, shown] of [
      ['2026-11-22T05:30:00+01:00', 'Date: Sun, 22 Nov 2026 05:30:00 +0100'],
      ['2026-11-22T05:30:00.25Z', 'Date: Sun, 22 Nov 2026 05:30:00 +0000'],
      ['2026-11-22T05:30:00-09:30', 'Date: Sun, 22 Nov 2026 05:30:00 -0930'],
      ['yesterday', undefined],
      ['2026-99-22T05:30:00Z', undefined],
      ['\r\nBcc: x@x.example\r\nT05:30:00Z', undefined],
    ] as const) {
      const mail = (await mailFile({ headers: { date } })).toString('latin1');
      expect(/^Date: .*$/m.exec(mail)?.[0].trim()).toBe(shown);
      expect(mail).not.toContain('Bcc');
    }
  });

  it('26: has no header of anybody else\u2019s making', async () => {
    const evil = [
      'x\r\nBcc: evil@x.example',
      'x\nBcc: evil@x.example',
      'x\rBcc: e',
      'a\0b',
      '\u2028Bcc: e',
      '>, <evil@x.example',
      '\u00e4'.repeat(1_500),
    ];
    for (const text of evil) {
      const people = [
        { name: text, address: text },
        { name: '', address: text },
      ];
      const mail = await mailFile({
        headers: {
          from: people,
          sender: people[0]!,
          replyTo: people,
          to: people,
          cc: people,
          subject: text,
          date: text,
          messageId: text,
          inReplyTo: text,
          references: [text, text],
        },
        text,
        html: text,
        attachments: [
          { name: text, type: text.slice(0, 200), content: Buffer.from(text), contentId: text, inline: true },
          { name: `${text}"; x="`, type: `text/plain; ${text}`.slice(0, 200), content: Buffer.from(text) },
        ],
      });
      expectTransportable(mail);
      const read = await PostalMime.parse(mail);
      const keys = read.headers.map(({ key }) => key).sort();
      expect(keys).toEqual([
        'cc',
        'content-type',
        'from',
        'in-reply-to',
        'message-id',
        'mime-version',
        'references',
        'reply-to',
        'sender',
        'subject',
        'to',
      ]);
      // Nor one that it would become in an answer.
      expect(read.subject).not.toMatch(/\p{Cc}/u);
      expect(read.to).toHaveLength(2);
      expect(read.attachments).toHaveLength(2);
    }
  });

  it('is read back whatever the message holds', async () => {
    const word = fc.oneof(fc.string({ maxLength: 90 }), fc.string({ unit: 'binary', maxLength: 90 }));
    const name = word.map(oneLine);
    const local = fc.stringMatching(/^[a-z0-9.+_-]{1,20}$/).map((one) => one.replace(/\.+/g, 'a'));
    const people = fc.array(fc.record({ name, address: local.map((one) => `${one}@x.example`) }), {
      minLength: 1,
      maxLength: 4,
    });
    const attachment = fc.record({
      name: word,
      type: fc.oneof(
        fc.string({ minLength: 1, maxLength: 90 }),
        fc.constantFrom('text/plain', 'image/png', 'message/rfc822', 'multipart/mixed; boundary="=_1"'),
      ),
      content: fc.uint8Array({ maxLength: 200 }),
      contentId: fc.stringMatching(/^[a-z]{1,9}@x$/),
      inline: fc.boolean(),
    });
    // Readers of mail take leading and trailing blank lines of a body away.
    const content = fc.string({ minLength: 1, maxLength: 200 }).map((one) => `b${one.replace(/\p{Cc}/gu, '\n')}e`);
    const message = fc.record({
      headers: fc.record({ subject: name, from: people, to: people, cc: people }),
      text: content,
      html: fc.option(content, { nil: undefined }),
      attachments: fc.array(attachment, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(message, async ({ html, ...rest }) => {
        await expectReadBack({ ...rest, ...(html === undefined ? {} : { html }) });
      }),
      { numRuns: 60 },
    );
  });

  it('is the demo\u2019s mail again', async () => {
    await expectReadBack(await readMail(readFileSync(DEMO)));
  });
});

function mailsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eml'))
    .sort();
}

const missing = !existsSync(corpora);
const mails = missing ? [] : mailsIn(corpora);
if (missing) console.log('SKIPPED mail files of the corpora: ../shared/corpora is not there');

it.skipIf(missing)('mails from the wild that have HTML come back', { timeout: 300_000 }, async () => {
  let count = 0;
  for (const name of mails) {
    const message = await readMail(readFileSync(path.join(corpora, name))).catch(() => undefined);
    if (message?.html === undefined) continue;
    count++;
    const mail = await mailFile(message);
    expectTransportable(mail);
    expect(await byPostalMime(mail), name).toEqual(expected(asPostalMimeHas(message)));
    expect(await byMailparser(mail), name).toEqual(expected(message));
  }
  expect(count).toBe(60);
});
