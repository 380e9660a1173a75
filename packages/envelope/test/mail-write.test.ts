import { readEnvelope } from '@sealpost/core';
import { buildEnvelope, ByteSource, smallestArgon2id, writeDataForm, writeHtmlForm } from '@sealpost/vectors';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { findEnvelope, readMail, writeMail, type MailAttachment, type WritableMessage } from '../src/mail/index.js';

const HEADERS: WritableMessage['headers'] = {
  from: [{ name: 'Jörg "Joe" Müller, Dr.', address: 'joerg@example.org' }],
  sender: { name: '', address: 'desk@example.org' },
  replyTo: [{ name: 'Réponses', address: 'answers@example.org' }],
  to: [
    { name: '検索 太郎', address: 'taro@example.com' },
    { name: '', address: 'b@example.com' },
  ],
  cc: [{ name: 'C', address: 'c@example.com' }],
  subject: 'Grüße – 検査結果 '.repeat(8).trim(),
  date: '2026-11-22T05:30:00+01:00',
  messageId: '1@example.org',
  inReplyTo: '0@example.org',
  references: ['a@example.org', 'b@example.org'],
};

const BINARY = new Uint8Array(5000).map((_, i) => (i * 31 + (i >> 3)) & 0xff);

function attachment(
  name: string,
  type: string,
  content: Uint8Array | string,
  more: Partial<MailAttachment> = {},
): MailAttachment {
  return { name, type, content: typeof content === 'string' ? Buffer.from(content, 'latin1') : content, ...more };
}

async function written(message: WritableMessage): Promise<string> {
  return Buffer.from(await writeMail(message)).toString('latin1');
}

describe('writeMail', () => {
  test('what it writes is read back', async () => {
    const attachments = [
      attachment('Entlassungsbrief – Müller.pdf', 'application/pdf', BINARY),
      attachment('検査結果.csv', 'text/csv; charset=shift_jis', 'a\nb\r\nc\rd'),
      attachment('leer.txt', 'text/plain', ''),
      attachment('invite.ics', 'text/calendar; method=REQUEST', 'BEGIN:VCALENDAR\r\n', { contentId: 'ics@x' }),
      attachment('logo.png', 'image/png', BINARY, { contentId: 'logo@x', inline: true }),
    ];
    const raw = await writeMail({
      headers: HEADERS,
      text: 'Grüße\nzwei\r\ndrei',
      html: '<p>Grüße <img src="cid:logo@x">',
      attachments,
    });
    const message = await readMail(raw);
    expect(message.headers).toEqual(HEADERS);
    expect(message.text?.trimEnd()).toBe('Grüße\nzwei\ndrei');
    expect(message.html?.trimEnd()).toBe('<p>Grüße <img src="cid:logo@x">');
    const plain = (list: readonly MailAttachment[]): unknown =>
      list
        .map(({ content, ...rest }) => ({ ...rest, content: Buffer.from(content).toString('latin1') }))
        .sort((a, b) => a.name.localeCompare(b.name));
    expect(plain(message.attachments)).toEqual(plain(attachments));
  });

  test.each([
    '=?utf-8?q?ceo=40bank.example?=',
    'a =?utf-8?B?RXZpbA==?= b',
    '=?utf-8?q?Evil?= =?utf-8?q?er?=',
    '=?',
    'ü =?utf-8?q?Evil?= "x" $& , <b@example.org>',
    '=?utf-8?q?Evil?='.repeat(20),
  ])('what looks like an encoded word is read back as it is: %s', async (value) => {
    const [from, to] = ['ward@example.org', 'two@example.org'].map((address) => [{ name: value, address }]);
    const other = { name: 'Other, "O"', address: 'o@example.org' };
    const headers = { ...HEADERS, from: from!, to: [other, ...to!, other], cc: to!, subject: value };
    const raw = await writeMail({ headers, text: 'x' });
    expect((await readMail(raw)).headers).toEqual(headers);
    const mail = await simpleParser(Buffer.from(raw));
    expect([mail.subject, mail.from?.value]).toEqual([value, headers.from]);
    expect([mail.to].flat().flatMap((field) => field?.value ?? [])).toEqual(headers.to);
  });

  test('mailparser, another reader, finds the same', async () => {
    const raw = await writeMail({
      headers: HEADERS,
      text: 'Grüße',
      html: '<img src="cid:logo@x">',
      attachments: [
        attachment('Entlassungsbrief – Müller.pdf', 'application/pdf', BINARY),
        attachment('logo.png', 'image/png', BINARY, { contentId: 'logo@x', inline: true }),
      ],
    });
    const mail = await simpleParser(Buffer.from(raw));
    expect(mail.subject).toBe(HEADERS.subject);
    expect(mail.from?.value).toMatchObject(HEADERS.from ?? []);
    expect(mail.messageId).toBe('<1@example.org>');
    expect(
      mail.attachments.map((one) => [
        one.filename,
        one.contentType,
        one.related ? 'related' : 'listed',
        one.content.equals(BINARY),
      ]),
    ).toEqual([
      ['logo.png', 'image/png', 'related', true],
      ['Entlassungsbrief – Müller.pdf', 'application/pdf', 'listed', true],
    ]);
  });

  test('CRLF only, lines within the limit, ASCII headers, the own date and offset', async () => {
    const raw = await written({
      headers: HEADERS,
      text: `ä\nb\rc ${'x'.repeat(5000)}`,
      attachments: [attachment('a'.repeat(300), 'a/b', BINARY)],
    });
    expect(raw.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).toMatch(/^[\x20-\x7e\r\n\t]*$/);
    expect(raw).toContain('Date: Sun, 22 Nov 2026 05:30:00 +0100\r\n');
    expect(raw).toContain('multipart/mixed');
  });

  test('inline images stand in a multipart/related; without HTML they are attachments', async () => {
    const logo = attachment('logo.png', 'image/png', 'x', { contentId: 'logo@x', inline: true });
    expect(await written({ headers: {}, html: '<img src="cid:logo@x">', attachments: [logo] })).toMatch(
      /multipart\/related[^]*Content-Disposition: inline/,
    );
    const bare = await written({ headers: {}, text: 'x', attachments: [logo] });
    expect(bare).not.toContain('multipart/related');
    expect(bare).toMatch(/Content-ID: <logo@x>/i);
  });

  test('a mail within the mail keeps its bytes, as message/rfc822 where a mail system leaves them alone', async () => {
    for (const [inner, label] of [
      [`From: a@example.org\r\nSubject: ${'x'.repeat(500)}\r\n\r\nfoo`, '7bit'],
      ['From: a@example.org\r\n\r\n\xe9\r\n', '8bit'],
    ] as const) {
      const raw = await written({
        headers: {},
        text: 'x',
        attachments: [attachment('fwd.eml', 'message/rfc822', inner)],
      });
      expect(raw).toMatch(new RegExp(`Content-Type: message/rfc822[^]*Content-Transfer-Encoding: ${label}`));
      const read = await readMail(Buffer.from(raw, 'latin1'));
      expect(read.attachments).toMatchObject([{ name: 'fwd.eml', type: 'message/rfc822' }]);
      expect(Buffer.from(read.attachments[0]?.content ?? []).toString('latin1')).toBe(inner);
    }
    for (const inner of [
      'From: a\n\nlf',
      'From: a\r\n\r\ncr\rx',
      `From: a\r\n\r\n${'x'.repeat(999)}`,
      'From: a\r\n\r\n\0',
    ]) {
      const read = await readMail(
        await writeMail({ headers: {}, text: 'x', attachments: [attachment('fwd.eml', 'message/rfc822', inner)] }),
      );
      expect(read.attachments).toMatchObject([{ name: 'fwd.eml', type: 'application/octet-stream' }]);
      expect(Buffer.from(read.attachments[0]?.content ?? []).toString('latin1')).toBe(inner);
    }
  });

  test('identifier and date are there even if the message has none', async () => {
    const raw = await written({ headers: { from: [{ name: '', address: 'a@bücher.example' }] }, text: 'x' });
    expect(raw).toMatch(/\r\nMessage-ID: <[0-9a-f-]{36}@sealpost\.invalid>\r\n/);
    expect(raw).toMatch(/\r\nDate: /);
  });

  test('an empty message, and a name without an address', async () => {
    expect(await readMail(await writeMail({ headers: {} }))).toMatchObject({ attachments: [] });
    expect(await written({ headers: { to: [{ name: 'the whole ward', address: '' }] }, text: 'x' })).not.toMatch(
      /^To:/m,
    );
  });
});

describe('injection', () => {
  const EVIL = 'x\r\nBcc: evil@example.net\r\n\r\nbody';

  test.each<[string, WritableMessage]>([
    ['subject', { headers: { subject: EVIL } }],
    ['display name', { headers: { from: [{ name: EVIL, address: 'a@example.org' }] } }],
    ['name of a group', { headers: { to: [{ name: `x:;, ${EVIL}`, address: '' }] } }],
    ['file name', { headers: {}, attachments: [attachment(EVIL, 'a/b', 'x')] }],
    ['file name of a mail', { headers: {}, attachments: [attachment(EVIL, 'message/rfc822', 'x')] }],
  ])('neutralised: a line break in the %s', async (_, message) => {
    const raw = await written({ text: 'x', ...message });
    expect(raw).not.toMatch(/^Bcc:/im);
    const mail = await simpleParser(Buffer.from(raw, 'latin1'));
    expect(mail.bcc).toBeUndefined();
    expect(JSON.stringify([mail.to, mail.cc])).not.toContain('"address":"evil');
  });

  test.each<[string, WritableMessage]>([
    ['address', { headers: { to: [{ name: '', address: 'b@x.example\r\nBcc: evil@example.net' }] } }],
    ['address (LF)', { headers: { sender: { name: '', address: 'b@x.example\nx: y' } } }],
    ['address (NUL)', { headers: { cc: [{ name: '', address: 'b@x.example\0' }] } }],
    ['messageId', { headers: { messageId: 'a\r\nBcc: evil@example.net' } }],
    ['inReplyTo', { headers: { inReplyTo: 'a\rb' } }],
    ['references', { headers: { references: ['a', 'b\nc'] } }],
    [
      'contentId',
      {
        headers: {},
        html: 'x',
        attachments: [attachment('a', 'image/png', 'x', { contentId: 'a\r\nb', inline: true })],
      },
    ],
    ['type', { headers: {}, attachments: [attachment('a', 'a/b\r\nBcc: evil@example.net', 'x')] }],
    ['date', { headers: { date: '2026-11-22T05:30:00+01:00\r\nBcc: evil@example.net' } }],
    ['date that does not exist', { headers: { date: '2026-02-30T05:30:00Z' } }],
  ])('refused: a line break in the %s', async (_, message) => {
    await expect(writeMail({ text: 'x', ...message })).rejects.toMatchObject({
      name: 'EnvelopeError',
      code: 'INVALID_ARGUMENT',
    });
  });

  test('an address cannot become two', async () => {
    for (const address of [
      'a@x.example, evil@example.net',
      'a@x.example>,<evil@example.net',
      'a,b@x.example',
      'evil@example.net:a@x.example;',
    ]) {
      const raw = await writeMail({
        headers: { to: [{ name: 'n', address }], cc: [{ name: '', address }] },
        text: 'x',
      });
      const { headers } = await readMail(raw);
      expect(headers.to).toHaveLength(1);
      expect(headers.cc).toHaveLength(1);
    }
  });

  test('a type that would open a structure, or is none, becomes octets', async () => {
    for (const type of ['multipart/mixed; boundary=x', 'nonsense', '']) {
      const { attachments } = await readMail(
        await writeMail({ headers: {}, text: 'x', attachments: [attachment('a', type, '--x\r\n')] }),
      );
      expect(attachments).toMatchObject([{ name: 'a', type: 'application/octet-stream' }]);
    }
  });
});

describe('findEnvelope', () => {
  const HTML =
    '<!doctype html>\n<script type="application/vnd.sealpost.header+json" id="sealpost-header">{}</script>\n';
  const DATA = 'sealpost/1\n{}\n\nx\n';

  // Whole ones.
  const random = new ByteSource('find');
  const slots = [{ passphrase: 'x', norm: 'words', kdf: smallestArgon2id(random.take(16)) }] as const;
  const { sections } = buildEnvelope({ random, slots, message: { parts: [] } });
  const [page, data] = [writeHtmlForm(sections), writeDataForm(sections)];

  async function mailWith(...attachments: readonly MailAttachment[]): Promise<Uint8Array> {
    return await writeMail({ headers: { subject: 's' }, text: 'cover', html: '<p>cover', attachments });
  }
  async function found(raw: Uint8Array): Promise<string | undefined> {
    const bytes = await findEnvelope(raw);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
  }

  test.each([
    ['text/html', attachment('securedoc.html', 'text/html', HTML), HTML],
    ['a name, whatever the type', attachment('SECUREDOC.HTM', 'application/octet-stream', HTML), HTML],
    ['the data form by its type', attachment('x.bin', 'application/vnd.sealpost', DATA), DATA],
    ['the data form by its name', attachment('x.seal', 'application/octet-stream', DATA), DATA],
    ['a byte order mark', attachment('x.seal', 'a/b', `\xef\xbb\xbf${DATA}`), `\xef\xbb\xbf${DATA}`],
    [
      'line ends as they are',
      attachment('x.html', 'text/html', HTML.replace(/\n/g, '\r\n')),
      HTML.replace(/\n/g, '\r\n'),
    ],
  ])('%s', async (_, part, expected) => {
    expect(await found(await mailWith(attachment('a.pdf', 'application/pdf', 'x'), part))).toBe(expected);
  });

  test('sent as 7bit, as quoted-printable, and as the body itself', async () => {
    const plain = `From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\nContent-Type: text/html; name=securedoc.html\r\nContent-Disposition: attachment\r\n\r\n${HTML}\r\n--b--\r\n`;
    expect(await found(Buffer.from(plain))).toBe(HTML);
    const quoted = `From: a@example.org\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${HTML.replace(/=/g, '=3D')}`;
    expect(await found(Buffer.from(quoted))).toBe(HTML);
  });

  test('in a mail forwarded as an attachment, not endlessly deep', async () => {
    let raw = await mailWith(attachment('securedoc.html', 'text/html', HTML));
    for (let depth = 0; depth < 3; depth++) {
      raw = await mailWith(attachment('fwd.eml', 'message/rfc822', raw));
      expect(await found(raw)).toBe(HTML);
    }
    expect(await found(await mailWith(attachment('fwd.eml', 'message/rfc822', raw)))).toBeUndefined();
  });

  test.each([
    ['UTF-16, little endian', 'text/html', 'a.html', Buffer.from(`\ufeff${page}`, 'utf16le')],
    ['UTF-16, big endian', 'text/html', 'a.html', Buffer.from(page, 'utf16le').swap16()],
    ['the data form in UTF-16', 'text/plain', 'a.txt', Buffer.from(`\ufeff${data}`, 'utf16le')],
    ['a line end in front', 'application/octet-stream', 'x.seal', Buffer.from(`\r\n${data}`)],
    ['no telling type or name', 'application/octet-stream', 'securedoc', Buffer.from(page)],
    ['the data form without them', 'application/octet-stream', 'securedoc', Buffer.from(data)],
    ['a name made harmless', 'text/plain', 'securedoc.html.txt', Buffer.from(page)],
  ])('as open reads it: %s', async (_, type, name, content) => {
    expect(readEnvelope(content).header.v).toBe(1);
    const bytes = await findEnvelope(await mailWith({ ...attachment(name, type, ''), content }));
    expect(Buffer.from(bytes ?? []).equals(content)).toBe(true);
  });

  test('behind parts that only speak of it, or are broken', async () => {
    const cover = `<p>Look for application/vnd.sealpost.header+json in the file:\n${HTML}`;
    const raw = await writeMail({
      headers: { subject: 's' },
      text: 'sealpost/1 is what it begins with',
      html: cover,
      attachments: [
        attachment('broken.html', 'text/html', HTML),
        attachment('later.seal', 'application/vnd.sealpost', 'sealpost/2\n{}\n\nx\n'),
        attachment('whole.html', 'text/html', page),
        attachment('second.seal', 'application/vnd.sealpost', data),
      ],
    });
    expect(await found(raw)).toBe(page);
  });

  test('one that this release does not read, before a part that only has the mark', async () => {
    const later = 'sealpost/2\n{}\n\nx\n';
    const raw = await mailWith(attachment('a.html', 'text/html', HTML), attachment('b.seal', 'a/b', later));
    expect(await found(raw)).toBe(later);
  });

  test('the part that has the mark, where nothing else has, for open to say what is wrong', async () => {
    expect(await found(await mailWith(attachment('a.html.txt', 'text/plain', HTML)))).toBe(HTML);
    const cutOff = page.slice(0, page.indexOf('"slots"'));
    expect(await found(await mailWith(attachment('a.html', 'text/html', cutOff)))).toBe(cutOff);
  });

  test('nothing where there is none', async () => {
    expect(
      await found(await mailWith(attachment('a.html', 'text/html', '<p>x'), attachment('a.txt', 'text/plain', 'x'))),
    ).toBeUndefined();
    expect(await found(Buffer.from(HTML))).toBeUndefined();
    expect(await found(Buffer.from(DATA))).toBeUndefined();
    expect(await found(new Uint8Array())).toBeUndefined();
  });
});
