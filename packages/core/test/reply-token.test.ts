import { p256Kem, randomBytes, utf8, webcryptoBackend as backend, type Bytes } from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import {
  identityText,
  makeIdentity,
  readIdentity,
  sealToken,
  type Identity,
  type ReplyToken,
} from '@sealpost/core/keys';
import { beforeAll, describe, expect, it } from 'vitest';
import { sealChunked } from '../src/crypto/chunks.js';
import { openToken } from '../src/reply/token.js';

/** What a sender's side tells itself (spec/envelope-v1.md, section 5.5). */

const kem = p256Kem(backend);

const token: ReplyToken = {
  id: randomBytes(16),
  header: randomBytes(32),
  psk: randomBytes(32),
  recipients: ['ada@home.example', 'jürgen@büro.example'],
  actions: ['reply', 'replyAll', 'forward'],
  issued: 1_795_000_000,
  expires: 1_829_560_000,
  messageId: 'first@clinic.example',
  references: ['before@clinic.example'],
};

let identity: Identity;

beforeAll(async () => {
  identity = await makeIdentity(kem, {}, backend);
});

function seal(changed: Partial<ReplyToken> = {}, by: Identity = identity): Promise<Bytes> {
  return sealToken({ ...token, ...changed }, by, backend, randomBytes);
}

/** As the spec says it, and not as the code does. */
async function sealedText(text: string | Bytes, label = 'sealpost/v1 token', context = `${label}\0`): Promise<Bytes> {
  const key = await backend.hmac('sha256', identity.pair.privateKey, utf8(label));
  return sealChunked(key, utf8(context), typeof text === 'string' ? utf8(text) : text, backend, randomBytes);
}

const b64 = (bytes: Bytes): string => Buffer.from(bytes).toString('base64url');
const { id, header, psk } = token;
const start = `{"token":1,"id":"${b64(id)}","header":"${b64(header)}","psk":"${b64(psk)}"`;
const end = '"recipients":["a@b"],"actions":["reply"],"issued":1,"expires":2';
const text = `${start},${end},"messageId":"m@b","references":["r@b"]}`;

describe('a token', () => {
  it('comes back as it was', async () => {
    expect(await openToken(await seal(), identity, backend)).toEqual(token);
    const { id, header, psk, recipients, actions, issued, expires } = token;
    const without = { id, header, psk, recipients, actions, issued, expires, references: [] };
    const sealed = await sealToken(without, identity, backend, randomBytes);
    expect(await openToken(sealed, identity, backend)).toStrictEqual(without);
  });

  it('opens with the same identity read from its text, also a hybrid one', async () => {
    const hybrid = await makeIdentity(hybridKem, {}, backend);
    for (const own of [identity, hybrid]) {
      const again = await readIdentity(
        identityText(own),
        [kem, hybridKem],
        () => Promise.reject(new Error('nobody is to be asked')),
        backend,
      );
      expect(await openToken(await seal({}, own), again, backend)).toEqual(token);
    }
  });

  it('opens with no other identity', async () => {
    const other = await makeIdentity(kem, {}, backend);
    expect(await openToken(await seal(), other, backend)).toBeUndefined();
  });

  it('opens where the spec was followed by hand', async () => {
    expect(await openToken(await sealedText(text), identity, backend)).toEqual({
      ...token,
      recipients: ['a@b'],
      actions: ['reply'],
      issued: 1,
      expires: 2,
      messageId: 'm@b',
      references: ['r@b'],
    });
  });

  it('does not open under another key or context', async () => {
    expect(await openToken(await sealedText(text, 'sealpost/v1 draft'), identity, backend)).toBeUndefined();
    const context = await sealedText(text, 'sealpost/v1 token', 'sealpost/v1 token');
    expect(await openToken(context, identity, backend)).toBeUndefined();
  });

  it('does not open with any byte changed, cut off or added', async () => {
    const sealed = await seal();
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = sealed.slice();
      changed[at]! ^= 1;
      expect(await openToken(changed, identity, backend)).toBeUndefined();
    }
    for (const length of [0, 1, 55, 56, sealed.length - 1])
      expect(await openToken(sealed.slice(0, length), identity, backend)).toBeUndefined();
    expect(await openToken(Uint8Array.of(...sealed, 0), identity, backend)).toBeUndefined();
  });

  it.each([
    ['another kind', text.replace('"token":1', '"token":2')],
    ['no number', text.replace('"token":1', '"token":"1"')],
    ['no identifier', text.replace(/"id":"[^"]*",/, '')],
    ['no hash', text.replace(/"header":"[^"]*",/, '')],
    ['no pre-shared key', text.replace(/,"psk":"[^"]*"/, '')],
    ['no recipients', text.replace('"recipients":["a@b"],', '')],
    ['no actions', text.replace('"actions":["reply"],', '')],
    ['no time', text.replace('"expires":2,', '')],
    ['no references', text.replace(',"references":["r@b"]', '')],
    ['a key more', text.replace(/}$/, ',"more":1}')],
    ['blanks', text.replace(':1,', ': 1,')],
    ['no object', '[]'],
    ['no JSON', 'token'],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe)],
  ])('of a later release is as none: %s', async (_what, changed) => {
    expect(changed).not.toBe(text);
    expect(await openToken(await sealedText(changed), identity, backend)).toBeUndefined();
  });

  it('passes over an action that it does not know', async () => {
    const more = text.replace('["reply"]', '["reply","burn"]');
    expect(await openToken(await sealedText(more), identity, backend)).toMatchObject({ actions: ['reply'] });
  });

  it.each([
    ['"reply"', '"reply",1'],
    ['"a@b"', '"a@b",{}'],
  ])('is none where a list of texts holds something else: %s', async (from, to) => {
    const other = text.replace(`[${from}]`, `[${to}]`);
    expect(other).not.toBe(text);
    expect(await openToken(await sealedText(other), identity, backend)).toBeUndefined();
  });

  it('is of at most 8,192 bytes', async () => {
    const room = 8_192 - (await seal({ recipients: [''] })).length;
    expect(await seal({ recipients: ['a'.repeat(room)] })).toHaveLength(8_192);
    await expect(seal({ recipients: ['a'.repeat(room + 1)] })).rejects.toMatchObject({ code: 'LIMIT' });
  });

  it.each([
    ['a text that is none', { recipients: ['\ud800@b'] }],
    ['a time with a fraction', { issued: 1.5 }],
    ['a time before 1970', { expires: -1 }],
  ])('is not made of %s', async (_what, changed) => {
    await expect(seal(changed)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});
