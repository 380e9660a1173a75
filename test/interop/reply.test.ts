import { openEnvelope, readEnvelope, readReplyInfo } from '@sealpost/core';
import { generateIdentity, identityText, seal, type Identity, type SealOptions } from 'sealpost';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, type Answer } from '../reply/answer.js';
import { PASSPHRASE, SMALL } from './envelope.js';
import { libraryOutcome, pythonOutcome, type Outcome } from './outcome.js';
import { Python, pythonMissing, type OfferWanted, type PythonMessage, type Secret } from './python.js';

const missing = pythonMissing();
const ADA = { name: 'Ada', address: 'ada@home.example' };
const CLINIC = { name: 'Klinik <&> "Süd"', address: 'results@clinic.example' };
const BOB = { name: '', address: 'bob@home.example' };
const MESSAGE = {
  headers: {
    from: [CLINIC],
    to: [ADA],
    subject: 'Grüße',
    messageId: 'first@clinic.example',
    references: ['before@clinic.example'],
  },
  text: 'Good news.',
};
const DAY = 86_400;

describe.skipIf(missing)(`replies${missing ? ` (skipped: ${missing})` : ''}`, { timeout: 120_000 }, () => {
  let python: Python;
  let identity: Identity;
  let keys: Secret;

  beforeAll(async () => {
    python = new Python();
    identity = await generateIdentity({ kem: 'p256' });
    keys = { identity: identityText(identity) };
  });
  afterAll(() => {
    python.stop();
  });

  /** An original of the library's. */
  async function sealed(reply: SealOptions['reply'] = {}, headers: object = {}): Promise<Uint8Array> {
    const message = { ...MESSAGE, headers: { ...MESSAGE.headers, ...headers } };
    const options = { passphrase: PASSPHRASE, kdf: 'light', allowWeak: true, reply: { identity, ...reply } } as const;
    return (await seal(message, options)).bytes();
  }

  /** An original of Python's. */
  async function made(offer: Partial<OfferWanted> = {}, headers: object = {}): Promise<Uint8Array> {
    const now = Math.floor(Date.now() / 1000);
    return python.make({
      ...SMALL,
      message: { headers: { ...MESSAGE.headers, ...headers }, parts: SMALL.message.parts },
      offer: {
        identity: identityText(identity),
        recipients: [ADA.address],
        issued: now,
        expires: now + 400 * DAY,
        ...offer,
      },
    });
  }

  /** What both say of a file, which is the same. */
  async function outcomeOf(file: Uint8Array, secret: Secret): Promise<Outcome> {
    const second = await pythonOutcome(python, file, secret);
    expect({ ...(await libraryOutcome(file, secret)), clause: undefined }).toEqual({ ...second, clause: undefined });
    return second;
  }

  async function expectTaken(file: Uint8Array, kind = 'reply', authors = [ADA.address]): Promise<void> {
    const outcome = await outcomeOf(file, keys);
    expect(outcome).toMatchObject({ code: 'success', message: { reply: { kind, authors } } });
  }

  async function expectRefused(file: Uint8Array, code: string, reason?: string): Promise<void> {
    const outcome = await outcomeOf(file, keys);
    expect(outcome).toMatchObject({ code, ...(reason !== undefined && { reason }) });
  }

  const writers = [
    ['the page', (file: Uint8Array) => answer(file, PASSPHRASE)],
    ['Python', (file: Uint8Array) => python.answer(file, PASSPHRASE)],
  ] as const;
  const originals = [
    ['the library', sealed],
    ['Python', made],
  ] as const;
  const pairs = originals.flatMap(([maker, make]) =>
    writers.map(([writer, write]) => ({ maker, writer, make, write }) as const),
  );

  describe.each(pairs)('of $writer, to what $maker sealed', ({ make, write }) => {
    test('with a slot for the passphrase', async () => {
      const file = await write(await make());
      await expectTaken(file);
      const { code, message } = await outcomeOf(file, PASSPHRASE);
      expect(code).toBe('success');
      expect(message).not.toHaveProperty('reply');
      expect((await outcomeOf(file, { identity: identityText(await generateIdentity({ kem: 'p256' })) })).code).toBe(
        'DID_NOT_OPEN',
      );
    });

    test('for the key alone', async () => {
      const file = await write(await make({ passphrase: false }));
      await expectTaken(file);
      expect((await outcomeOf(file, PASSPHRASE)).code).toBe('DID_NOT_OPEN');
    });

    test.each([
      ['without an identifier', { messageId: undefined, references: undefined }],
      ['with 25 references', { references: Array.from({ length: 25 }, (_, i) => `${i}@clinic.example`) }],
      ['without references', { references: undefined }],
    ])('to a message %s', async (_, headers) => {
      await expectTaken(await write(await make({}, headers)));
    });
  });

  test('to replies, by either', async () => {
    let [file, generation] = [await sealed(), 0];
    for (const [, write] of [...writers, ...writers, ...writers]) {
      file = await write(file);
      generation += 1;
      await expectTaken(file);
      const { offer } = (await python.open(file, keys)) as PythonMessage;
      expect(offer?.id).toHaveLength(32);
      const { headers } = (await python.open(file, PASSPHRASE)) as PythonMessage;
      expect((headers as { references: string[] }).references).toHaveLength(generation + 1);
    }
  });

  test('to all, from one of two', async () => {
    const options = { actions: ['reply', 'replyAll'] } as const;
    const two = { cc: [BOB] };
    const authors = [ADA.address, BOB.address];
    const file = await sealed(options, two);
    await expectTaken(await answer(file, PASSPHRASE, { action: 'replyAll' }), 'replyAll', authors);
    await expectTaken(await python.answer(file, PASSPHRASE, 'replyAll'), 'replyAll', authors);
    const own = await made({ ...options, recipients: authors }, two);
    await expectTaken(await answer(own, PASSPHRASE, { action: 'replyAll' }), 'replyAll', authors);
  });

  test.each([
    ['of another thread', { messageId: 'other@clinic.example' }],
    ['with another reference before', { references: ['other@clinic.example'] }],
    ['of no thread', { messageId: undefined, references: undefined }],
  ])('%s are refused by both', async (_, changes) => {
    const changeHeaders: Answer['changeHeaders'] = (headers) => ({ ...headers, ...(changes as object) });
    await expectRefused(await answer(await sealed(), PASSPHRASE, { changeHeaders }), 'REPLY_REFUSED', 'thread');
  });

  test('of a kind that was not offered are refused by both', async () => {
    await expectRefused(await answer(await sealed(), PASSPHRASE, { action: 'replyAll' }), 'REPLY_REFUSED', 'kind');
  });

  test('are refused by both when their time is over', async () => {
    const now = Math.floor(Date.now() / 1000);
    const file = await made({ issued: now - 2 * DAY, expires: now - DAY });
    const late = await answer(file, PASSPHRASE, { now: new Date((now - 2 * DAY) * 1000) });
    await expectRefused(late, 'REPLY_REFUSED', 'expired');
  });

  test('with something of another message open for neither', async () => {
    const file = await sealed();
    const proofs: NonNullable<Parameters<NonNullable<Answer['changeInfo']>>[0]['proof']>[] = [];
    await answer(await sealed(), PASSPHRASE, {
      changeInfo: (info) => {
        if (info.proof) proofs.push(info.proof);
        return info;
      },
    });
    const [other] = proofs;
    for (const changes of [{ psk: other!.psk }, { token: other!.token }, { psk: other!.psk, token: other!.token }]) {
      const changeInfo: Answer['changeInfo'] = (info) => ({
        ...info,
        ...(info.proof && { proof: { ...info.proof, ...changes } }),
      });
      await expectRefused(await answer(file, PASSPHRASE, { changeInfo }), 'DID_NOT_OPEN');
    }
  });

  test('to a hybrid key: Python reads all but the private key', async () => {
    const hybrid = await generateIdentity();
    const file = await answer(await sealed({ identity: hybrid }), PASSPHRASE);
    expect(await python.open(file, { identity: identityText(hybrid) })).toMatchObject({ error: 'NOT_COVERED' });
    expect((await outcomeOf(file, PASSPHRASE)).code).toBe('success');
  });

  test.each(originals)('what %s offers is read alike', async (_, make) => {
    const file = await make({ actions: ['forward', 'replyAll', 'reply'], passphrase: false });
    const { offer } = (await python.open(file, PASSPHRASE)) as PythonMessage;
    const opened = await openEnvelope(readEnvelope(Buffer.from(file).toString('latin1')), { passphrase: PASSPHRASE });
    const { actions, to, proof, passphrase } = readReplyInfo(opened.reply)!;
    const { keys: replyKeys, psk, token } = proof!;
    expect(offer).toEqual({
      actions,
      to,
      keys: replyKeys.map(({ kem, publicKey, to: end }) => ({ kem, key: hex(publicKey), to: end })),
      psk: hex(psk),
      token: hex(token),
      id: null,
      header: null,
      passphrase,
      path: null,
      kind: null,
    });
    expect(offer?.to).toEqual([CLINIC]);
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
