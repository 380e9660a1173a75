import { openEnvelope, readEnvelope, readReplyInfo, type ReplyInfo } from '@sealpost/core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { answer } from '../../../test/reply/answer.js';
import {
  estimateSize,
  generateIdentity,
  inspect,
  open,
  prepareSecret,
  seal,
  type Identity,
  type Message,
  type MessageHeaders,
  type OpenedReply,
  type PreparedSecret,
  type ReplyOptions,
  type SealOptions,
} from '../src/index.js';

/** What an envelope offers, as its maker's options say. What comes of it: test/reply. */

const message: Message = {
  headers: {
    from: [{ name: 'Ward', address: 'ward@clinic.example' }],
    to: [{ name: 'Ada', address: 'ada@home.example' }],
    cc: [
      { name: '', address: 'bob@home.example' },
      { name: '', address: 'ada@home.example' },
    ],
    subject: 'Results',
    messageId: 'first@clinic.example',
  },
  text: 'Good news.',
};

const DAY = 86_400;
const now = (): number => Math.floor(Date.now() / 1_000);
const inDays = (days: number): Date => new Date(Date.now() + days * DAY * 1_000);

let identity: Identity;
let prepared: PreparedSecret;

beforeAll(async () => {
  identity = await generateIdentity({ kem: 'p256' });
  ({ prepared } = await prepareSecret());
});

afterEach(() => {
  vi.useRealTimers();
});

/** The file, and what it offers. */
async function sealed(
  reply: ReplyOptions | undefined,
  headers: MessageHeaders = {},
  options: SealOptions = {},
): Promise<{ readonly file: Uint8Array; readonly info: ReplyInfo | undefined }> {
  const own = { ...message, headers: { ...message.headers, ...headers } };
  const file = await (await seal(own, { prepared, ...(reply && { reply }), ...options })).bytes();
  const opened = await openEnvelope(readEnvelope(Buffer.from(file)), { prepared });
  return { file, info: readReplyInfo(opened.reply) };
}

/** What the sender's side knows of a reply to such an envelope. */
async function replied(...given: Parameters<typeof sealed>): Promise<OpenedReply> {
  const { file } = await sealed(...given);
  const { reply } = await open(await answer(file, prepared), { keys: [identity] });
  return reply!;
}

describe('seal({ reply })', () => {
  it('is off by default', async () => {
    expect((await sealed(undefined)).info).toBeUndefined();
  });

  it('without an identity offers replies to the passphrase, and forwarding', async () => {
    expect((await sealed({})).info).toStrictEqual({
      actions: ['reply', 'forward'],
      to: message.headers.from,
      passphrase: true,
    });
  });

  it('with an identity offers the proof, too', async () => {
    const { info } = await sealed({ identity });
    expect(info).toMatchObject({ actions: ['reply', 'forward'], to: message.headers.from, passphrase: true });
    const { kem, publicKey } = identity.key;
    expect(info?.proof).toMatchObject({ keys: [{ kem: kem.name, publicKey }] });
    expect(info?.proof).not.toHaveProperty('origin');
  });

  it('has a pre-shared key and a token of its own for each envelope', async () => {
    const [one, two] = [await sealed({ identity }), await sealed({ identity })];
    expect(one.info?.proof?.psk).toHaveLength(32);
    expect(one.info?.proof?.psk).not.toEqual(two.info?.proof?.psk);
    expect(one.info?.proof?.token).not.toEqual(two.info?.proof?.token);
  });

  it('offers the actions in one order, whatever the caller’s', async () => {
    const actions = ['forward', 'replyAll', 'reply'] as const;
    expect((await sealed({ identity, actions })).info?.actions).toEqual(['reply', 'replyAll', 'forward']);
  });

  it('answers to whom the caller says, to Reply-To, or to From', async () => {
    const [desk, other] = [[{ name: 'Desk', address: 'desk@clinic.example' }], [{ name: '', address: 'o@x.example' }]];
    expect((await sealed({ to: other }, { replyTo: desk })).info?.to).toEqual(other);
    expect((await sealed({}, { replyTo: desk })).info?.to).toEqual(desk);
    expect((await sealed({}, { from: [...other, { name: 'the ward', address: '' }] })).info?.to).toEqual(other);
    expect((await sealed({}, { from: [] })).info?.to).toEqual([]);
  });

  it('is for the recipients that the caller names, or those of the message, each once', async () => {
    expect((await replied({ identity })).authors).toEqual(['ada@home.example', 'bob@home.example']);
    const named = await replied({ identity, recipients: ['eve@home.example', 'eve@home.example'] });
    expect([named.author, named.authors]).toEqual(['eve@home.example', ['eve@home.example']]);
    const ward = { name: 'the whole ward', address: '' };
    expect((await replied({ identity }, { to: [ward, message.headers.to![0]!], cc: [] })).authors).toEqual([
      'ada@home.example',
    ]);
  });

  it('names the origin of its endpoint to everybody, and the rest of it inside', async () => {
    for (const endpoint of ['https://mail.example/in?a=b', new URL('https://mail.example/in?a=b')]) {
      const { file, info } = await sealed({ identity, endpoint });
      expect((await inspect(file)).connect).toBe('https://mail.example');
      expect(info?.path).toBe('/in?a=b');
      expect(Buffer.from(file).toString('latin1')).not.toContain('/in?a');
    }
    const local = await sealed({ endpoint: 'http://localhost:8080' });
    expect([(await inspect(local.file)).connect, local.info?.path]).toEqual(['http://localhost:8080', '/']);
    expect((await sealed({ endpoint: `https://mail.example/${'a'.repeat(499)}` })).info?.path).toHaveLength(500);
  });

  it('takes replies for 400 days, or as long as the caller says', async () => {
    const { info } = await sealed({ identity });
    expect(Math.abs((info?.proof?.keys[0]?.to ?? 0) - now() - 400 * DAY)).toBeLessThan(60);
    const expires = inDays(3);
    const reply = await replied({ identity, expires });
    expect(reply.expires).toEqual(new Date(Math.floor(expires.getTime() / 1_000) * 1_000));
    expect((await sealed({ identity, expires })).info?.proof?.keys[0]?.to).toBe(reply.expires.getTime() / 1_000);
  });

  it('takes none after the validity of its identity', async () => {
    const short = await generateIdentity({ kem: 'p256', to: inDays(30) });
    const last = Math.floor(short.key.validity.to!.getTime() / 1_000);
    expect((await sealed({ identity: short })).info?.proof?.keys[0]?.to).toBe(last);
    expect((await sealed({ identity: short, expires: inDays(100) })).info?.proof?.keys[0]?.to).toBe(last);
    const sooner = (await sealed({ identity: short, expires: inDays(3) })).info?.proof?.keys[0]?.to;
    expect(Math.abs((sooner ?? 0) - now() - 3 * DAY)).toBeLessThan(60);
  });

  it('is refused with an identity outside its validity', async () => {
    const [past, future] = [{ to: inDays(-1) }, { from: inDays(1) }];
    for (const validity of [past, future]) {
      const other = await generateIdentity({ kem: 'p256', ...validity });
      await expect(sealed({ identity: other })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  const someone = { name: '', address: 'a@b.example' };
  it.each<readonly [string, (own: Identity) => object, RegExp, MessageHeaders]>([
    ['no action', () => ({ actions: [] }), /actions/, {}],
    ['an unknown action', () => ({ actions: ['reply', 'burn'] }), /actions/, {}],
    ['an action twice', () => ({ actions: ['reply', 'reply'] }), /actions/, {}],
    ['an identity that is a text', (own) => ({ identity: own.publicKey }), /identity is not an identity/, {}],
    ['neither identity nor passphrase', () => ({ passphrase: false }), /nobody could open a reply/, {}],
    ['an endpoint that is none', () => ({ endpoint: 'replies' }), /endpoint/, {}],
    ['an endpoint with a user', () => ({ endpoint: 'https://a@mail.example/' }), /endpoint/, {}],
    ['an endpoint with a password', () => ({ endpoint: 'https://:a@mail.example/' }), /endpoint/, {}],
    ['an endpoint with a fragment', () => ({ endpoint: 'https://mail.example/#a' }), /endpoint/, {}],
    ['an endpoint without TLS', () => ({ endpoint: 'http://mail.example/' }), /connect/, {}],
    ['an endpoint that is a file', () => ({ endpoint: 'file:///in' }), /connect/, {}],
    ['an endpoint too long', () => ({ endpoint: `https://mail.example/${'a'.repeat(500)}` }), /longer than 500/, {}],
    ['a time that is over', () => ({ expires: inDays(-1) }), /expires/, {}],
    ['a time that is none', () => ({ expires: new Date(NaN) }), /expires/, {}],
    ['a time after 2106', () => ({ expires: new Date('2107-01-01') }), /expires/, {}],
    ['no recipients', (own) => ({ identity: own, recipients: [] }), /recipients are missing/, {}],
    ['an empty recipient', (own) => ({ identity: own, recipients: ['a@b', ''] }), /address that is empty/, {}],
    ['a recipient of two lines', (own) => ({ identity: own, recipients: ['a\r\nBcc: c@d'] }), /line break/, {}],
    ['a recipient that is no text', (own) => ({ identity: own, recipients: ['\ud800@b'] }), /well-formed/, {}],
    ['eleven addresses', () => ({ to: Array(11).fill(someone) as object }), /more than 10/, {}],
    ['an empty address', () => ({ to: [{ name: 'a', address: '' }] }), /empty/, {}],
    ['a long address', () => ({ to: [{ name: '', address: 'a'.repeat(1_001) }] }), /longer than 1000/, {}],
    ['a long name', () => ({ to: [{ name: 'a'.repeat(1_001), address: 'a@b' }] }), /longer than 1000/, {}],
    ['a message to nobody', (own) => ({ identity: own }), /recipients are missing/, { to: [], cc: [] }],
    ['a message of eleven', () => ({}), /more than 10/, { from: Array<typeof someone>(11).fill(someone) }],
  ])('is refused with %s', async (_what, options, said, headers) => {
    await expect(sealed(options(identity), headers)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(said) as string,
    });
    await expect(
      estimateSize({ ...message, headers: { ...message.headers, ...headers } }, { prepared, reply: options(identity) }),
    ).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('of an envelope for keys alone needs an identity', async () => {
    const keys = { recipientKeys: [identity.publicKey] };
    await expect(seal(message, { ...keys, reply: {} })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching('nobody could open a reply') as string,
    });
    for (const more of [{ reply: { identity } }, { reply: {}, generate: true }])
      await expect(seal(message, { ...keys, ...more })).resolves.toBeDefined();
  });

  it('is refused for more recipients, or a longer thread, than a token holds', async () => {
    const recipients = Array.from({ length: 1_000 }, (_, at) => `recipient-${String(at)}@home.example`);
    await expect(sealed({ identity, recipients })).rejects.toMatchObject({ code: 'LIMIT' });
    const references = Array.from({ length: 20 }, (_, at) => `${String(at)}${'a'.repeat(500)}@clinic.example`);
    await expect(sealed({ identity }, { references })).rejects.toMatchObject({ code: 'LIMIT' });
    expect((await sealed({ identity, recipients: recipients.slice(0, 200) })).info).toBeDefined();
    expect((await sealed({}, { references })).info).toBeDefined();
  });

  it('is as large as was estimated', async () => {
    const hybrid = await generateIdentity();
    for (const form of ['html', 'data'] as const) {
      for (const reply of [
        {},
        { identity, endpoint: 'https://mail.example/in' },
        { identity: hybrid, recipients: Array.from({ length: 100 }, (_, at) => `${String(at)}@home.example`) },
      ]) {
        const { file } = await sealed(reply, {}, { form });
        const estimate = await estimateSize(message, { prepared, reply, form });
        expect(Math.abs(estimate.file - file.length) / file.length).toBeLessThan(0.01);
      }
    }
  });

  it('is part of the size that maxBytes bounds', async () => {
    const recipients = Array.from({ length: 200 }, (_, at) => `recipient-${String(at)}@home.example`);
    const without = await estimateSize(message, { prepared, form: 'data' });
    const maxBytes = without.sevenBit + 500;
    await expect(seal(message, { prepared, form: 'data', maxBytes })).resolves.toBeDefined();
    await expect(
      seal(message, { prepared, form: 'data', maxBytes, reply: { identity, recipients } }),
    ).rejects.toMatchObject({ code: 'LIMIT' });
  });
});

describe('inspect, of a reply,', () => {
  it('tells which slot is of a reply, and of no other envelope', async () => {
    const { file } = await sealed({ identity });
    const slots = async (of: Uint8Array): Promise<unknown> => (await inspect(of)).slots;
    expect(await slots(file)).toEqual([expect.not.objectContaining({ reply: true })]);
    expect(await slots(await answer(file, prepared))).toEqual([
      expect.not.objectContaining({ reply: true }),
      expect.objectContaining({ type: 'key', kem: 'p256', reply: true }),
    ]);
    const toKey = await seal(message, { recipientKeys: [identity.publicKey] });
    expect(await slots(await toKey.bytes())).toEqual([expect.not.objectContaining({ reply: true })]);
  });
});
