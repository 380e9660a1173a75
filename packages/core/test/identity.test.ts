import { makeRecipientKey, prepareSecret, randomBytes, webcryptoBackend as backend, type Bytes } from '@sealpost/core';
import { bech32m } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { hybridKem } from '../src/kem/hybrid.js';
import { p256Kem } from '../src/kem/p256.js';
import { identityText, makeIdentity, readIdentity, sealedIdentityText, type Identity } from '@sealpost/core/keys';
import { isValidAt, readRecipientKey, recipientKeyText } from '@sealpost/core/keys';

const p256 = p256Kem(backend);
const kems = [p256, hybridKem];
const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2027-02-01T00:00:00Z')];
const neverAsked = (): Promise<Bytes> => Promise.reject(new Error('nobody is to be asked'));

describe.each([
  ['P-256', p256, 140],
  ['MLKEM768-X25519', hybridKem, 2_000],
] as const)('a public key of %s', (_, kem, longest) => {
  it('comes back from its text with its validity and its id', async () => {
    for (const validity of [{}, { from }, { to }, { from, to }]) {
      const { key } = await makeIdentity(kem, validity, backend);
      const text = recipientKeyText(key);
      expect(text).toMatch(/^sealpost1[02-9ac-hj-np-z]+$/);
      expect(text.length).toBeLessThan(longest);
      const read = await readRecipientKey(` ${text}\n`, kems, backend);
      expect(read).toEqual({ ...key, validity: { from: undefined, to: undefined, ...validity } });
      expect(read.id).toHaveLength(8);
    }
  });

  it('is refused where one letter of its text is another, or is missing', async () => {
    const text = recipientKeyText((await makeIdentity(kem, { from, to }, backend)).key);
    const places = [0, 8, 9, 20, text.length >> 1, text.length - 1];
    for (const at of places) {
      const other = text[at] === 'q' ? 'p' : 'q';
      for (const changed of [text.slice(0, at) + other + text.slice(at + 1), text.slice(0, at) + text.slice(at + 1)])
        await expect(readRecipientKey(changed, kems, backend)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  it('is of a kind unknown here where its version or its KEM is', async () => {
    const text = (...bytes: number[]): string =>
      bech32m.encode('sealpost', bech32m.toWords(Uint8Array.from(bytes)), false);
    for (const unknown of [text(2), text(2, 0, 16), text(1, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 9), text(1, 0, 17)])
      await expect(readRecipientKey(unknown, kems, backend)).rejects.toMatchObject({ code: 'UNSUPPORTED_VERSION' });
    for (const none of [text(), text(1), text(1, 0, 16), text(1, 0, 16, 0, 0, 0, 9, 0, 0, 0, 0)])
      await expect(readRecipientKey(none, kems, backend)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('has an id that its validity does not change', async () => {
    const { key } = await makeIdentity(kem, { from, to }, backend);
    expect((await makeRecipientKey(kem, key.publicKey, {}, backend)).id).toEqual(key.id);
    expect((await makeIdentity(kem, {}, backend)).key.id).not.toEqual(key.id);
  });

  it('comes back from the text of its identity, readable or sealed', async () => {
    const identity = await makeIdentity(kem, { from, to }, backend);
    const secret = await cheapSecret();
    const sealed = await sealedIdentityText(identity, secret, backend);
    expectSame(await readIdentity(identityText(identity), kems, neverAsked, backend), identity);
    expectSame(await readIdentity(`${sealed}\n`, kems, () => Promise.resolve(secret.key), backend), identity);
    expect(sealed).toMatch(/^[!-~]+$/);
    expect(sealed).not.toContain(Buffer.from(identity.pair.privateKey).toString('base64url'));
    expect(JSON.stringify({ identity })).not.toContain(Buffer.from(identity.pair.privateKey).toString('base64url'));
  });

  it('is not taken for the other half of another private key', async () => {
    const [one, other] = [await makeIdentity(kem, {}, backend), await makeIdentity(kem, {}, backend)];
    const mixed = identityText(one).replace(/"secret":"[^"]+"/, /"secret":"[^"]+"/.exec(identityText(other))![0]);
    await expect(readIdentity(mixed, kems, neverAsked, backend)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'identity holds two keys that are no pair',
    });
  });
});

describe('a sealed identity', () => {
  it('opens with its passphrase only, and not beside another public key', async () => {
    const [one, other] = [await makeIdentity(p256, {}, backend), await makeIdentity(p256, {}, backend)];
    const secret = await cheapSecret();
    const sealed = await sealedIdentityText(one, secret, backend);
    const read = (text: string, key = secret.key): Promise<Identity> =>
      readIdentity(text, kems, () => Promise.resolve(key), backend);
    await expect(read(sealed, randomBytes(32))).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    const swapped = sealed.replace(recipientKeyText(one.key), recipientKeyText(other.key));
    await expect(read(swapped)).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    await expect(read(sealed.replace('"m":', '"m":9'))).rejects.toMatchObject({ code: 'LIMIT' });
  });
});

it.each(['', '{}', 'null', '[]', '{"identity":"2"}', '{"identity":1,"key":""}', '{"prepared":1}', 'x'.repeat(100_000)])(
  'what is no identity is refused: %.40j',
  async (text) => {
    await expect(readIdentity(text, kems, neverAsked, backend)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  },
);

it('an identity of a later release is refused as such', async () => {
  await expect(readIdentity('{"identity":2,"more":{}}', kems, neverAsked, backend)).rejects.toMatchObject({
    code: 'UNSUPPORTED_VERSION',
  });
});

it('a key of an unknown kind is refused as such', async () => {
  const { key } = await makeIdentity(hybridKem, {}, backend);
  await expect(readRecipientKey(recipientKeyText(key), [p256], backend)).rejects.toMatchObject({
    code: 'UNSUPPORTED_VERSION',
  });
});

it.each([
  { from: to, to: from },
  { from: new Date('1969-12-31') },
  { to: new Date('2107-01-01') },
  { to: new Date(NaN) },
])('a validity is refused that no key can have: %j', async (validity) => {
  await expect(makeIdentity(p256, validity, backend)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});

it('a key is sealed to from its first second to its last', async () => {
  const { key } = await makeIdentity(p256, { from, to }, backend);
  const around = [from.getTime() - 1, from.getTime(), to.getTime(), to.getTime() + 1];
  expect(around.map((time) => isValidAt(key, new Date(time)))).toEqual([false, true, true, false]);
  const { key: always } = await makeIdentity(p256, {}, backend);
  expect(isValidAt(always, new Date(0))).toBe(true);
});

function cheapSecret(): ReturnType<typeof prepareSecret> {
  const runKdf = (): Promise<Bytes> => Promise.resolve(randomBytes(32));
  return prepareSecret('a passphrase of its owner', { backend, runKdf });
}

function expectSame(read: Identity, { key, pair }: Identity): void {
  expect(read.key).toEqual(key);
  expect(read.pair).toEqual(pair);
}
