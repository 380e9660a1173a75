import { randomBytes, webcryptoBackend, type ReplyKey } from '@sealpost/core';
import { Identity, sealToken } from '@sealpost/core/keys';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  generateIdentity,
  inspect,
  open,
  prepareSecret,
  seal,
  type Message,
  type PreparedSecret,
  type ReplyLedger,
} from 'sealpost';
import { answer, type Answer } from './answer.js';

/** Replies as the page seals them, taken by the library. */

const message: Message = {
  headers: {
    from: [{ name: 'Clinic', address: 'results@clinic.example' }],
    to: [{ name: 'Ada', address: 'ada@home.example' }],
    subject: 'Results',
    messageId: 'first@clinic.example',
    references: ['before@clinic.example'],
  },
  text: 'Good news.',
};

let identity: Identity;
let prepared: PreparedSecret;
let file: Uint8Array;

/** An envelope that may be answered, to the same person. */
async function envelope(headers: Message['headers'] = {}, reply = {}): Promise<Uint8Array> {
  const sealed = await seal(
    { ...message, headers: { ...message.headers, ...headers } },
    { prepared, reply: { identity, ...reply } },
  );
  return sealed.bytes();
}

function memoryLedger(): ReplyLedger {
  const known = new Set<string>();
  return {
    remember: (id) => Promise.resolve(!known.has(id) && known.add(id) === known),
    forget: (id) => Promise.resolve(void known.delete(id)),
  };
}

beforeAll(async () => {
  identity = await generateIdentity({ kem: 'p256' });
  ({ prepared } = await prepareSecret());
  file = await envelope();
});

describe('a reply', () => {
  it('to an envelope that asks asks the same, and opens with the same answers', async () => {
    const questions = [{ question: 'Where did we meet?', answer: 'Café Müller' }];
    const sealed = await seal(message, { questions, reply: {} });
    const given = { answers: ['cafe muller'], code: sealed.code! };
    const reply = await answer(await sealed.bytes(), given, { text: 'When?' });
    expect((await open(reply, given)).message.text).toBe('When?');
    expect((await inspect(reply)).face).toEqual({ questions: ['Where did we meet?'] });
    const toKey = await seal(message, { questions, reply: { identity, passphrase: false } });
    const other = await answer(await toKey.bytes(), { ...given, code: toKey.code! });
    expect((await inspect(other)).face).toEqual({});
  });

  it('opens with the key of the sender’s side, which knows who wrote it', async () => {
    const attachments = [{ name: 'form.pdf', type: 'application/pdf', content: new Uint8Array(70_000).fill(7) }];
    const opened = await open(await answer(file, prepared, { text: 'When?', attachments }), { keys: [identity] });
    expect(opened.message.text).toBe('When?');
    expect(opened.message.headers).toMatchObject({
      from: [{ name: 'Ada', address: 'ada@home.example' }],
      to: [{ name: 'Clinic', address: 'results@clinic.example' }],
      subject: 'Re: Results',
      inReplyTo: 'first@clinic.example',
      references: ['before@clinic.example', 'first@clinic.example'],
    });
    expect(opened.reply).toMatchObject({
      kind: 'reply',
      author: 'ada@home.example',
      authors: ['ada@home.example'],
      thread: { messageId: 'first@clinic.example', references: ['before@clinic.example'] },
    });
    expect(await opened.attachments[0]?.bytes()).toEqual(attachments[0]?.content);
  });

  it('opens with the passphrase, for somebody without the key', async () => {
    const opened = await open(await answer(file, prepared), { prepared });
    expect(opened.message.text).toBe('Thank you.');
    expect(opened.reply).toBeUndefined();
  });

  it('can be answered in its turn, any number of times', async () => {
    let last = file;
    const ids = new Set<string>();
    for (let generation = 1; generation <= 5; generation++) {
      last = await answer(last, prepared, { text: `Number ${String(generation)}` });
      const { reply, message: read } = await open(last, { keys: [identity] });
      expect(read.text).toBe(`Number ${String(generation)}`);
      expect(read.headers.references).toHaveLength(1 + generation);
      expect(reply).toMatchObject({ author: 'ada@home.example', thread: { messageId: 'first@clinic.example' } });
      ids.add(reply?.id ?? '');
    }
    expect(ids.size).toBe(5);
  });

  it('works with a hybrid key', async () => {
    const hybrid = await generateIdentity();
    const replied = await answer(await envelope({}, { identity: hybrid }), prepared);
    expect((await open(replied, { keys: [identity, hybrid] })).reply?.author).toBe('ada@home.example');
  });

  it('shows the recipient of the envelope as its author, whatever its From says', async () => {
    const others = [{ name: '', address: 'eve@else.example' }];
    const replied = await answer(await envelope({ to: others }, { recipients: ['ada@home.example'] }), prepared);
    const opened = await open(replied, { keys: [identity] });
    expect(opened.message.headers.from).toEqual(others);
    expect(opened.reply?.author).toBe('ada@home.example');
  });

  it('of an envelope for several has no one author', async () => {
    const cc = [{ name: 'Bob', address: 'bob@home.example' }];
    const replied = await answer(await envelope({ cc }, { actions: ['reply', 'replyAll'] }), prepared, {
      action: 'replyAll',
    });
    const { reply, message: read } = await open(replied, { keys: [identity] });
    expect(reply).not.toHaveProperty('author');
    expect(reply).toMatchObject({ kind: 'replyAll', authors: ['ada@home.example', 'bob@home.example'] });
    expect(read.headers.to?.map(({ address }) => address)).toEqual(['results@clinic.example', 'ada@home.example']);
    expect(read.headers.cc).toEqual(cc);
  });

  it('to an envelope without an identity is sealed to the passphrase alone', async () => {
    const plain = await seal(message, { prepared, reply: {} });
    const replied = await answer(await plain.bytes(), prepared);
    expect((await open(replied, { prepared })).message.text).toBe('Thank you.');
    await expect(open(replied, { keys: [identity] })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
  });

  it('is sealed to the key alone where the sender wants that', async () => {
    const replied = await answer(await envelope({}, { passphrase: false }), prepared);
    await expect(open(replied, { prepared })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    expect((await open(replied, { keys: [identity] })).reply?.author).toBe('ada@home.example');
  });
});

describe('the keys of a manifest', () => {
  type Change = NonNullable<Answer['changeInfo']>;
  /** With these keys in front of the sender's own, or in its place. */
  const withKeys =
    (change: (keys: readonly ReplyKey[]) => readonly ReplyKey[]): Change =>
    (info) => ({ ...info, ...(info.proof && { proof: { ...info.proof, keys: change(info.proof.keys) } }) });
  const noPoint: ReplyKey = { kem: 'p256', publicKey: new Uint8Array(65).fill(4) };

  it('are passed over where they are none of their kind', async () => {
    const replied = await answer(file, prepared, { changeInfo: withKeys((keys) => [noPoint, ...keys]) });
    expect((await open(replied, { keys: [identity] })).reply?.author).toBe('ada@home.example');
  });

  it.each([
    ['none of its kind', () => [noPoint]],
    ['over', (keys: readonly ReplyKey[]) => keys.map((key) => ({ ...key, to: 1 }))],
  ] as const)('are wanted: no reply is sealed where the only one is %s', async (_, change) => {
    const sealing = answer(file, prepared, { changeInfo: withKeys(change) });
    await expect(sealing).rejects.toMatchObject({ code: 'REPLY_REFUSED', reason: 'expired' });
  });
});

it('a reply to a message with as many references as there can be is in its thread', async () => {
  const references = Array.from({ length: 10_000 }, (_, number) => `${String(number)}@clinic.example`);
  const replied = await answer(await envelope({ references }), prepared);
  const { reply, message: read } = await open(replied, { keys: [identity] });
  expect(reply?.thread.references).toHaveLength(20);
  expect(read.headers.references?.at(-1)).toBe('first@clinic.example');
});

describe('18 a reply is refused', () => {
  const refused = async (how: Answer, code = 'DID_NOT_OPEN', reason?: string): Promise<void> => {
    await expect(open(await answer(file, prepared, how), { keys: [identity] })).rejects.toMatchObject({ code, reason });
  };
  /** What another message of the same sender to the same person would give. */
  async function other(): Promise<{ proof: NonNullable<Parameters<NonNullable<Answer['changeInfo']>>[0]['proof']> }> {
    let proof: Awaited<ReturnType<typeof other>>['proof'] | undefined;
    await answer(await envelope({ messageId: 'second@clinic.example' }), prepared, {
      changeInfo: (info) => {
        ({ proof } = info);
        return info;
      },
    });
    if (proof === undefined) throw new Error('no proof');
    return { proof };
  }

  it('with the token of another message', async () => {
    const { token } = (await other()).proof;
    await refused({ changeInfo: (info) => ({ ...info, ...(info.proof && { proof: { ...info.proof, token } }) }) });
  });

  it('with the pre-shared key of another message', async () => {
    const { psk } = (await other()).proof;
    await refused({ changeInfo: (info) => ({ ...info, ...(info.proof && { proof: { ...info.proof, psk } }) }) });
  });

  it('with another header', async () => {
    await refused({
      changeHeader: ({ header, bytes }) => ({ header, bytes: bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) }),
    });
  });

  it('with another identifier', async () => {
    await refused({ changeHeader: ({ header, bytes }) => ({ header: { ...header, id: new Uint8Array(16) }, bytes }) });
  });

  it('with token and pre-shared key of another message', async () => {
    const { psk, token } = (await other()).proof;
    await refused({ changeInfo: (info) => ({ ...info, ...(info.proof && { proof: { ...info.proof, psk, token } }) }) });
  });

  it.each([
    ['of another message', { inReplyTo: 'other@clinic.example', references: ['other@clinic.example'] }],
    ['of none', { inReplyTo: undefined, references: undefined }],
    ['of both', { inReplyTo: 'other@clinic.example', references: ['before@clinic.example', 'first@clinic.example'] }],
    ['of a message before', { inReplyTo: 'first@clinic.example', references: ['other@clinic.example'] }],
  ])('in the thread %s', async (_, thread) => {
    const { inReplyTo, references } = thread;
    const headers = { ...(inReplyTo && { messageId: inReplyTo }), ...(references && { references }) };
    await refused({ changeHeaders: ({ from = [], to = [] }) => ({ from, to, ...headers }) }, 'REPLY_REFUSED', 'thread');
  });

  it('with a token that was made from the public key', async () => {
    const { key } = identity;
    const { pair } = await generateIdentity({ kem: 'p256' });
    const stranger = new Identity(key, pair.privateKey);
    const token = await sealToken(
      {
        id: new Uint8Array(16),
        header: new Uint8Array(32),
        psk: new Uint8Array(32),
        recipients: ['ada@home.example'],
        actions: ['reply'],
        issued: 0,
        expires: 2 ** 31,
        references: [],
      },
      stranger,
      webcryptoBackend,
      randomBytes,
    );
    const origin = { id: new Uint8Array(16), header: new Uint8Array(32) };
    await refused({
      changeInfo: (info) => ({
        ...info,
        ...(info.proof && { proof: { ...info.proof, psk: new Uint8Array(32), token, origin } }),
      }),
    });
  });

  it('made without a token: it opens, but as nobody’s', async () => {
    const forged = await seal(
      { headers: { ...message.headers, inReplyTo: 'first@clinic.example' }, text: 'Pay here.' },
      { recipientKeys: [identity.publicKey], reply: { identity: await generateIdentity({ kem: 'p256' }) } },
    );
    const opened = await open(await forged.bytes(), { keys: [identity] });
    expect(opened.message.text).toBe('Pay here.');
    expect(opened).not.toHaveProperty('reply');
  });

  it('when its time is over', async () => {
    const replied = await answer(file, prepared);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 399 * 86_400_000 });
    await open(replied, { keys: [identity] });
    vi.setSystemTime(Date.now() + 2 * 86_400_000);
    await expect(open(replied, { keys: [identity] })).rejects.toMatchObject({
      code: 'REPLY_REFUSED',
      reason: 'expired',
    });
    vi.useRealTimers();
  });

  it('when it comes a second time', async () => {
    const ledger = memoryLedger();
    const replied = await answer(file, prepared);
    const { reply } = await open(replied, { keys: [identity], ledger });
    await expect(open(replied, { keys: [identity], ledger })).rejects.toMatchObject({
      code: 'REPLY_REFUSED',
      reason: 'repeated',
    });
    await ledger.forget(reply?.id ?? '');
    await open(replied, { keys: [identity], ledger });
    await open(await answer(file, prepared), { keys: [identity], ledger });
  });

  it('of a kind that was not offered', async () => {
    await refused({ action: 'replyAll' }, 'REPLY_REFUSED', 'kind');
  });
});
