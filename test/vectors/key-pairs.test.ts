import {
  hex,
  identityText as writeWithKit,
  keyId,
  openFile,
  publicKeyText,
  readIdentity as readWithKit,
  readPublicKey,
} from '@sealpost/vectors';
import { generateIdentity, identityText, inspectPublicKey, seal } from 'sealpost';
import { describe, expect, it } from 'vitest';

// The other way round, from the kit to the library, go the vectors that an identity opens.
describe.each(['p256', 'mlkem768-x25519'] as const)('what the library makes with %s', (kem) => {
  it('is a key pair that the kit reads, and writes the same', async () => {
    const identity = await generateIdentity({ kem });
    const text = identityText(identity);
    const own = readWithKit(text);
    expect(own.kem.name).toBe(kem);
    expect(writeWithKit(own)).toBe(text.trim());
    expect(hex(keyId(own))).toBe((await inspectPublicKey(identity.publicKey)).id);
  });

  it('is a public key with its validity', async () => {
    const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2106-01-01T00:00:00Z')];
    const { publicKey } = await generateIdentity({ kem, from, to });
    const key = readPublicKey(publicKey);
    expect(key.validity).toEqual({ from: from.getTime() / 1000, to: to.getTime() / 1000 });
    expect(publicKeyText(key, key.validity)).toBe(publicKey);
    expect(readPublicKey(publicKey.toUpperCase())).toEqual(key);
  });

  it('is an envelope that the kit opens', async () => {
    const identity = await generateIdentity({ kem });
    const sealed = await seal({ headers: {}, text: 'Good news.' }, { recipientKeys: [identity.publicKey] });
    const { parts } = openFile(await sealed.bytes(), readWithKit(identityText(identity)));
    expect(parts.map(({ content }) => Buffer.from(content).toString())).toEqual(['Good news.']);
    const other = readWithKit(identityText(await generateIdentity({ kem })));
    const file = await sealed.bytes();
    expect(() => openFile(file, other)).toThrow('no slot');
  });
});
