import {
  openEnvelope,
  PreparedSecret,
  profileKdf,
  randomBytes,
  readEnvelope,
  readReplyInfo,
  sealEnvelope,
  webcryptoBackend as backend,
  type ReplyInfo,
} from '@sealpost/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replyToJson } from '../src/reply/reply-info.js';

/** What a manifest says about replies (spec/envelope-v1.md, section 7.5). */

const plain: ReplyInfo = {
  actions: ['reply', 'forward'],
  to: [{ name: 'Ward', address: 'ward@clinic.example' }],
  passphrase: true,
};

const full: ReplyInfo = {
  actions: ['reply', 'replyAll', 'forward'],
  to: Array.from({ length: 10 }, () => ({ name: 'n'.repeat(1_000), address: 'a'.repeat(1_000) })),
  proof: {
    keys: [
      { kem: 'p256', publicKey: randomBytes(65), to: 1_829_560_000 },
      { kem: 'mlkem768-x25519', publicKey: randomBytes(1_216) },
      { kem: 'p256', publicKey: randomBytes(65), to: 0 },
      { kem: 'p256', publicKey: randomBytes(65) },
    ],
    psk: randomBytes(32),
    token: randomBytes(8_192),
    origin: { id: randomBytes(16), header: randomBytes(32) },
  },
  passphrase: false,
  path: `/${'~'.repeat(499)}`,
  kind: 'replyAll',
};

type Json = Record<string, unknown>;

/** As it stands in a manifest. */
function written(info: ReplyInfo): Json {
  return JSON.parse(JSON.stringify(replyToJson(info))) as Json;
}

describe('what a manifest says about replies', () => {
  it.each([
    ['the least', plain],
    ['the most', full],
    [
      'an envelope that can be answered',
      { ...full, proof: { ...full.proof!, origin: undefined as never }, kind: 'reply' },
    ],
    ['nobody to answer to', { ...plain, to: [] }],
    ['both ways', { ...full, passphrase: true }],
  ] satisfies [string, ReplyInfo][])('comes back: %s', (_what, info) => {
    expect(readReplyInfo(written(info))).toEqual(info);
  });

  it('has no keys for what there is not', () => {
    expect(readReplyInfo(written(plain))).toStrictEqual(plain);
    expect(Object.keys(written(plain))).toEqual(['actions', 'to', 'passphrase']);
    expect(Object.keys(written(full))).toEqual([
      'actions',
      'to',
      'keys',
      'psk',
      'token',
      'id',
      'header',
      'path',
      'kind',
    ]);
  });

  it('is read beside keys that are not known', () => {
    expect(readReplyInfo({ ...written(full), more: { a: 1 } })).toEqual(full);
  });

  const set =
    (key: string, value: unknown) =>
    (json: Json): Json => ({ ...json, [key]: value });
  const without =
    (...keys: string[]) =>
    (json: Json): Json =>
      Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
  const key =
    (changed: Json) =>
    (json: Json): Json => ({
      ...json,
      keys: [{ ...(json['keys'] as Json[])[0], ...changed }],
    });
  const bytes = (length: number): string => Buffer.alloc(length).toString('base64url');

  it.each<readonly [string, (json: Json) => unknown]>([
    ['nothing', () => undefined],
    ['null', () => null],
    ['a text', () => 'reply'],
    ['a list', () => []],
    ['no actions', without('actions')],
    ['actions that are no list', set('actions', 'reply')],
    ['an empty list of actions', set('actions', [])],
    ['an action that is not known', set('actions', ['reply', 'burn'])],
    ['an action twice', set('actions', ['reply', 'reply'])],
    ['four actions', set('actions', ['reply', 'replyAll', 'forward', 'reply'])],
    ['no addresses', without('to')],
    ['addresses that are no list', set('to', 'a@b')],
    ['eleven addresses', set('to', Array(11).fill({ name: '', address: 'a@b' }))],
    ['an address that is a text', set('to', ['a@b'])],
    ['an address that is null', set('to', [null])],
    ['an address without a name', set('to', [{ address: 'a@b' }])],
    ['a name without an address', set('to', [{ name: 'a' }])],
    ['an address too long', set('to', [{ name: '', address: 'a'.repeat(1_001) }])],
    ['a name too long', set('to', [{ name: 'a'.repeat(1_001), address: 'a@b' }])],
    ['a name that is a number', set('to', [{ name: 1, address: 'a@b' }])],
    ['neither token nor passphrase', without('token', 'passphrase')],
    ['a passphrase that is not 1', (json) => ({ ...without('token')(json), passphrase: true })],
    ['a token without keys', without('keys')],
    ['a token with an empty list of keys', set('keys', [])],
    ['five keys', (json) => ({ ...json, keys: Array(5).fill((json['keys'] as Json[])[0]) })],
    ['a key that is a text', set('keys', ['p256'])],
    ['a key of another KEM', key({ kem: 'p512' })],
    ['a key without bytes', key({ key: undefined })],
    ['a key that is not base64url', key({ key: 'a+b/' })],
    ['a key with padding', key({ key: 'AA==' })],
    ['a time that is a text', key({ to: '1' })],
    ['a time with a fraction', key({ to: 1.5 })],
    ['a time before 1970', key({ to: -1 })],
    ['a token without a pre-shared key', without('psk')],
    ['a short pre-shared key', set('psk', bytes(31))],
    ['a long pre-shared key', set('psk', bytes(33))],
    ['a token that is a number', set('token', 1)],
    ['a token too long', set('token', bytes(8_193))],
    ['an identifier without a hash', without('header')],
    ['a short identifier', set('id', bytes(15))],
    ['a short hash', set('header', bytes(31))],
    ['a path without a slash', set('path', 'replies')],
    ['an empty path', set('path', '')],
    ['a path too long', set('path', `/${'a'.repeat(500)}`)],
    ['a path with a blank', set('path', '/a b')],
    ['a path of two lines', set('path', '/a\n')],
    ['a path that is a number', set('path', 1)],
    ['a kind that is not known', set('kind', 'forward')],
    ['a kind that is null', set('kind', null)],
  ])('is passed over where it is not as it should be: %s', (_what, change) => {
    expect(readReplyInfo(change(written(full)))).toBeUndefined();
  });

  it('is passed over, and never thrown at, whatever it is', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.json().map((text) => JSON.parse(text) as unknown),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(written(full))), anything, (name, value) => {
        const read = readReplyInfo({ ...written(full), [name]: value });
        expect(read === undefined || read.actions.length > 0).toBe(true);
        readReplyInfo(value);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an envelope that can be answered', () => {
  const prepared = new PreparedSecret({
    key: randomBytes(32),
    kdf: profileKdf('light', randomBytes(16)),
    norm: 'words',
    madeAt: 0,
    strengthBits: 64,
  });

  async function opened(reply: ReplyInfo | undefined): Promise<Awaited<ReturnType<typeof openEnvelope>>> {
    const sealed = await sealEnvelope(
      { headers: { subject: 'one' }, text: 'The text.' },
      { backend, secrets: [prepared], ...(reply && { makeReply: () => Promise.resolve(reply) }) },
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of sealed.file()) pieces.push(piece.slice());
    return openEnvelope(readEnvelope(Buffer.concat(pieces)), { prepared }, { backend });
  }

  it('tells it to whoever opens it, who keeps what a reply needs until it is closed', async () => {
    const envelope = await opened(full);
    expect(readReplyInfo(envelope.reply)).toEqual(full);
    expect(envelope.replySecrets?.secret?.key).toEqual(prepared.key);
    expect(envelope.replySecrets?.draft).toHaveLength(32);
    expect(envelope.replySecrets?.draft.some((byte) => byte !== 0)).toBe(true);
    envelope.close();
    expect(envelope.replySecrets?.secret?.key).toEqual(new Uint8Array(32));
    expect(envelope.replySecrets?.draft).toEqual(new Uint8Array(32));
  });

  it('that cannot be keeps nothing', async () => {
    const envelope = await opened(undefined);
    expect([envelope.reply, envelope.replySecrets]).toEqual([undefined, undefined]);
  });

  it('is read also where what it says about replies is not as it should be', async () => {
    const envelope = await opened({ ...full, actions: ['burn'] as never });
    expect(readReplyInfo(envelope.reply)).toBeUndefined();
    expect(await envelope.text()).toBe('The text.');
  });
});
