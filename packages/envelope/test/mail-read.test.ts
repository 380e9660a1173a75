import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { findEnvelope, looksLikeMail, readMail, type MailMessage } from '../src/mail/index.js';

/** A mail from lines; `\xNN` in them are bytes. */
function raw(...lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function utf8(...lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

function bytesOf(message: MailMessage, index = 0): string {
  return Buffer.from(message.attachments[index]?.content ?? []).toString('latin1');
}

/** A mail with one attachment, given as its header lines and body bytes. */
function withPart(header: readonly string[], body: string, newline = '\r\n'): Uint8Array {
  const lines = [
    'From: a@example.org',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    'hi',
    '--b',
    ...header,
    '',
  ];
  return Buffer.from(`${lines.join(newline)}${newline}${body}${newline}--b--${newline}`, 'latin1');
}

describe('headers', () => {
  test('all fields that an envelope carries, and no Bcc', async () => {
    const { headers } = await readMail(
      utf8(
        'From: Ward 3 <ward@example.org>',
        'Sender: desk@example.org',
        'Reply-To: answers@example.org',
        'To: "M=C3=BCller, Jo" <jo@example.com>, Team: a@example.com, B <b@example.com>;',
        'Cc: undisclosed-recipients:;',
        'Bcc: secret@example.com',
        'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
        'Date: Sun, 22 Nov 2026 05:30:00 +0100',
        'Message-ID: <1@example.org>',
        'In-Reply-To: <0@example.org>',
        'References: <a@example.org>',
        '\t<b@example.org>',
        '',
        'hi',
      ),
    );
    expect(headers).toEqual({
      from: [{ name: 'Ward 3', address: 'ward@example.org' }],
      sender: { name: '', address: 'desk@example.org' },
      replyTo: [{ name: '', address: 'answers@example.org' }],
      to: [
        { name: 'M=C3=BCller, Jo', address: 'jo@example.com' },
        { name: '', address: 'a@example.com' },
        { name: 'B', address: 'b@example.com' },
      ],
      subject: 'Grüße',
      date: '2026-11-22T05:30:00+01:00',
      messageId: '1@example.org',
      inReplyTo: '0@example.org',
      references: ['a@example.org', 'b@example.org'],
    });
    expect(JSON.stringify(headers)).not.toContain('secret');
  });

  test.each([
    ['Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T09:55:06-06:00'],
    ['21 Nov 97 09:55 GMT', '1997-11-21T09:55:00+00:00'],
    ['Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)', '1969-02-13T23:32:00-03:30'],
    ['Sun, 22 Nov 2026 05:30:00 -0000', '2026-11-22T05:30:00-00:00'],
    ['Sat, 31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59+00:00'],
    ['Mon, 31 Jun 2026 10:00:00 +0000', undefined],
    ['Mon, 30 Jun 2026 25:00:00 +0000', undefined],
    ['Mon, 30 Jun 2026 10:00:00', undefined],
    ['yesterday', undefined],
  ])('date %s', async (field, expected) => {
    expect((await readMail(raw(`Date: ${field}`, '', ''))).headers.date).toBe(expected);
  });

  test.each([
    ['a character split over two words, each padded', '=?utf-8?b?w6k=?= =?utf-8?b?4oI=?= =?utf-8?b?rA==?=', 'é€'],
    ['a character split over two Q words', '=?utf-8?q?=E2=82?=\r\n =?utf-8?q?=AC?=', '€'],
    ['ISO-2022-JP', '=?iso-2022-jp?b?GyRCOCE6dxsoQg==?=', '検索'],
    ['Shift_JIS', '=?shift_jis?b?jJ+N9Q==?=', '検索'],
    ['windows-1252 beyond latin-1', '=?windows-1252?q?=93x=94_=80?=', '“x” €'],
    ['an alias that the Encoding Standard lacks', '=?cp932?b?jJ+N9Q==?=', '検索'],
    ['UTF-7', '=?utf-7?q?Gr+APwA3w-e?=', 'Grüße'],
    ['a language tag', '=?utf-8*de?q?Gr=C3=BC?= x', 'Grü x'],
    ['blanks inside a word', '=?utf-8?q?a b?=', 'a b'],
    ['no encoded word', 'a =?b?= c', 'a =?b?= c'],
    ['raw UTF-8', 'Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
    ['raw latin-1, undeclared', 'Gr\xfc\xdfe', 'Grüße'],
  ])('subject: %s', async (_, field, expected) => {
    expect((await readMail(raw(`Subject: ${field}`, '', 'hi'))).headers.subject).toBe(expected);
  });

  test('an encoded word cannot smuggle a line break or a second address in', async () => {
    const { headers } = await readMail(
      raw(
        'Subject: =?utf-8?q?a=0D=0ABcc:_evil@example.net?=',
        'To: =?utf-8?q?x=0D=0ABcc:_y,_evil@example.net?= <a@example.org>',
        'Message-ID: <a=0D\tb@example.org>',
        '',
        'hi',
      ),
    );
    expect(headers.subject).toBe('a Bcc: evil@example.net');
    expect(headers.to).toEqual([{ name: 'x Bcc: y, evil@example.net', address: 'a@example.org' }]);
    expect(JSON.stringify(headers)).not.toMatch(/\\r|\\n/);
  });

  test('of doubled fields the first counts, recipients are put together, and the original is kept', async () => {
    const mail = raw(
      'From: a@example.org',
      'From: b@example.org',
      'Subject: 1',
      'Subject: 2',
      'To: c@example.org',
      'To: d@example.org',
      '',
      'x',
    );
    const message = await readMail(mail);
    expect(message.headers.from).toEqual([{ name: '', address: 'a@example.org' }]);
    expect(message.headers.subject).toBe('1');
    expect(message.headers.to).toHaveLength(2);
    expect(message.original).toBe(mail);
  });

  test('a blank before the colon, EAI addresses, a name without an address', async () => {
    const { headers } = await readMail(utf8('From : Jörg <jörg@bücher.example>', 'To: the whole ward', '', 'x'));
    expect(headers.from).toEqual([{ name: 'Jörg', address: 'jörg@bücher.example' }]);
    expect(headers.to).toEqual([{ name: 'the whole ward', address: '' }]);
  });

  test.each([
    ['a byte order mark', '\xef\xbb\xbf'],
    ['blank lines', '\r\n\n'],
    ['the line of an mbox', 'From a@example.org Sun Nov 22 05:30:00 2026\r\n'],
  ])('%s in front loses no header', async (_, prefix) => {
    const message = await readMail(raw(`${prefix}From: a@example.org`, 'Subject: s', '', 'x'));
    expect(message.headers).toMatchObject({ from: [{ address: 'a@example.org' }], subject: 's' });
    expect(message.text).toBe('x');
  });

  test('a line that is no field is skipped, and the original kept', async () => {
    const message = await readMail(raw('Subject: s', 'what is this', 'From: a@example.org', '', 'x'));
    expect(message).toMatchObject({ headers: { subject: 's', from: [{ address: 'a@example.org' }] }, text: 'x' });
    expect(message.original).toBeDefined();
  });

  test('without a blank line the first line that is no field starts the body', async () => {
    expect((await readMail(raw('Subject: s', 'Hello there', 'and more'))).text).toBe('Hello there\nand more');
  });
});

describe('attachments are byte-exact', () => {
  const binary = Array.from({ length: 4096 }, (_, i) => String.fromCharCode((i * 167 + (i >> 4)) & 0xff)).join('');

  test.each([
    ['7bit, no newline at the end', [], 'l1\r\nl2\r\nl3', 'l1\r\nl2\r\nl3'],
    ['8bit, newlines at the end', ['Content-Transfer-Encoding: 8bit'], '\xe9\r\n\r\n', '\xe9\r\n\r\n'],
    ['mixed line ends', ['Content-Transfer-Encoding: binary'], 'a\nb\r\nc\rd\n', 'a\nb\r\nc\rd\n'],
    ['binary', ['Content-Transfer-Encoding: binary'], binary, binary],
    ['an unknown encoding is none', ['Content-Transfer-Encoding: spam'], 'a=41', 'a=41'],
    [
      'quoted-printable',
      ['Content-Transfer-Encoding: quoted-printable'],
      'a=\r\nb \t\r\nc=3D=C3=A9=\r\n',
      'ab\r\nc=\xc3\xa9',
    ],
    [
      'quoted-printable with LF and faults',
      ['Content-Transfer-Encoding: Quoted-Printable'],
      'a = b=ZZ=4\n=41 = \nx',
      'a = b=ZZ=4\nA x',
    ],
    ['base64 with garbage and no padding', ['Content-Transfer-Encoding: base64'], 'aG\x00V!sb\r\n G8', 'hello'],
    ['base64 in padded pieces', ['Content-Transfer-Encoding: base64;'], 'aGVs\r\nbG8=\r\nIHdvcmxk', 'hello world'],
    ['base64 and a footer', ['Content-Transfer-Encoding: base64'], 'aGVsbG8=\r\n_____\r\nlist mailing list', 'hello'],
    ['x-uuencode', ['Content-Transfer-Encoding: x-uuencode'], 'begin 644 a.txt\r\n%:&5L;&\\\r\n`\r\nend\r\n', 'hello'],
    ['empty', [], '', ''],
  ])('%s', async (_, header, body, expected) => {
    const message = await readMail(withPart(['Content-Type: application/x-test; name=a', ...header], body));
    expect(message.attachments).toHaveLength(1);
    expect(bytesOf(message)).toBe(expected);
    expect(message.text).toBe('hi');
  });

  test('with LF line ends, and with CR line ends', async () => {
    expect(bytesOf(await readMail(withPart(['Content-Type: a/b'], 'l1\nl2', '\n')))).toBe('l1\nl2');
    const cr = await readMail(withPart(['Content-Type: a/b', 'Content-Transfer-Encoding: base64'], 'aGVs\rbG8=', '\r'));
    expect(bytesOf(cr)).toBe('hello');
    expect(cr.text).toBe('hi');
    const plain = await readMail(withPart(['Content-Type: a/b'], 'l1\rl2', '\r'));
    expect(bytesOf(plain)).toBe('l1\rl2');
  });

  test('a mail within the mail is one attachment, whatever it holds', async () => {
    const inner =
      'From: x@example.org\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\ninner text\r\n--c--\r\n';
    for (const header of [
      [],
      ['Content-Disposition: inline'],
      ['Content-Disposition: attachment; filename="fwd.eml"'],
    ]) {
      const message = await readMail(withPart(['Content-Type: message/rfc822', ...header], inner));
      expect(message.attachments).toMatchObject([{ type: 'message/rfc822' }]);
      expect(bytesOf(message)).toBe(inner);
      expect(message.text).toBe('hi');
    }
  });

  test('the default type in a digest is message/rfc822', async () => {
    const message = await readMail(
      raw('Content-Type: multipart/digest; boundary=b', '', '--b', '', 'From: a@example.org', '', 'x', '--b--'),
    );
    expect(message.attachments).toMatchObject([{ type: 'message/rfc822' }]);
    expect(bytesOf(message)).toBe('From: a@example.org\r\n\r\nx');
  });
});

describe('names and types', () => {
  test.each([
    [
      'RFC 2231 continuations',
      "attachment; filename*0*=utf-8''Entlassungsbrief%20%E2%80%93%20; filename*1*=M%C3%BCller; filename*2=.pdf",
      'Entlassungsbrief – Müller.pdf',
    ],
    ['RFC 2231 in Shift_JIS', "attachment; filename*=shift_jis'ja'%8C%9F%8D%F5.csv", '検索.csv'],
    ['extended wins over plain', "attachment; filename=x.csv; filename*=utf-8''%E6%A4%9C.csv", '検.csv'],
    ['encoded words, quoted', 'attachment; filename="=?utf-8?q?=E6=A4=9C?= =?utf-8?q?=E7=B4=A2.csv?="', '検索.csv'],
    ['raw UTF-8', 'attachment; filename="\xe6\xa4\x9c.csv"', '検.csv'],
    [
      'unquoted with blanks and parentheses',
      'attachment; filename=plan (2) new (3).pdf; size=1',
      'plan (2) new (3).pdf',
    ],
    ['a comment', 'attachment (really) ; filename (the name) = "a.pdf" (done)', 'a.pdf'],
    ['quoted pairs and a semicolon', 'attachment; filename="a;\\"b\\".pdf"', 'a;"b".pdf'],
    ['a path stays, the reader cleans it', 'attachment; filename="../../etc/passwd"', '../../etc/passwd'],
    ['a line break does not', "attachment; filename*=utf-8''a%0D%0Ab.pdf", 'a b.pdf'],
    ['none', 'attachment', 'attachment-1.pdf'],
  ])('name: %s', async (_, disposition, expected) => {
    const message = await readMail(
      withPart(['Content-Type: application/pdf', `Content-Disposition: ${disposition}`], 'x'),
    );
    expect(message.attachments[0]?.name).toBe(expected);
  });

  test('a longer name than an envelope takes is cut between characters', async () => {
    const message = await readMail(
      withPart(['Content-Type: a/b', `Content-Disposition: attachment; filename="${'\xc3\xa9'.repeat(3000)}"`], 'x'),
    );
    expect(message.attachments[0]?.name).toBe('é'.repeat(2048));
  });

  test('text/calendar keeps its method, text its charset; what is no type is octets or text', async () => {
    const type = async (field: string): Promise<string | undefined> =>
      (await readMail(withPart([`Content-Type: ${field}`, 'Content-Disposition: attachment'], 'x'))).attachments[0]
        ?.type;
    expect(await type('text/calendar; charset="UTF-8"; method=request')).toBe(
      'text/calendar; method=REQUEST; charset=utf-8',
    );
    expect(await type('Text/CSV; charset=Shift_JIS')).toBe('text/csv; charset=shift_jis');
    expect(await type('application/pdf; name=x')).toBe('application/pdf');
    expect(await type('pdf')).toBe('text/plain');
    expect(await type('text/calendar; method="x\r\n y"')).toBe('text/calendar');
  });
});

describe('structure', () => {
  test('a boundary that is the beginning of another, blanks behind delimiters, an unclosed inner multipart', async () => {
    const message = await readMail(
      raw(
        'Content-Type: multipart/mixed; boundary="a"',
        '',
        'preamble',
        '--a  ',
        'Content-Type: multipart/mixed; boundary=ab',
        '',
        '--ab\t',
        '',
        'one',
        '--ab-not',
        '--a',
        'Content-Type: x/y',
        '',
        'two',
        '--a--',
        'epilogue',
      ),
    );
    expect(message.text).toBe('one\n--ab-not');
    expect(bytesOf(message)).toBe('two');
  });

  test.each([
    ['comments around the boundary', 'multipart/mixed (a); boundary (b) = (c) b (d)'],
    ['a missing semicolon', 'multipart/mixed boundary="b"'],
    ['a folded boundary', 'multipart/mixed;\r\n boundary="b"'],
    ['two boundaries: the first counts', 'multipart/mixed; boundary=b; boundary=c'],
    ['RFC 2231', 'multipart/mixed; boundary*0=b; boundary*1=""'],
  ])('%s', async (_, type) => {
    const message = await readMail(
      raw(`Content-Type: ${type}`, '', '--b', '', 'one', '--b', 'Content-Type: x/y', '', 'two', '--b--'),
    );
    expect(message.text).toBe('one');
    expect(bytesOf(message)).toBe('two');
  });

  test('a part without a header and a blank line', async () => {
    const message = await readMail(
      raw('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Dear Sir', 'note: this', '--b--', ''),
    );
    expect(message.text).toBe('Dear Sir\nnote: this');
    expect(message.original).toBeDefined();
  });

  test('a part without a body', async () => {
    const message = await readMail(
      raw('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'one', '--b', 'Content-Type: x/y', '--b--', ''),
    );
    expect(message.text).toBe('one');
    expect(message.attachments).toMatchObject([{ type: 'x/y', content: new Uint8Array() }]);
  });

  test('a doubled Content-Type: the first counts, and the original is kept', async () => {
    const mail = raw('From: a@example.org', 'Content-Type: text/plain', 'Content-Type: text/html', '', '<b>x</b>');
    expect(await readMail(mail)).toEqual({
      headers: expect.anything(),
      text: '<b>x</b>',
      attachments: [],
      original: mail,
    });
  });

  test.each([
    ['no boundary', 'multipart/mixed'],
    ['another boundary', 'multipart/mixed; boundary=c'],
  ])('refused: a multipart with %s, and content', async (_, type) => {
    await expect(readMail(raw(`Content-Type: ${type}`, '', '--b', '', 'one', '--b--'))).rejects.toMatchObject({
      code: 'BAD_MAIL',
    });
  });

  test('a multipart without parts and without content is an empty message', async () => {
    expect(await readMail(raw('Content-Type: multipart/mixed; boundary=b', '', ' ', ''))).toMatchObject({
      text: '',
      attachments: [],
    });
  });

  test('such a multipart inside another is kept as it is', async () => {
    const message = await readMail(withPart(['Content-Type: multipart/mixed'], 'what\r\never'));
    expect(message.attachments).toMatchObject([{ type: 'application/octet-stream' }]);
    expect(bytesOf(message)).toBe('what\r\never');
    expect(message.original).toBeDefined();
  });
});

describe('bodies', () => {
  test.each([
    ['latin-1', 'iso-8859-1', '\xe9', 'é'],
    ['windows-1252', 'windows-1252', '\x80 \x93\x94', '€ “”'],
    ['ISO-2022-JP', 'ISO-2022-JP', '\x1b$B8!:w\x1b(B', '検索'],
    ['Shift_JIS', 'Shift_JIS', '\x8c\x9f\x8d\xf5', '検索'],
    ['GB18030', 'gb18030', '\xd6\xd0\xb9\xfa', '中国'],
    ['ks_c_5601-1987', 'ks_c_5601-1987', '\xb0\xa1', '가'],
    ['windows-1251', 'windows-1251', '\xcf\xf0\xe8', 'При'],
    ['koi8-r', 'KOI8-R', '\xf0\xd2\xc9', 'При'],
    ['UTF-7', 'utf-7', 'Gr+APwA3w-e +- +2D3cAA-', 'Grüße + \u{1f400}'],
    ['undeclared UTF-8', '', '\xc3\xa9', 'é'],
    ['undeclared latin-1', '', 'caf\xe9', 'café'],
    ['undeclared ISO-2022-JP', '', '\x1b$B8!:w\x1b(B', '検索'],
    ['latin-1 called UTF-8', 'utf-8', 'Fr\xf6sche', 'Frösche'],
    ['UTF-8 called us-ascii', 'us-ascii', '\xc3\xa9', 'é'],
    ['an unknown name', 'x-nonsense', '\xc3\xa9', 'é'],
    ['a byte order mark', 'utf-8', '\xef\xbb\xbfx', 'x'],
  ])('charset: %s', async (_, charset, body, expected) => {
    const type = charset === '' ? 'text/plain' : `text/plain; charset="${charset}"`;
    expect((await readMail(raw(`Content-Type: ${type}`, '', body))).text).toBe(expected);
  });

  test('what is not valid in its charset is shown as well as can be, and the original kept', async () => {
    const mail = raw('Content-Type: text/plain; charset=utf-8', '', '\xc3\xa9 \xff');
    const message = await readMail(mail);
    expect(message.text).toBe('é \ufffd');
    expect(message.original).toBe(mail);
    expect((await readMail(raw('Content-Type: text/plain; charset=utf-8', '', '\xc3\xa9'))).original).toBeUndefined();
  });

  test('HTML without a charset: its meta element decides', async () => {
    const html = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">\xcf\xf0';
    expect((await readMail(raw('Content-Type: text/html', '', html))).html).toContain('Пр');
  });

  test('format=flowed', async () => {
    const body = ['first ', 'line', '> quoted ', '> text', '>> deeper', ' >stuffed', '-- ', 'me'];
    const read = async (type: string, lines: readonly string[]): Promise<string | undefined> =>
      (await readMail(raw(`Content-Type: ${type}`, '', ...lines))).text;
    expect(await read('text/plain; format=flowed', body)).toBe(
      'first line\n> quoted text\n>> deeper\n>stuffed\n-- \nme',
    );
    expect(await read('text/plain; Format=Flowed; DelSp=yes', ['some ', 'thing'])).toBe('something');
    expect(await read('text/plain', body)).toBe(body.join('\n'));
  });

  test('alternative: both forms; a second text of the same form is an alternative to the first', async () => {
    const parts = ['--b', '', 'text', '--b', 'Content-Type: text/html', '', '<p>html', '--b--'];
    const message = await readMail(raw('Content-Type: multipart/alternative; boundary=b', '', ...parts));
    expect(message).toEqual({ headers: {}, text: 'text', html: '<p>html', attachments: [] });
    const twice = await readMail(
      raw('Content-Type: multipart/alternative; boundary=b', '', '--b', '', 'other', ...parts),
    );
    expect(twice.text).toBe('text');
    expect(twice.original).toBeDefined();
  });

  test('several bodies are joined in their order, text as text, and into the HTML where there is one', async () => {
    const html = ['Content-Type: text/html', '', '<p>two'];
    const mixed = (...parts: readonly (readonly string[])[]): Uint8Array =>
      raw('Content-Type: multipart/mixed; boundary=b', '', ...parts.flatMap((part) => ['--b', ...part]), '--b--');
    expect(await readMail(mixed(['', 'one'], ['', 'two']))).toMatchObject({ text: 'one\ntwo' });
    const both = await readMail(mixed(['', 'a < b'], html, ['', ' ']));
    expect(both.html).toBe('<pre style="white-space: pre-wrap">\na &lt; b</pre>\n<p>two');
    expect(both.text).toBeUndefined();
    const footed = await readMail(
      mixed(
        ['Content-Type: multipart/alternative; boundary=c', '', '--c', '', 'two', '--c', ...html, '--c--'],
        ['', 'footer'],
      ),
    );
    expect(footed.text).toBe('two\nfooter');
    expect(footed.html).toBe('<p>two\n<pre style="white-space: pre-wrap">\nfooter</pre>');
  });

  test('a text with a file name is an attachment, unless it comes first', async () => {
    const named = await readMail(
      withPart(['Content-Type: text/plain; name=notes.txt', 'Content-Disposition: inline'], 'x'),
    );
    expect(named).toMatchObject({ text: 'hi', attachments: [{ name: 'notes.txt' }] });
    expect((await readMail(raw('Content-Type: text/plain; name=a.txt', '', 'x'))).text).toBe('x');
    const only = await readMail(
      raw('Content-Type: text/plain', 'Content-Disposition: attachment; filename=a.txt', '', 'x'),
    );
    expect(only).toMatchObject({ attachments: [{ name: 'a.txt' }] });
    expect(only.text).toBeUndefined();
  });

  test('inline is what the HTML shows; everything else is listed', async () => {
    const image = (id: string, ...more: readonly string[]): readonly string[] => [
      '--b',
      'Content-Type: image/png',
      `Content-ID: <${id}>`,
      ...more,
      '',
      id,
    ];
    const message = await readMail(
      raw(
        'Content-Type: multipart/related; boundary=b; start="<root>"',
        '',
        ...image('a@x'),
        '--b',
        'Content-Type: text/html',
        'Content-ID: <root>',
        '',
        '<img src="cid:a@x"><img src=cid:B%40x><a href="cid:doc">',
        ...image('b@x', 'Content-Disposition: attachment; filename=b.png'),
        ...image('c@x', 'Content-Disposition: inline'),
        '--b',
        'Content-Type: text/css',
        'Content-ID: <css>',
        '',
        'p {}',
        '--b',
        'Content-Type: application/pdf',
        'Content-Disposition: attachment',
        'Content-ID: <doc>',
        '',
        'doc',
        '--b--',
      ),
    );
    expect(message.html).toMatch(/^<img/);
    expect(message.attachments.map(({ contentId, inline }) => [contentId, inline])).toEqual([
      ['a@x', true],
      ['b@x', true],
      ['c@x', undefined],
      ['css', undefined],
      ['doc', undefined],
    ]);
  });

  test('a mail without a body has an empty text', async () => {
    expect(await readMail(raw('Subject: only this', '', ''))).toEqual({
      headers: { subject: 'only this' },
      text: '',
      attachments: [],
    });
  });
});

describe('the original', () => {
  const signed = [
    '--b',
    '',
    'text',
    '--b',
    'Content-Type: application/pgp-signature; name=signature.asc',
    '',
    'sig',
    '--b--',
  ];

  test.each([
    ['multipart/signed', ['Content-Type: multipart/signed; boundary=b; micalg=pgp-sha256', '', ...signed]],
    [
      'a signed part',
      [
        'Content-Type: multipart/mixed; boundary=o',
        '',
        '--o',
        'Content-Type: multipart/signed; boundary=b',
        '',
        ...signed,
        '--o--',
      ],
    ],
    ['application/pkcs7-mime', ['Content-Type: application/pkcs7-mime; smime-type=signed-data', '', 'x']],
    ['application/x-pkcs7-mime', ['Content-Type: application/x-pkcs7-mime; name=smime.p7m', '', 'x']],
    ['an inline OpenPGP signature', ['', '-----BEGIN PGP SIGNED MESSAGE-----', 'Hash: SHA256', '', 'x']],
    ['multipart/encrypted', ['Content-Type: multipart/encrypted; boundary=b', '', ...signed]],
  ])('is kept for %s', async (_, lines) => {
    const mail = raw('From: a@example.org', ...lines);
    expect((await readMail(mail)).original).toBe(mail);
  });

  test('is kept on request, and not otherwise', async () => {
    const mail = raw('From: a@example.org', '', 'x');
    expect((await readMail(mail)).original).toBeUndefined();
    expect((await readMail(mail, { keepOriginal: true })).original).toBe(mail);
    const copy = createHash('sha256').update(mail).digest('hex');
    await readMail(withPart([], ''));
    expect(createHash('sha256').update(mail).digest('hex')).toBe(copy);
  });
});

describe('refused', () => {
  test.each([
    ['an empty file', ''],
    ['white space', ' \r\n\r\n'],
    ['a text', 'Hello there,\nnot: a mail'],
    ['a PDF', '%PDF-1.7\n%\xe2\xe3\n'],
    ['an envelope', '<!doctype html>\n<html lang="en">\n'],
  ])('%s', async (_, file) => {
    const bytes = Buffer.from(file, 'latin1');
    await expect(readMail(bytes)).rejects.toMatchObject({ name: 'EnvelopeError', code: 'BAD_MAIL' });
    expect(looksLikeMail(bytes)).toBe(false);
  });

  test('messages hold no content of the mail, and wrong arguments reject', async () => {
    const error = await readMail(
      raw('Content-Type: multipart/mixed; boundary=geheim', 'Subject: geheim', '', 'geheim'),
    ).catch((e: unknown) => e);
    expect(error).toHaveProperty('message', expect.not.stringContaining('geheim'));
    expect(error).toHaveProperty('message', expect.stringMatching(/^[a-z].*[^.]$/));
    await expect(readMail('From: a' as unknown as Uint8Array)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    for (const maxBytes of [0, -1, Number.NaN, 1.5, '9' as unknown as number]) {
      await expect(readMail(raw('From: a', '', ''), { maxBytes })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  test('a mail looks like a mail', () => {
    expect(looksLikeMail(raw('From: a@example.org', '', 'x'))).toBe(true);
    expect(looksLikeMail(raw('Received: from x', '', ''))).toBe(true);
  });
});

test('the example mail', async () => {
  const message = await readMail(readFileSync(new URL('../../../examples/mail/discharge-letter.eml', import.meta.url)));
  expect(message.headers.subject).toBe('Ihr Entlassungsbrief und die Laborwerte – 検査結果');
  expect(message.headers.from).toEqual([
    { name: 'Klinikum Lindenhöhe – Station 3B', address: 'station-3b@example.org' },
  ]);
  expect(message.attachments.map(({ name, type, inline }) => [name, type, inline])).toEqual([
    ['logo.png', 'image/png', true],
    ['Entlassungsbrief – Müller.pdf', 'application/pdf', undefined],
    ['検査結果.csv', 'text/csv; charset=utf-8', undefined],
    ['Nachsorgetermin.ics', 'text/calendar; method=PUBLISH; charset=utf-8', undefined],
  ]);
  expect(message.original).toBeUndefined();
});

describe('Bcc never travels', () => {
  const lines = [
    'From: a@example.org',
    'bCC : hidden@example.org,',
    '\tother@example.org',
    'To: b@example.org',
    'Resent-Bcc: third@example.org',
    '',
    'Bcc: this is the text',
    '',
  ];
  const kept = ['From: a@example.org', 'To: b@example.org', '', 'Bcc: this is the text', ''];

  it.each(['\r\n', '\n', '\r'])('not even in the exact original (line ends %j)', async (end) => {
    const { original, headers } = await readMail(Buffer.from(lines.join(end)), { keepOriginal: true });
    expect(Buffer.from(original ?? []).toString()).toBe(kept.join(end));
    expect(JSON.stringify(headers)).not.toContain('hidden');
  });

  it('at the end of a mail without a body, and behind an mbox line', async () => {
    const raw = 'From x Mon Jan  1 00:00:00 2026\nFrom: a@example.org\nBcc: b@example.org\n c@example.org';
    const { original } = await readMail(Buffer.from(raw), { keepOriginal: true });
    expect(Buffer.from(original ?? []).toString()).toBe('From x Mon Jan  1 00:00:00 2026\nFrom: a@example.org\n');
  });
});

it('a large file that is no mail is told from one by its beginning', async () => {
  const large = Buffer.alloc(70 * 2 ** 20, '<html> ');
  expect(looksLikeMail(large)).toBe(false);
  expect(await findEnvelope(large)).toBeUndefined();
});
