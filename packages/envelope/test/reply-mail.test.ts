import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { MessageHeaders, Opened, OpenedReply } from '../src/index.js';
import { readMail, replyMail, type ReplyMailOptions } from '../src/mail/index.js';
import { headerFields, parsers, transportFaults, type ParsedMail } from './support/raw-mail.js';

/** Replies as mail for inside, by what the sender's side knows and not by what the reply says of itself. */

const ID = '0123456789abcdef0123456789abcdef';
const PAGE_ID = 'feed@sealpost.invalid';

const sealed: MessageHeaders = {
  from: [{ name: 'Ada', address: 'ada@home.example' }],
  to: [{ name: 'Clinic', address: 'results@clinic.example' }],
  cc: [{ name: '', address: 'bob@home.example' }],
  subject: 'Re: Grüße',
  date: '2026-11-22T05:30:00+01:00',
  messageId: PAGE_ID,
  inReplyTo: 'first@clinic.example',
  references: ['before@clinic.example', 'first@clinic.example'],
};

const one: OpenedReply = {
  id: ID,
  kind: 'reply',
  original: ID,
  author: 'ada@home.example',
  authors: ['ada@home.example'],
  thread: { messageId: 'first@clinic.example', references: ['before@clinic.example'] },
  expires: new Date('2027-11-22'),
};
const several: Partial<OpenedReply> = { author: undefined as never, authors: ['ada@home.example', 'Bob@home.example'] };

type Mailable = Parameters<typeof replyMail>[0];

function opened(headers: MessageHeaders = {}, reply: Partial<OpenedReply> = {}): Mailable {
  return {
    message: { headers: { ...sealed, ...headers }, text: 'Thank you.' },
    attachments: [],
    reply: { ...one, ...reply },
  };
}

async function fields(
  headers: MessageHeaders = {},
  reply: Partial<OpenedReply> = {},
  options: ReplyMailOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const raw = await replyMail(opened(headers, reply), options);
  expect(transportFaults(raw)).toEqual([]);
  const found = headerFields(raw);
  expect(new Set(found.map(([name]) => name)).size).toBe(found.length);
  return Object.fromEntries(found);
}

describe.each(Object.entries(parsers))('a reply as mail, read by %s', (_name, parse) => {
  const read = async (...given: Parameters<typeof opened>): Promise<ParsedMail> =>
    parse(await replyMail(opened(...given)));

  it('holds what its author wrote, and names nobody else', async () => {
    expect(await read()).toMatchObject({
      from: ['ada@home.example'],
      to: ['results@clinic.example'],
      cc: [],
      subject: 'Re: Grüße',
      messageId: `<${PAGE_ID}>`,
      text: expect.stringMatching(/^Thank you\.\s*$/) as unknown,
    });
  });

  it('to all goes to the others, too', async () => {
    expect(await read({}, { kind: 'replyAll' })).toMatchObject({
      to: ['results@clinic.example'],
      cc: ['bob@home.example'],
    });
  });

  it.each([
    ['another', [{ name: 'Director', address: 'director@clinic.example' }]],
    ['none', []],
    ['a second beside it', [{ name: 'D', address: 'director@clinic.example' }, sealed.from![0]!]],
    ['no address', [{ name: 'ada@home.example', address: '' }]],
  ])('is from the author that the token tells, where it claims %s', async (_claim, from) => {
    expect(await read({ from })).toMatchObject({ from: ['ada@home.example'] });
  });

  it('of one of several is from the one who claims it, or the first', async () => {
    expect((await read({}, several)).from).toEqual(['ada@home.example']);
    expect((await read({ from: [{ name: '', address: 'bob@HOME.example' }] }, several)).from).toEqual([
      'Bob@home.example',
    ]);
    expect((await read({ from: [{ name: 'D', address: 'd@clinic.example' }] }, several)).from).toEqual([
      'ada@home.example',
    ]);
  });

  it('holds its attachments', async () => {
    const content = new Uint8Array(70_000).map((_, at) => at * 7);
    const attachment = {
      name: 'form.pdf',
      type: 'application/pdf',
      size: content.length,
      sha256: '',
      contentId: 'a@b',
      inline: false,
      bytes: () => Promise.resolve(content),
      stream: (): never => {
        throw new Error('not asked for');
      },
    };
    const mail = await parse(
      await replyMail({ ...opened(), attachments: [attachment, { ...attachment, contentId: undefined as never }] }),
    );
    expect(mail.attachments.map(({ name, type }) => [name, type])).toEqual(
      Array(2).fill(['form.pdf', 'application/pdf']),
    );
    for (const { content: read } of mail.attachments) expect(read.equals(Buffer.from(content))).toBe(true);
  });
});

describe('the name of its author', () => {
  const nameIn = async (from: MessageHeaders['from'], reply: Partial<OpenedReply> = {}): Promise<string | undefined> =>
    (await readMail(await replyMail(opened({ from: from! }, reply)))).headers.from?.[0]?.name;

  it.each([
    ['its own', [{ name: 'Ada', address: 'ada@home.example' }], 'Ada'],
    ['in other capitals', [{ name: 'Ada', address: 'ADA@home.example' }], 'Ada'],
    ['of somebody else', [{ name: 'Director', address: 'director@clinic.example' }], ''],
    ['that is an address', [{ name: 'director@clinic.example', address: 'ada@home.example' }], ''],
    ['that turns the line', [{ name: '\u202eadA\u2066', address: 'ada@home.example' }], 'adA'],
    ['none', [], ''],
  ])('%s', async (_what, from, name) => {
    expect(await nameIn(from)).toBe(name);
  });

  it.each([
    ['who claims it', [{ name: 'Ada', address: 'ada@home.example' }], 'one of 2 recipients (Ada)'],
    ['without a name', [{ name: '', address: 'bob@home.example' }], 'one of 2 recipients'],
    ['whom nobody claims', [{ name: 'Director', address: 'director@clinic.example' }], 'one of 2 recipients'],
  ])('says that it is one of several: %s', async (_what, from, name) => {
    expect(await nameIn(from, several)).toBe(name);
  });
});

describe('its fields', () => {
  it('are these and no others', async () => {
    const raw = await replyMail(
      opened({
        sender: { name: '', address: 'director@clinic.example' },
        replyTo: [{ name: '', address: 'eve@else.example' }],
        ...({ bcc: [{ name: '', address: 'eve@else.example' }], 'x-evil': 'x' } as object),
      }),
    );
    expect(
      headerFields(raw)
        .map(([name]) => name)
        .sort(),
    ).toEqual(
      ['From', 'To', 'Subject', 'Date', 'Message-ID', 'In-Reply-To', 'References', 'MIME-Version', 'Content-Type']
        .concat('Content-Transfer-Encoding')
        .sort(),
    );
    expect(Buffer.from(raw).toString('latin1')).not.toContain('eve@else.example');
  });

  it('put it into the thread of the message that it answers', async () => {
    expect(await fields()).toMatchObject({
      'In-Reply-To': '<first@clinic.example>',
      References: '<before@clinic.example> <first@clinic.example>',
      Date: 'Sun, 22 Nov 2026 05:30:00 +0100',
    });
  });

  it('name the replies between, and none that no page wrote', async () => {
    const between = ['one@sealpost.invalid', 'x@else.example', 'a b@sealpost.invalid', 'two@sealpost.invalid'];
    const references = ['other@clinic.example', 'first@clinic.example', ...between];
    expect(await fields({ references, inReplyTo: 'forged@clinic.example' })).toMatchObject({
      'In-Reply-To': '<two@sealpost.invalid>',
      References: '<before@clinic.example> <first@clinic.example> <one@sealpost.invalid> <two@sealpost.invalid>',
    });
  });

  it('name a message once whose identifier looks like a page’s', async () => {
    const own = 'own@sealpost.invalid';
    const thread = { messageId: own, references: [] };
    expect(await fields({ references: [own, 'one@sealpost.invalid'] }, { thread })).toMatchObject({
      References: `<${own}> <one@sealpost.invalid>`,
    });
    expect(await fields({ references: [own] }, { thread })).toMatchObject({
      References: `<${own}>`,
      'In-Reply-To': `<${own}>`,
    });
  });

  it('have a thread without the identifier of a message that has none', async () => {
    const thread = { references: ['before@clinic.example'] };
    const { References, 'In-Reply-To': none } = await fields({ references: [] }, { thread });
    expect([References, none]).toEqual(['<before@clinic.example>', undefined]);
    const later = await fields({ references: ['one@sealpost.invalid'] }, { thread: { references: [] } });
    expect(later).toMatchObject({ 'In-Reply-To': '<one@sealpost.invalid>', References: '<one@sealpost.invalid>' });
    const raw = await replyMail({
      message: { headers: { to: sealed.to! } },
      attachments: [],
      reply: { ...one, thread },
    });
    expect(Object.fromEntries(headerFields(raw))).toMatchObject({ References: '<before@clinic.example>' });
  });

  it.each([
    [PAGE_ID, PAGE_ID],
    ['first@clinic.example', `${ID}@sealpost.invalid`],
    ['a b@sealpost.invalid', `${ID}@sealpost.invalid`],
    ['a\r\nBcc: eve@else.example\r\nX: @sealpost.invalid', `${ID}@sealpost.invalid`],
    [`${'a'.repeat(300)}@sealpost.invalid`, `${ID}@sealpost.invalid`],
    [undefined, `${ID}@sealpost.invalid`],
  ])('have the identifier that a page gave it, else its own: %j', async (messageId, expected) => {
    expect(await fields({ messageId: messageId! })).toMatchObject({ 'Message-ID': `<${expected}>` });
  });

  it('are without what was not sealed', async () => {
    const raw = await replyMail({ message: { headers: {} }, attachments: [], reply: { ...one, kind: 'replyAll' } });
    expect(Object.fromEntries(headerFields(raw))).toMatchObject({ From: 'ada@home.example' });
  });

  it('name those whom the caller names', async () => {
    const to = [{ name: 'Ward', address: 'ward@clinic.example' }];
    const mail = await simpleParser(Buffer.from(await replyMail(opened({}, { kind: 'replyAll' }), { to })));
    expect(mail.to).toMatchObject({ value: to });
    expect(mail.cc).toBeUndefined();
  });

  const evil = 'a\r\nBcc: eve@else.example';
  it.each([
    ['To', { to: [{ name: '', address: evil }] }],
    ['Date', { date: evil }],
  ])('take no line break in %s', async (_field, headers) => {
    await expect(replyMail(opened(headers))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('take none in the addresses of a caller, and of a token', async () => {
    await expect(replyMail(opened(), { to: [{ name: '', address: evil }] })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    for (const reply of [{ authors: [evil] }, { thread: { references: [evil] } }])
      await expect(replyMail(opened({}, reply))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('make one line of any text', async () => {
    const names = Object.keys(await fields());
    const from = [{ name: evil, address: 'ada@home.example' }];
    expect(
      Object.keys(await fields({ subject: evil, from, to: [{ name: evil, address: 'w@clinic.example' }] })),
    ).toEqual(names);
  });
});

it('a message whose author nobody knows is not written as a reply', async () => {
  const { message, attachments } = opened();
  const unknown: Pick<Opened, 'message' | 'attachments'> = { message, attachments };
  await expect(replyMail(unknown)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  await expect(replyMail(opened({}, { authors: [] }))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});
