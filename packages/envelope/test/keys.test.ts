import { p256Kem, webcryptoBackend, webcryptoP256 } from '@sealpost/core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  estimateSize,
  generateIdentity,
  identityText,
  inspect,
  inspectPublicKey,
  open,
  prepareSecret,
  readIdentity,
  seal,
  sealIdentity,
  type Identity,
  type Message,
  type PreparedSecret,
} from '../src/index.js';
import { nodeP256 } from '../src/node-p256.js';

const message: Message = { headers: { subject: 'Results' }, text: 'Good news.' };
const DAY = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY);

let hybrid: Identity;
let p256: Identity;
let prepared: PreparedSecret;

beforeAll(async () => {
  hybrid = await generateIdentity();
  p256 = await generateIdentity({ kem: 'p256' });
  ({ prepared } = await prepareSecret());
});

describe('an envelope for keys', () => {
  it('opens with each of them, has no passphrase, and is a data form', async () => {
    const sealed = await seal(message, { recipientKeys: [hybrid.publicKey, p256.publicKey] });
    expect(sealed).not.toHaveProperty('passphrase');
    expect(sealed).toMatchObject({ fileName: 'securedoc.seal', strengthBits: 128, postQuantum: false });
    expect(sealed.warnings.map(({ code }) => code)).toEqual(['MIXED_KEYS']);
    const file = await sealed.bytes();
    const other = await generateIdentity();
    for (const keys of [[hybrid], [p256], [other, hybrid]]) {
      const opened = await open(file, { keys });
      expect(opened.message.text).toBe('Good news.');
      expect(opened.notes).toEqual({});
    }
    await expect(open(file, { keys: [other] })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    await expect(open(file, { prepared })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
  });

  it('says which keys open it, to everybody', async () => {
    const sealed = await seal(message, { recipientKeys: [hybrid.publicKey, p256.publicKey] });
    const { slots } = await inspect(await sealed.bytes());
    const [first, second] = [await inspectPublicKey(hybrid.publicKey), await inspectPublicKey(p256.publicKey)];
    expect(slots).toEqual([
      { type: 'key', kem: 'mlkem768-x25519', key: first.id },
      { type: 'key', kem: 'p256', key: second.id },
    ]);
  });

  it('withstands quantum computers where all its keys do', async () => {
    const { postQuantum, warnings } = await seal(message, { recipientKeys: [hybrid.publicKey] });
    expect([postQuantum, warnings]).toEqual([true, []]);
    const weaker = await seal(message, { recipientKeys: [p256.publicKey] });
    expect([weaker.postQuantum, weaker.warnings]).toEqual([false, []]);
    expect((await seal(message, { prepared })).postQuantum).toBe(true);
  });

  it('is a page where it has a secret too, which opens it as well', async () => {
    const sealed = await seal(message, { prepared, recipientKeys: [hybrid.publicKey] });
    expect(sealed).toMatchObject({ fileName: 'securedoc.html', strengthBits: prepared.strengthBits });
    const file = await sealed.bytes();
    for (const secret of [{ prepared }, { keys: [hybrid] }])
      expect((await open(file, secret)).message.text).toBe('Good news.');
    await expect(seal(message, { recipientKeys: [hybrid.publicKey], form: 'html' })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('a page opens with a passphrase') as string,
    });
  });

  it('for an archive has a generated passphrase, and says that the organisation can open it', async () => {
    const sealed = await seal(message, { archiveKeys: [p256.publicKey] });
    expect(sealed.fileName).toBe('securedoc.html');
    expect(sealed.strengthBits).toBeCloseTo(64.6, 1);
    const file = await sealed.bytes();
    for (const secret of [{ passphrase: sealed.passphrase ?? '' }, { keys: [p256] }]) {
      const opened = await open(file, secret);
      expect([opened.message.text, opened.notes]).toEqual(['Good news.', { archive: true }]);
    }
  });

  it('is as large as was estimated', async () => {
    for (const options of [
      { recipientKeys: [hybrid.publicKey] },
      { recipientKeys: [p256.publicKey], prepared },
      { archiveKeys: [hybrid.publicKey, p256.publicKey], prepared },
    ]) {
      const { length } = await (await seal(message, options)).bytes();
      expect(Math.abs((await estimateSize(message, options)).file - length)).toBeLessThan(4);
    }
  });

  it('is not sealed to a key outside its validity, or to what is none', async () => {
    const past = await generateIdentity({ kem: 'p256', to: inDays(-1) });
    const future = await generateIdentity({ kem: 'p256', from: inDays(1), to: inDays(30) });
    const now = await generateIdentity({ kem: 'p256', from: inDays(-1), to: inDays(1) });
    const { id } = await inspectPublicKey(past.publicKey);
    await expect(seal(message, { recipientKeys: [past.publicKey] })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(`^public key ${id} was valid until \\d{4}-\\d\\d-\\d\\d`) as string,
    });
    await expect(seal(message, { archiveKeys: [future.publicKey] })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('is not valid before') as string,
    });
    const sealed = await seal(message, { recipientKeys: [now.publicKey] });
    await expect(open(await sealed.bytes(), { keys: [now] })).resolves.toBeDefined();
    for (const text of ['', 'sealpost1qqqq', p256.publicKey.slice(1), `${p256.publicKey}q`])
      await expect(seal(message, { recipientKeys: [text] })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('keeps on opening with a key whose time is over', async () => {
    const identity = await generateIdentity({ kem: 'p256', to: inDays(1) });
    const file = await (await seal(message, { recipientKeys: [identity.publicKey] })).bytes();
    const expired = await readIdentity(identityText(identity));
    expect(expired.key.validity.to?.getTime()).toBeLessThan(inDays(1).getTime());
    await expect(open(file, { keys: [expired] })).resolves.toBeDefined();
  });

  it('is opened with exactly one kind of secret', async () => {
    const file = await (await seal(message, { recipientKeys: [p256.publicKey], prepared })).bytes();
    for (const secret of [{ keys: [] }, { keys: [p256], prepared }, { keys: [p256.publicKey] }, { keys: p256 }, {}])
      await expect(open(file, secret as never)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe.each([
  ['WebCrypto', webcryptoP256],
  ['node:crypto', nodeP256],
])('P-256 on %s', (_, group) => {
  const kem = p256Kem(webcryptoBackend, group);

  it('agrees with the other', async () => {
    for (const other of [webcryptoP256, nodeP256]) {
      const pair = await p256Kem(webcryptoBackend, other).generate();
      expect([pair.publicKey.length, pair.privateKey.length]).toEqual([65, 32]);
      const { enc, secret } = await kem.encapsulate(pair.publicKey);
      expect(await p256Kem(webcryptoBackend, other).decapsulate(enc, pair)).toEqual(secret);
    }
  });

  it('takes points in no other encoding, and no key beside another', async () => {
    const pair = await kem.generate();
    const { enc } = await kem.encapsulate(pair.publicKey);
    // The hybrid encoding of X9.62, and the compressed one.
    const other = Uint8Array.from(enc);
    other[0] = 6 + ((enc[64] ?? 0) & 1);
    const compressed = Uint8Array.from(enc.slice(0, 33));
    compressed[0] = 2 + ((enc[64] ?? 0) & 1);
    for (const wrong of [other, compressed, enc.slice(1), new Uint8Array(65), new Uint8Array([4])]) {
      expect(await kem.decapsulate(wrong, pair)).toBeUndefined();
      await expect(kem.encapsulate(wrong)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
    const { publicKey } = await kem.generate();
    await expect(kem.decapsulate(enc, { publicKey, privateKey: pair.privateKey })).rejects.toThrow();
  });
});

describe('an identity', () => {
  it('is kept under a passphrase, given or generated, and comes back', async () => {
    for (const identity of [hybrid, p256]) {
      const given = await sealIdentity(identity, {
        passphrase: 'Correct horse  battery staple',
        kdf: 'light',
        allowWeak: true,
      });
      expect(given).not.toHaveProperty('passphrase');
      const again = await readIdentity(given.text, { passphrase: 'Correct horse  battery staple' });
      expect([again.publicKey, identityText(again)]).toEqual([identity.publicKey, identityText(identity)]);
    }
    const { text, passphrase = '' } = await sealIdentity(p256);
    expect(passphrase.split(' ')).toHaveLength(5);
    expect((await readIdentity(text, { passphrase: passphrase.toUpperCase() })).publicKey).toBe(p256.publicKey);
    await expect(readIdentity(text, { passphrase: 'another one altogether' })).rejects.toMatchObject({
      code: 'DID_NOT_OPEN',
    });
    await expect(readIdentity(text)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('passphrase') as string,
    });
  });

  it('is not sealed under a weak passphrase', async () => {
    await expect(sealIdentity(p256, { passphrase: 'Password2026' })).rejects.toMatchObject({ code: 'WEAK_SECRET' });
  });

  it('tells what its public key is', async () => {
    const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2027-02-01T00:00:00Z')];
    const { publicKey } = await generateIdentity({ kem: 'p256', from, to });
    const { id, ...rest } = await inspectPublicKey(` ${publicKey}\n`);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(rest).toEqual({ kem: 'p256', from, to });
    expect((await inspectPublicKey(hybrid.publicKey)).kem).toBe('mlkem768-x25519');
  });

  it('is refused with a KEM that there is not, or an impossible validity', async () => {
    await expect(generateIdentity({ kem: 'p384' as never })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(generateIdentity({ from: inDays(2), to: inDays(1) })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});
