import { beforeAll, describe, expect, it } from 'vitest';
import { webcryptoEd25519 } from '@sealpost/core';
import {
  fingerprint,
  generateIdentity,
  generateSigningIdentity,
  identityText,
  inspectSigningIdentity,
  open,
  PreparedSecret,
  prepareSecret,
  readIdentity,
  readSigningIdentity,
  seal,
  sealSigningIdentity,
  signingIdentityText,
  type SigningIdentity,
} from '../src/index.js';
import { readSigningKey } from '@sealpost/core/keys';
import { nodeEd25519 } from '../src/node-ed25519.js';
import { judgeSignature } from '../src/signing.js';

const message = { headers: {}, text: 'Signed.' };
let prepared: PreparedSecret;
let ada: SigningIdentity;
let next: SigningIdentity;
let eve: SigningIdentity;

beforeAll(async () => {
  ({ prepared } = await prepareSecret());
  ada = await generateSigningIdentity();
  next = await generateSigningIdentity({ successorOf: ada });
  eve = await generateSigningIdentity();
});

async function signedBy(signKey?: SigningIdentity): Promise<Uint8Array> {
  return (await seal(message, { prepared, form: 'data', ...(signKey && { signKey }) })).bytes();
}

function flipped(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

describe('a signed envelope', () => {
  it('says who signed it, beside the keys that are known', async () => {
    const file = await signedBy(next);
    const own = { publicKey: next.publicKey, fingerprint: await fingerprint(next.publicKey) };
    const signature = async (...verifyKeys: readonly string[]): Promise<unknown> =>
      (await open(file, { prepared, verifyKeys })).signature;
    expect((await open(file, { prepared })).signature).toEqual({ ...own, signer: 'unknown' });
    expect(await signature(eve.publicKey, next.publicKey)).toEqual({ ...own, signer: 'known' });
    expect(await signature(ada.publicKey)).toEqual({ ...own, signer: 'successor' });
  });

  it('is refused where none of the known keys vouches for it', async () => {
    for (const [file, reason] of [
      [await signedBy(eve), 'unknown'],
      [await signedBy(), 'unsigned'],
      // A successor vouches for nothing that was signed with the key before it.
      [await signedBy(ada), 'unknown'],
    ] as const)
      await expect(open(file, { prepared, verifyKeys: [next.publicKey] })).rejects.toMatchObject({
        code: 'SIGNER_REFUSED',
        reason,
      });
    await expect(open(await signedBy(ada), { prepared, verifyKeys: [] })).rejects.toMatchObject({
      code: 'SIGNER_REFUSED',
    });
    expect((await open(await signedBy(), { prepared })).signature).toBeUndefined();
  });

  it('takes no other key for a signing key', async () => {
    const { publicKey } = await generateIdentity({ kem: 'p256' });
    const file = await signedBy(ada);
    for (const key of [publicKey, `${ada.publicKey}q`, 'x', ''])
      await expect(open(file, { prepared, verifyKeys: [key] })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    const identity = await generateIdentity({ kem: 'p256' });
    await expect(seal(message, { prepared, signKey: identity as never })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});

describe('a signing identity', () => {
  it('comes back from both texts', async () => {
    const plain = await readSigningIdentity(signingIdentityText(next));
    expect([plain.publicKey, plain.predecessors]).toEqual([next.publicKey, next.predecessors]);
    const { text, passphrase } = await sealSigningIdentity(next);
    await expect(readSigningIdentity(text)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(readSigningIdentity(text, { passphrase: 'wrong' })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    const back = await readSigningIdentity(text, { passphrase: passphrase! });
    expect((await open(await signedBy(back), { prepared, verifyKeys: [ada.publicKey] })).signature).toMatchObject({
      signer: 'successor',
    });
  });

  it('says whose it is before it is read', async () => {
    const own = { publicKey: next.publicKey, fingerprint: await fingerprint(next.publicKey) };
    expect(await inspectSigningIdentity(signingIdentityText(next))).toEqual({ ...own, sealed: false });
    const { text } = await sealSigningIdentity(next);
    expect(await inspectSigningIdentity(text)).toEqual({ ...own, sealed: true });
    const opening = identityText(await generateIdentity({ kem: 'p256' }));
    for (const other of [opening, next.publicKey, ''])
      await expect(inspectSigningIdentity(other)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('opens nothing, and one that opens signs nothing', async () => {
    await expect(readIdentity(signingIdentityText(ada))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    const opening = identityText(await generateIdentity({ kem: 'p256' }));
    await expect(readSigningIdentity(opening)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('Ed25519 of Node', () => {
  it('is that of WebCrypto, both ways', async () => {
    const data = new TextEncoder().encode('a text');
    for (const [one, other] of [
      [nodeEd25519, webcryptoEd25519],
      [webcryptoEd25519, nodeEd25519],
    ] as const) {
      const pair = await one.generate();
      expect([pair.publicKey.length, pair.privateKey.length]).toEqual([32, 32]);
      const signature = await one.sign(pair, data);
      expect(await other.sign(pair, data)).toEqual(signature);
      expect(await other.verify(pair.publicKey, data, signature)).toBe(true);
      expect(await other.verify(pair.publicKey, data, flipped(signature, 0))).toBe(false);
      for (const bad of [new Uint8Array(31), new Uint8Array(33)])
        expect(await other.verify(bad, data, signature)).toBe(false);
      const stranger = await one.generate();
      await expect(other.sign({ ...pair, publicKey: stranger.publicKey }, data)).rejects.toThrow();
    }
  });
});

// As in browsers without Ed25519, where core says that nothing was checked.
it('where no signature can be checked, nobody signed', async () => {
  const unchecked = { publicKey: readSigningKey(ada.publicKey), checked: false, predecessors: undefined };
  expect(await judgeSignature(unchecked, undefined)).toMatchObject({ signer: 'unknown', unchecked: true });
  await expect(judgeSignature(unchecked, [ada.publicKey])).rejects.toMatchObject({
    code: 'SIGNER_REFUSED',
    reason: 'unknown',
    message: expect.stringContaining('cannot be checked here') as string,
  });
  const checked = await judgeSignature({ ...unchecked, checked: true }, [ada.publicKey]);
  expect(checked).toMatchObject({ signer: 'known' });
  expect(checked).not.toHaveProperty('unchecked');
});
