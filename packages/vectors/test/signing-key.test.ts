import {
  announced,
  ed25519PublicKey,
  fingerprint,
  hex,
  judgeSigner,
  KeyTextFailure,
  keyTexts,
  makeKeyText,
  readSigningIdentity,
  readSigningKey,
  signEd25519,
  signingIdentityOf,
  signingIdentityText,
  signingKeyText,
  successorStatement,
  verifiesEd25519,
  writePredecessors,
  type KeyTextEntry,
} from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** RFC 8032, section 7.1. */
const published = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
];

describe('Ed25519', () => {
  it.each(published)('gives what RFC 8032 has for $publicKey', ({ seed, publicKey, message, signature }) => {
    expect(hex(ed25519PublicKey(bytes(seed)))).toBe(publicKey);
    expect(hex(signEd25519(bytes(seed), bytes(message)))).toBe(signature);
    expect(verifiesEd25519(bytes(publicKey), bytes(signature), bytes(message))).toBe(true);
    expect(verifiesEd25519(bytes(publicKey), bytes(signature), bytes('73'))).toBe(false);
  });
});

/** What the kit says of a published text, in the form of its entry. */
function said({ kind, text, passphrase }: KeyTextEntry): Partial<KeyTextEntry> {
  try {
    if (kind === 'key') {
      const publicKey = readSigningKey(text);
      return { expected: 'success', publicKey: hex(publicKey), fingerprint: fingerprint(publicKey) };
    }
    const { publicKey, seed, predecessors } = readSigningIdentity(text, passphrase);
    return {
      expected: 'success',
      publicKey: hex(publicKey),
      fingerprint: fingerprint(publicKey),
      seed: hex(seed),
      predecessors: predecessors.length,
    };
  } catch (error) {
    if (error instanceof KeyTextFailure) return { expected: error.outcome };
    throw error;
  }
}

describe('texts of signing keys', () => {
  it.each(keyTexts.map(makeKeyText))('$name', (entry) => {
    expect({ ...entry, ...said(entry) }).toEqual(entry);
  });

  it('have different names', () => {
    expect(new Set(keyTexts.map(({ name }) => name)).size).toBe(keyTexts.length);
  });

  it('are written as they are read', () => {
    const own = signingIdentityOf(bytes(published[0]!.seed));
    const { publicKey } = own;
    expect(signingKeyText(publicKey)).toMatch(/^sealpostsign1[02-9ac-hj-np-z]{62}$/);
    const text = signingIdentityText({ ...own, predecessors: [successorStatement(own.seed, publicKey)] });
    expect(text).toMatch(/^\{"identity":1,"key":"[^"]+","predecessors":\["[\w-]{128}"\],"secret":"[\w-]{43}"\}$/);
    expect(signingIdentityText(readSigningIdentity(text))).toBe(text);
  });

  it('a fingerprint is eight groups of SHA-256', () => {
    // (printf 'sealpost/v1 fingerprint\0'; head -c 32 /dev/zero) | sha256sum, each eight digits of it modulo 100,000
    expect(fingerprint(new Uint8Array(32))).toBe('35604 02251 36979 22816 15429 01458 60525 20932');
  });
});

describe('a signer', () => {
  const [oldest, older, own] = ['oldest', 'older', 'own'].map((name) =>
    signingIdentityOf(new Uint8Array(32).fill(name.length)),
  ) as [
    ReturnType<typeof signingIdentityOf>,
    ReturnType<typeof signingIdentityOf>,
    ReturnType<typeof signingIdentityOf>,
  ];
  const statements = [successorStatement(oldest.seed, older.publicKey), successorStatement(older.seed, own.publicKey)];

  it('follows those that announced it', () => {
    const said = (known: Uint8Array): string => judgeSigner(own.publicKey, writePredecessors(statements), [known]);
    expect([own, older, oldest].map(({ publicKey }) => said(publicKey))).toEqual(['known', 'successor', 'successor']);
    expect(said(new Uint8Array(32))).toBe('unknown');
  });

  it('is announced by its public key behind a label', () => {
    expect(Buffer.from(announced(own.publicKey).slice(0, 22)).toString('latin1')).toBe('sealpost/v1 successor\0');
    expect(announced(own.publicKey).slice(22)).toEqual(own.publicKey);
  });
});
