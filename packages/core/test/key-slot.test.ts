import {
  openEnvelope,
  openKeySlot,
  p256Kem,
  PreparedSecret,
  profileKdf,
  randomBytes,
  readEnvelope,
  sealEnvelope,
  webcryptoBackend as backend,
  type Bytes,
  type KeySlot,
  type KeySlotOpener,
  type OpenSecret,
  type SealEnvelopeOptions,
} from '@sealpost/core';
import { hybridKem } from '@sealpost/core/hybrid';
import { makeIdentity, type Identity } from '@sealpost/core/keys';
import { beforeAll, describe, expect, it } from 'vitest';

const p256 = p256Kem(backend);

/** A secret without a derivation. */
const prepared = new PreparedSecret({
  key: randomBytes(32),
  kdf: profileKdf('light', randomBytes(16)),
  norm: 'words',
  madeAt: 0,
  strengthBits: 64,
});

async function sealed(options: Partial<SealEnvelopeOptions>): Promise<string> {
  const pieces: Uint8Array[] = [];
  const envelope = await sealEnvelope({ headers: { subject: 'one' }, text: 'The text.' }, { backend, ...options });
  for await (const piece of envelope.file()) pieces.push(piece.slice());
  return Buffer.concat(pieces).toString('ascii');
}

async function openedWith(text: string, secret: OpenSecret): Promise<string | undefined> {
  const opened = await openEnvelope(readEnvelope(Buffer.from(text)), secret, { backend });
  return opened.text();
}

function ownerOf(...identities: readonly Identity[]): OpenSecret {
  const openSlot: KeySlotOpener = async (slot, id) => {
    for (const identity of identities) {
      const opened = await openKeySlot(slot, id, identity, backend);
      if (opened !== undefined) return opened.fileKey;
    }
    return undefined;
  };
  return { openKeySlot: openSlot };
}

describe.each([
  ['P-256', p256],
  ['MLKEM768-X25519', hybridKem],
])('an envelope for a key of %s', (_, kem) => {
  let own: Identity;
  let other: Identity;
  let text: string;

  beforeAll(async () => {
    own = await makeIdentity(kem, {}, backend);
    other = await makeIdentity(kem, {}, backend);
    text = await sealed({ keys: [own.key] });
  });

  /** Its header in one line. */
  const joined = (envelope: string): string =>
    envelope.replace(/[^]*?\n\n/, (head) => head.replace(/\n(?=[^{\n])/g, ''));
  const slotOf = (envelope: string): KeySlot => readEnvelope(Buffer.from(envelope)).header.slots[0] as KeySlot;

  it('opens for its owner and for nobody else', async () => {
    expect(await openedWith(text, ownerOf(own))).toBe('The text.');
    expect(await openedWith(text, ownerOf(other, own))).toBe('The text.');
    await expect(openedWith(text, ownerOf(other))).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    await expect(openedWith(text, ownerOf())).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
    await expect(openedWith(text, { prepared })).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
  });

  it('opens for each of its owners, and with its passphrase', async () => {
    const both = await sealed({ secrets: [prepared], keys: [other.key, own.key] });
    for (const secret of [ownerOf(own), ownerOf(other), { prepared }])
      expect(await openedWith(both, secret)).toBe('The text.');
  });

  it('names the key, and nothing else of its owner', () => {
    expect(slotOf(text)).toMatchObject({ type: 'key', kem: kem.name, key: own.key.id });
    expect(text).not.toContain(Buffer.from(own.key.publicKey).toString('base64url').slice(0, 40));
  });

  it('has another encapsulation each time', async () => {
    const again = await sealed({ keys: [own.key] });
    expect(slotOf(again).enc).not.toEqual(slotOf(text).enc);
  });

  it.each(['key', 'enc', 'wrap'] as const)('does not open with the %s of another envelope', async (field) => {
    const from = await sealed({ keys: [field === 'key' ? other.key : own.key] });
    const encoded = (envelope: string): string => Buffer.from(slotOf(envelope)[field]).toString('base64url');
    const changed = joined(text).replace(encoded(text), encoded(from));
    expect(changed).not.toBe(joined(text));
    await expect(openedWith(changed, ownerOf(own))).rejects.toMatchObject({ code: 'DID_NOT_OPEN' });
  });

  it('does not open where a bit of the encapsulation is another', async () => {
    const { enc } = slotOf(text);
    for (const at of [0, 1, enc.length >> 1, enc.length - 1]) {
      const changed: Bytes = enc.slice();
      changed[at]! ^= 1;
      const slot = { ...slotOf(text), enc: changed };
      const { id } = readEnvelope(Buffer.from(text)).header;
      expect(await openKeySlot(slot, id, own, backend)).toBeUndefined();
      expect((await openKeySlot(slotOf(text), id, own, backend))?.fileKey).toHaveLength(32);
    }
  });
});

it('an envelope has a secret or a key, and no more than sixteen of both', async () => {
  const { key } = await makeIdentity(p256, {}, backend);
  await expect(sealed({})).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  const keys = Array.from({ length: 16 }, () => key);
  await expect(sealed({ keys, secrets: [prepared] })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  expect(await openedWith(await sealed({ keys: keys.slice(1), secrets: [prepared] }), { prepared })).toBe('The text.');
});
