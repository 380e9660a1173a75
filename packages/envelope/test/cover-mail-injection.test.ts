import { HEADER_TAG } from '@sealpost/core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  coverMail,
  FACE_LENGTHS,
  seal,
  type CoverMailFile,
  type CoverMailOptions,
  type Message,
  type MessageHeaders,
} from '../src/index.js';
import { readMail } from '../src/mail/index.js';
import { headerFields, lastPart, parsers, transportFaults } from './support/raw-mail.js';

/** What a cover mail refuses, and what no value can make of it. */

const headers: MessageHeaders = {
  from: [{ name: 'Ward', address: 'ward@clinic.example' }],
  to: [{ name: 'Ada', address: 'ada@example.net' }],
  subject: 'Results',
  date: '2026-11-22T05:30:00+01:00',
  messageId: '1@clinic.example',
};

const PLAIN_FIELDS = ['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version', 'Content-Type'];
const ALL_FIELDS = [...PLAIN_FIELDS, 'Cc', 'Sender', 'Reply-To', 'In-Reply-To', 'References'];

let sealed: CoverMailFile;
let passphrase: string;

beforeAll(async () => {
  const generated = await seal({ headers, text: 'Good news.' });
  passphrase = generated.passphrase!;
  const bytes = await generated.bytes();
  sealed = { fileName: 'securedoc.html', passphrase, bytes: () => Promise.resolve(bytes) };
});

const breaks = ['\r\n', '\r', '\n', '\0', '\n\n', '\r\n\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f', '\u001b[2J'];
const nasty = breaks.map((between) => `a${between}Bcc: evil@x.test`);

async function expectPlain(raw: Uint8Array, fields: readonly string[] = PLAIN_FIELDS): Promise<void> {
  expect(transportFaults(raw)).toEqual([]);
  expect(
    headerFields(raw)
      .map(([name]) => name)
      .sort(),
  ).toEqual([...fields].sort());
  for (const parse of Object.values(parsers)) {
    const mail = await parse(raw);
    expect([mail.from, mail.to, mail.cc]).toEqual([['ward@clinic.example'], ['ada@example.net'], []]);
    expect(mail.attachments.map(({ name }) => name)).toEqual(['securedoc.html']);
  }
}

describe.each(nasty.map((value) => [JSON.stringify(value), value] as const))('%s', (_name, value) => {
  it('in a text stays a text', async () => {
    const name = (address: string): { name: string; address: string } => ({ name: value, address });
    const people = { from: [name('ward@clinic.example')], to: [name('ada@example.net')] };
    await expectPlain(await coverMail(sealed, { headers: { ...headers, ...people } }));
    const subject = { ...headers, subject: value };
    const original = await coverMail(sealed, { headers: subject, subject: 'original' });
    await expectPlain(original);
    expect((await parsers.mailparser(original)).subject).toMatch(/^a .*Bcc: evil@x\.test \[-Encrypted-\]$/);
    const face = { org: value, contact: value, hint: value };
    await expectPlain(await coverMail(sealed, { headers, face }));
  });

  const refused: readonly (readonly [string, MessageHeaders])[] = [
    ['from', { ...headers, from: [{ name: '', address: value }] }],
    ['to', { ...headers, to: [{ name: '', address: value }] }],
    ['cc', { ...headers, cc: [{ name: '', address: value }] }],
    ['sender', { ...headers, sender: { name: '', address: value } }],
    ['replyTo', { ...headers, replyTo: [{ name: '', address: value }] }],
    ['date', { ...headers, date: value }],
  ];

  it.each(refused)('in an address or a date is refused: %s', async (_field, bad) => {
    await expect(coverMail(sealed, { headers: bad })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('in an identifier is refused or left out', async () => {
    for (const field of ['messageId', 'inReplyTo'] as const) {
      await refusedOrPlain({ ...headers, [field]: value });
    }
    await refusedOrPlain({ ...headers, references: [value] });
  });

  it('in a file name, a language or an opener is refused', async () => {
    const invalid = { code: 'INVALID_ARGUMENT' };
    await expect(coverMail({ ...sealed, fileName: value }, { headers })).rejects.toMatchObject(invalid);
    await expect(coverMail(sealed, { headers, languages: [value] })).rejects.toMatchObject(invalid);
    for (const opener of [value, `https://x.example/${value}`, `https://x.example${value}`]) {
      await expect(coverMail(sealed, { headers, face: { opener } })).rejects.toMatchObject(invalid);
    }
    await expect(coverMail(sealed, { headers, face: { color: value } })).rejects.toMatchObject(invalid);
  });
});

async function refusedOrPlain(bad: MessageHeaders): Promise<void> {
  const made = await coverMail(sealed, { headers: bad }).catch((error: unknown) => error);
  if (made instanceof Uint8Array) await expectPlain(made);
  else expect(made).toMatchObject({ code: 'INVALID_ARGUMENT' });
}

describe('addresses', () => {
  it.each([
    ['a second one', 'ada@example.net, evil@x.test'],
    ['a closing bracket', 'ada@example.net>, <evil@x.test'],
    ['a group', 'g: ada@example.net, evil@x.test;'],
    ['a comment', 'ada@example.net (x) evil@x.test'],
    ['a quote', '"ada@example.net, evil@x.test'],
    ['a route', '<@relay.test:evil@x.test>'],
  ])('stay one mailbox: %s', async (_name, address) => {
    const raw = await coverMail(sealed, { headers: { ...headers, to: [{ name: '', address }] } });
    expect(transportFaults(raw)).toEqual([]);
    for (const parse of Object.values(parsers)) expect((await parse(raw)).to).toHaveLength(1);
  });

  it('too long for a mail are refused, without being told to anybody', async () => {
    const to = [{ name: '', address: `secret${'a'.repeat(1_000)}@example.net` }];
    const error = (await coverMail(sealed, { headers: { ...headers, to } }).catch(
      (thrown: unknown) => thrown,
    )) as Error;
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(error.message).not.toContain('secret');
  });

  it('that need SMTPUTF8 are the only bytes outside ASCII', async () => {
    const to = [{ name: 'Jörg', address: 'jörg@bücher.example' }];
    const raw = await coverMail(sealed, { headers: { ...headers, to } });
    expect(transportFaults(raw)).toEqual(['a byte that is not printable ASCII']);
    expect(transportFaults(Buffer.from(Buffer.from(raw).toString().replace('jörg@bücher', 'x')))).toEqual([]);
    const ascii = [{ name: 'Jörg', address: 'joerg@bücher.example' }];
    expect(transportFaults(await coverMail(sealed, { headers: { ...headers, to: ascii } }))).toEqual([]);
  });
});

describe('an identifier', () => {
  it.each([
    ['outside ASCII', 'jörg@example.net'],
    ['too long for a line', `${'a'.repeat(1_000)}@example.net`],
    ['that is empty', ''],
    ['with a blank', 'a b@example.net'],
    ['with brackets', 'a><b@example.net'],
    ['with a control character', 'a\u0007@example.net'],
  ])('%s is left out, and the mail has one of its own', async (_name, id) => {
    const raw = await coverMail(sealed, {
      headers: { ...headers, messageId: id, inReplyTo: id, references: [id, 'kept@example.net'] },
    });
    await expectPlain(raw, [...PLAIN_FIELDS, 'References']);
    expect(headerFields(raw)).toContainEqual(['References', '<kept@example.net>']);
    expect((await parsers.mailparser(raw)).messageId).toMatch(/^<[0-9a-f]{32}@clinic\.example>$/);
  });
});

describe('an identifier of its own', () => {
  it.each([
    ['ward@clinic.example', 'clinic.example'],
    ['ward@klinik-süd.example', 'xn--klinik-sd-x9a.example'],
    ['ward@[192.0.2.1]', '[192.0.2.1]'],
    ['ward@[IPv6:2001:db8::1]', '[IPv6:2001:db8::1]'],
    ['"a@b"@clinic.example', 'clinic.example'],
    ['ward@süd/clinic', 'sealpost.invalid'],
    ['ward@süd:25', 'sealpost.invalid'],
    ['ward', 'sealpost.invalid'],
  ])('of %s ends in %s', async (address, domain) => {
    const raw = await coverMail(sealed, { headers: { ...headers, messageId: '', from: [{ name: '', address }] } });
    const id = headerFields(raw).find(([name]) => name === 'Message-ID')?.[1];
    expect(id).toMatch(/^<[0-9a-f-]+@[^@]+>$/);
    expect(id?.slice(id.indexOf('@') + 1, -1)).toBe(domain);
  });
});

describe('a dot at the end of a long word', () => {
  it.each(['x', 'ü'])('is never alone on its line: after %s', async (first) => {
    for (let length = 50; length < 100; length++) {
      const contact = `${first}${'x'.repeat(length)}.`;
      expect(transportFaults(await coverMail(sealed, { headers, face: { contact } }))).toEqual([]);
    }
  });
});

describe('Bcc', () => {
  it('is not taken from the mail that was sealed', async () => {
    const raw = Buffer.from(
      'From: ward@clinic.example\r\nTo: ada@example.net\r\nBcc: blind-copy@example.net\r\nDate: Sun, 22 Nov 2026 05:30:00 +0100\r\n\r\nx',
    );
    const { headers: read } = await readMail(raw);
    const cover = Buffer.from(await coverMail(sealed, { headers: read, subject: 'original' }));
    await expectPlain(cover);
    expect(cover.includes('blind-copy')).toBe(false);
  });

  it('is not taken from an object that has one', async () => {
    const withBcc = { ...headers, bcc: [{ name: '', address: 'blind-copy@example.net' }] } as MessageHeaders;
    const cover = Buffer.from(await coverMail(sealed, { headers: withBcc }));
    await expectPlain(cover);
    expect(cover.includes('blind-copy')).toBe(false);
  });
});

describe('what looks like an encoded word', () => {
  it('is shown as it is', async () => {
    const [subject, name] = ['=?utf-8?q?Evil?=', '=?utf-8?q?ceo=40bank.example?='];
    const people = { from: [{ name, address: 'ward@clinic.example' }], subject };
    const raw = await coverMail(sealed, { headers: { ...headers, ...people }, subject: 'original' });
    await expectPlain(raw);
    const shown = { ...headers, ...people, subject: `${subject} [-Encrypted-]` };
    expect((await readMail(raw)).headers).toMatchObject(shown);
    const org = await coverMail(sealed, { headers, face: { org: subject } });
    for (const parse of Object.values(parsers)) {
      expect((await parse(raw)).subject).toBe(shown.subject);
      expect((await parse(org)).subject).toBe(`Secure message (${subject})`);
    }
  });
});

describe('markup', () => {
  const markup = '</td></table><a href="https://evil.test">"\'<img src=x onerror=alert(1)><!--&lt;';

  it('in a text stays a text', async () => {
    const face = { org: markup, contact: markup, hint: markup };
    for (const subject of ['neutral', 'original'] as const) {
      const raw = await coverMail(sealed, { headers: { ...headers, subject: markup }, subject, face });
      const { html } = await parsers['postal-mime'](raw);
      const tags = new Set(Array.from(html.matchAll(/<[!/]?([a-z]+|-)/g), ([, name]) => name));
      expect([...tags].sort()).toEqual(
        ['b', 'body', 'br', 'doctype', 'head', 'html', 'li', 'meta', 'ol', 'p', 'table', 'td', 'title', 'tr'].sort(),
      );
      expect(html.match(/<[^>]*(?:href|src|onerror)[^>]*>/g)).toBeNull();
    }
  });
});

describe('the stand-in for the envelope', () => {
  it('in a text stays a text', async () => {
    const standIn = '=sealpost-envelope=';
    const face = { org: standIn, contact: standIn, hint: standIn };
    const raw = await coverMail(sealed, { headers: { ...headers, subject: standIn }, subject: 'original', face });
    await expectPlain(raw);
    const mail = await parsers.mailparser(raw);
    expect([mail.subject, mail.text.split(standIn).length]).toEqual([`${standIn} [-Encrypted-]`, 4]);
    expect(lastPart(raw).body.replaceAll('\r\n', '\n')).toBe(Buffer.from(await sealed.bytes()).toString('latin1'));
  });
});

describe('the opener', () => {
  it.each([
    ['http', 'http://open.example'],
    ['another scheme', 'javascript:alert(1)'],
    ['no scheme', 'open.example'],
    ['capitals', 'HTTPS://open.example'],
    ['a user name', 'https://bank.example@evil.test/'],
    ['a password', 'https://a:b@evil.test/'],
    ['a backslash', 'https://bank.example\\@evil.test/'],
    ['a blank', 'https://open.example/a b'],
    ['no host', 'https://'],
    ['a host outside ASCII', 'https://öpen.example'],
    ['too long', `https://open.example/${'a'.repeat(130)}`],
    ['not a text', 5 as unknown as string],
  ])('is refused: %s', async (_name, opener) => {
    await expect(coverMail(sealed, { headers, face: { opener } })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('of the longest length fits, whatever it holds', async () => {
    const opener = `https://open.example/${'&'.repeat(129)}`;
    expect(opener).toHaveLength(FACE_LENGTHS.coverOpener);
    await expectPlain(await coverMail(sealed, { headers, face: { opener } }));
  });

  it('is escaped', async () => {
    const opener = `https://open.example/?a="><img src=x>&b='`;
    const raw = await coverMail(sealed, { headers, face: { opener: opener.replaceAll(' ', '+') } });
    expect((await parsers.mailparser(raw)).html).not.toContain('<img');
  });
});

describe('what is refused', () => {
  const cases: readonly (readonly [string, unknown, unknown])[] = [
    ['no headers', {}, {}],
    ['no sender', {}, { headers: { to: headers.to } }],
    ['a sender without an address', {}, { headers: { ...headers, from: [{ name: 'Ward', address: '' }] } }],
    ['To as mailparser gives it', {}, { headers: { ...headers, to: { value: headers.to } } }],
    ['a subject that is no text', {}, { headers: { ...headers, subject: 5 }, subject: 'original' }],
    ['a recipient without a name', {}, { headers: { ...headers, to: [{ address: 'ada@example.net' }] } }],
    ['a recipient that is a text', {}, { headers: { ...headers, cc: ['ada@example.net'] } }],
    ['references in one text', {}, { headers: { ...headers, references: '<a@b> <c@d>' } }],
    ['a date that is no text', {}, { headers: { ...headers, date: new Date() } }],
    ['another subject', {}, { headers, subject: 'Results' }],
    ['another transfer encoding', {}, { headers, transfer: 'quoted-printable' }],
    ['no language', {}, { headers, languages: [] }],
    ['another language', {}, { headers, languages: ['tlh'] }],
    ['a long organisation', {}, { headers, face: { org: 'x'.repeat(201) } }],
    ['a long contact', {}, { headers, face: { contact: 'x'.repeat(501) } }],
    ['a hint that is no text', {}, { headers, face: { hint: 5 } }],
    ['a file name with a path', { fileName: '../x.html' }, { headers }],
    ['a file name that is not ASCII', { fileName: 'ü.html' }, { headers }],
    ['no file name', { fileName: '' }, { headers }],
    ['a page that is no envelope', { bytes: bytesOf('<!doctype html>\n<p>clear text\n') }, { headers }],
    ['an empty file', { bytes: bytesOf('') }, { headers }],
    ['clear text behind the first line of a data form', { bytes: bytesOf('sealpost/1\nIn clear\n') }, { headers }],
    ['lines that mail changes', { bytes: bytesOf('sealpost/1\n.\nFrom x\n') }, { headers }],
    ['clear text in the place of a header', { bytes: bytesOf(`<p>x</p>\n${HEADER_TAG}\nIn clear\n`) }, { headers }],
  ];

  it.each(cases)('%s', async (_name, file, options) => {
    await expect(coverMail({ ...sealed, ...(file as object) }, options as never)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });

  it.each<readonly [unknown, unknown, string]>([
    [null, { headers }, 'sealed is not an object; hand in what seal() returned'],
    [{}, undefined, 'options is not an object; give at least { headers }'],
    [{}, { headers: null }, 'headers is not an object; give those of the mail that was sealed'],
    [{}, { headers, face: null }, 'face is not an object; give the one of seal(), or none'],
    [{}, { headers, languages: [] }, 'languages is not a list of some of en, '],
    [{}, { headers, languages: null }, 'languages is not a list of some of en, '],
    [{}, { headers, transfer: '8bit' }, 'options.transfer is not "7bit" or "base64"'],
    [
      {},
      { headers: { ...headers, from: [null] } },
      'headers.from holds something that is not { name, address } with two texts',
    ],
    [{ fileName: undefined }, { headers }, 'sealed.fileName is not a text; give one such as "securedoc.html"'],
    [
      { fileName: '..' },
      { headers },
      'sealed.fileName is only dots, or not 1 to 100 letters, digits, ".", "_" and "-"; give',
    ],
    [{ bytes: undefined }, { headers }, 'sealed.bytes is not a function; hand in what seal() returned'],
    [{ bytes: () => 'sealpost/1' }, { headers }, 'sealed.bytes() gives no Uint8Array; hand in what seal() returned'],
    [{ passphrase: 5 }, { headers }, 'sealed.passphrase is not a text; leave it out where you have none'],
  ])('a value of another type, in these words: %j %j', async (file, options, message) => {
    const handed = file === null ? file : { ...sealed, ...(file as object) };
    const error: unknown = await coverMail(handed as never, options as never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'EnvelopeError', code: 'INVALID_ARGUMENT' });
    expect((error as Error).message).toContain(message);
  });

  it.each(['html', 'data'] as const)('an envelope with clear text in it: %s', async (form) => {
    const made = await seal({ headers, text: 'Good news.' }, { form });
    const text = Buffer.from(await made.bytes()).toString('latin1');
    const lines = text.split('\n');
    const places = form === 'data' ? [0, 1, 2, 3, 4, 5] : [0, 1, 5, lines.length - 20, lines.length - 2];
    for (const at of places) {
      const changed = [...lines.slice(0, at), 'In clear', ...lines.slice(at)].join('\n');
      await expect(coverMail({ ...made, bytes: bytesOf(changed) }, { headers })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        message: expect.stringMatching(/^sealed\.bytes\(\) gives /) as string,
      });
    }
    expect(await coverMail({ ...made, bytes: bytesOf(text) }, { headers })).toBeInstanceOf(Uint8Array);
  });

  it('an envelope that a mail system has changed', async () => {
    const text = Buffer.from(await sealed.bytes()).toString('latin1');
    for (const changed of [
      `${text}\n`,
      `${text} `,
      `\ufeff${text}`,
      text.replace('\n', ' \n'),
      text.replaceAll('\n', '\r\n'),
      text.trimEnd(),
      text.replace('\n', '\nü'),
      text.replace('\n', `\n${'x'.repeat(991)}\n`),
      text.replace('\n', '\n\0'),
    ]) {
      await expect(coverMail({ ...sealed, bytes: bytesOf(changed) }, { headers })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
      });
    }
  });

  it('the passphrase in the mail that carries the envelope', async () => {
    for (const where of ['org', 'contact', 'hint'] as const) {
      const face = { [where]: `It is ${passphrase}` };
      const error = (await coverMail(sealed, { headers, face }).catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
      expect(error.message).not.toContain(passphrase);
    }
    const told = { ...headers, subject: `passphrase: ${passphrase}` };
    await expect(coverMail(sealed, { headers: told, subject: 'original' })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    expect(Buffer.from(await coverMail(sealed, { headers: told })).includes(passphrase)).toBe(false);
  });

  const given = 'Correct horse-Battery, staple';
  const typings = [
    given,
    'correct  HORSE battery.staple',
    'correct\u00a0horse\u2013battery_staple',
    'c0rrecthorsebatterystap1e',
  ];

  it.each(typings)('a passphrase that was given and is handed in, written as %s', async (typed) => {
    const told = `it is ${typed}!`;
    const mailbox = { name: told, address: 'ada@example.net' };
    const cases: readonly (readonly [string, Partial<CoverMailFile>, Partial<CoverMailOptions>])[] = [
      ['face.hint', {}, { face: { hint: told } }],
      ['face.opener', {}, { face: { opener: `https://open.example/${typed.replace(/[^!-~]/g, '-')}` } }],
      ['headers.subject', {}, { headers: { ...headers, subject: told }, subject: 'original' }],
      ['headers.to', {}, { headers: { ...headers, to: [mailbox] } }],
      ['headers.sender', {}, { headers: { ...headers, sender: mailbox } }],
      ['headers.cc', {}, { headers: { ...headers, cc: [{ name: '', address: `${typed}@example.net` }] } }],
      ['headers.references', {}, { headers: { ...headers, references: [typed.replace(/[^!-~]/g, '.')] } }],
      ['sealed.fileName', { fileName: `${typed.replace(/[^\w]/g, '-')}.html` }, {}],
    ];
    for (const [where, file, options] of cases) {
      await expect(coverMail({ ...sealed, passphrase: given, ...file }, { headers, ...options })).rejects.toMatchObject(
        {
          code: 'INVALID_ARGUMENT',
          message: `the passphrase stands in ${where}, which anybody can read; tell it to the recipient another way`,
        },
      );
    }
    const other = { ...headers, subject: told };
    expect(await coverMail({ ...sealed, passphrase: given }, { headers: other })).toBeInstanceOf(Uint8Array);
  });

  it('the passphrase on the page that the mail carries', async () => {
    const made = await seal({ headers, text: 'x' }, { passphrase: given, face: { hint: given.toUpperCase() } });
    expect(await coverMail(made, { headers })).toBeInstanceOf(Uint8Array);
    await expect(coverMail({ ...made, passphrase: given }, { headers })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });

  it('a passphrase of separators, as it is', async () => {
    const marks = { ...sealed, passphrase: '-_-' };
    expect(await coverMail(marks, { headers, face: { hint: '-_ -' } })).toBeInstanceOf(Uint8Array);
    await expect(coverMail(marks, { headers, face: { hint: 'a-_-b' } })).rejects.toThrow('stands in face.hint');
  });

  it('what sealed.bytes() refuses', async () => {
    const bytes = (): Promise<Uint8Array> => Promise.reject(new RangeError('no memory'));
    await expect(coverMail({ ...sealed, bytes }, { headers })).rejects.toThrow('no memory');
  });
});

function bytesOf(text: string): () => Promise<Uint8Array> {
  return () => Promise.resolve(Buffer.from(text));
}

describe('every mail that can be read can be covered', () => {
  const line = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '=?utf-8?Q?a=0D=0ABcc:_evil@x.test?=',
      '=?utf-8?B?DQpCY2M6IGV2aWxAeC50ZXN0?=',
      '<a@b>',
      'x'.repeat(2_000),
    ),
  );

  /** Half surrogate pairs among them. */
  const anyUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit));

  it('whatever stands in its header', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.constantFrom('To', 'Cc', 'Sender', 'Reply-To', 'Subject', 'Date', 'Message-ID', 'References'),
            line,
          ),
          { maxLength: 8 },
        ),
        async (fields) => {
          const header = fields.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, '\r\n ')}\r\n`).join('');
          const message: Message = await readMail(Buffer.from(`From: ward@clinic.example\r\n${header}\r\nx`));
          const tooLong = [message.headers.to, message.headers.cc, message.headers.replyTo, [message.headers.sender]]
            .flat()
            .some((mailbox) => (mailbox?.address.length ?? 0) > 900);
          const made = coverMail(sealed, { headers: message.headers, subject: 'original' });
          if (tooLong) {
            await expect(made).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
            return;
          }
          const raw = await made;
          expect(transportFaults(raw).filter((fault) => !fault.includes('ASCII'))).toEqual([]);
          for (const [name] of headerFields(raw)) expect(ALL_FIELDS).toContain(name);
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);

  it('whatever stands in its texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: anyUnit, maxLength: 100 }), { minLength: 5, maxLength: 5 }),
        async (texts) => {
          const [name = '', subject = '', org = '', contact = '', hint = ''] = texts;
          const raw = await coverMail(sealed, {
            headers: { ...headers, from: [{ name, address: 'ward@clinic.example' }], subject },
            subject: 'original',
            face: { org, contact, hint },
          });
          expect(transportFaults(raw)).toEqual([]);
          expect(
            headerFields(raw)
              .map(([field]) => field)
              .sort(),
          ).toEqual([...PLAIN_FIELDS].sort());
          expect(lastPart(raw).header).toContain('filename="securedoc.html"');
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);
});
