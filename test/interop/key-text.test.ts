import {
  EnvelopeError,
  generateIdentity,
  identityText,
  inspectIdentity,
  inspectPublicKey,
  readIdentity,
  seal,
  sealIdentity,
  type Identity,
  type PublicKeyInfo,
} from 'sealpost';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bytesOf,
  hybridForm,
  identityCases,
  pointCases,
  publicKeyCases,
  publicKeyTexts,
  shortCases,
} from './key-cases.js';
import { SMALL } from './envelope.js';
import { mutated } from './mutation.js';
import { CHEAP_KDF, Python, pythonMissing, type PythonIdentity } from './python.js';
import { Random } from './random.js';

const missing = pythonMissing();
const CASES = process.env['SLOW'] === '1' ? 10_000 : 500;
const SEED = Number(process.env['SEED'] ?? 1);
const LOCK = { passphrase: 'of the key', norm: 'opaque', kdf: CHEAP_KDF } as const;

/** What an implementation says of a text: the key's id and validity, or the code of an error. */
type Said = object | string;

async function said(info: Promise<PublicKeyInfo & { readonly sealed?: boolean }>): Promise<Said> {
  try {
    const { kem, id, from, to, sealed } = await info;
    const seconds = (date?: Date) => (date === undefined ? 0 : date.getTime() / 1000);
    return { kem, id, from: seconds(from), to: seconds(to), sealed };
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code;
    throw error;
  }
}

function withoutText(answer: object): Said {
  if ('error' in answer) return String(answer.error);
  return { sealed: undefined, ...answer, publicKey: undefined };
}

/** What the library says of an identity once it has read its keys. */
async function read(text: string, passphrase?: string): Promise<PublicKeyInfo & { readonly sealed: boolean }> {
  const { publicKey } = await readIdentity(text, passphrase === undefined ? {} : { passphrase });
  const info = await inspectIdentity(text);
  expect(info.publicKey.toLowerCase()).toBe(publicKey);
  return info;
}

describe.skipIf(missing)(`keys as text${missing ? ` (skipped: ${missing})` : ''}`, { timeout: 120_000 }, () => {
  let python: Python;
  let mine: PythonIdentity;
  let hybrid: Identity;
  beforeAll(async () => {
    python = new Python();
    mine = await python.generate({ seed: 1, from: 1_700_000_000, to: 4_000_000_000, secret: LOCK, below_floor: true });
    hybrid = await generateIdentity();
  });
  afterAll(() => {
    python.stop();
  });

  async function publicKeySaid(text: string): Promise<{ readonly library: Said; readonly python: Said }> {
    return { library: await said(inspectPublicKey(text)), python: withoutText(await python.publicKey(text)) };
  }

  /** What comes of sealing to a public key. */
  async function sealing(text: string): Promise<{ readonly library: Said; readonly python: Said }> {
    const answer = await python.tryMake({ ...SMALL, secrets: [{ publicKey: text }] });
    const code = await said(
      seal({ headers: {}, text: '' }, { recipientKeys: [text] }).then(() => inspectPublicKey(text)),
    );
    return {
      library: typeof code === 'string' ? code : 'success',
      python: 'error' in answer ? answer.error : 'success',
    };
  }

  async function identitySaid(
    text: string,
    passphrase?: string,
  ): Promise<{ readonly library: Said; readonly python: Said }> {
    const options = { read: true, ...(passphrase !== undefined && { passphrase }) };
    const second = withoutText(await python.identity(text, options));
    return { library: await said(read(text, passphrase)), python: second };
  }

  test('of the library, read by Python', async () => {
    const validity = { from: new Date(1_800_000_000_000), to: new Date(1_900_000_000_000) };
    for (const identity of [
      await generateIdentity({ kem: 'p256' }),
      await generateIdentity({ kem: 'p256', ...validity }),
      await generateIdentity({ kem: 'p256', to: validity.to }),
      await generateIdentity(validity),
    ]) {
      const { library, python: second } = await publicKeySaid(identity.publicKey);
      expect(second).toEqual(library);
      expect(second).toHaveProperty('id');
      const { text, passphrase } = await sealIdentity(identity);
      for (const [line, secret] of [[identityText(identity)], [text, passphrase]] as const) {
        const outcome = await identitySaid(line, secret);
        expect(outcome.python).toEqual(outcome.library);
        expect(outcome.python).toEqual({ ...(second as object), sealed: secret !== undefined });
      }
    }
  });

  test('of Python, read by the library', async () => {
    const { kem, id, from, to, publicKey, identity, sealedIdentity } = mine;
    expect(await said(inspectPublicKey(publicKey))).toEqual({ kem, id, from, to, sealed: undefined });
    for (const [text, passphrase] of [[identity], [sealedIdentity ?? '', LOCK.passphrase]] as const) {
      const pair = await readIdentity(text, passphrase === undefined ? {} : { passphrase });
      expect({ publicKey: pair.publicKey, text: identityText(pair) }).toEqual({ publicKey, text: identity });
    }
  });

  test('each rule of public keys at its edges', async () => {
    const names: string[] = [];
    const codes = new Set<string>();
    const texts: (readonly [name: string, text: string])[] = [...publicKeyTexts(mine.publicKey)];
    for (const [name, bytes, prefix] of publicKeyCases(mine.publicKey, hybrid.publicKey)) {
      texts.push([name, await python.bech32m(bytes, prefix)]);
    }
    for (const [name, text] of texts) {
      const { library, python: second } = await publicKeySaid(text);
      expect.soft({ name, said: library }).toEqual({ name, said: second });
      names.push(name);
      codes.add(typeof second === 'string' ? second : 'success');
    }
    expect(names).toEqual([...new Set(names)]);
    expect([...codes].sort()).toEqual(['INVALID_ARGUMENT', 'UNSUPPORTED_VERSION', 'success']);
  });

  test('without a point, nobody seals to them', async () => {
    const { publicKey } = await python.generate({ seed: 1 });
    for (const [name, bytes] of pointCases(publicKey)) {
      const text = await python.bech32m(bytes);
      expect({ name, ...(await sealing(text)) }).toEqual({
        name,
        library: 'INVALID_ARGUMENT',
        python: 'INVALID_ARGUMENT',
      });
    }
    expect(await sealing(publicKey)).toEqual({ library: 'success', python: 'success' });
  });

  test('in the form of a point that is neither compressed nor uncompressed', async () => {
    const { publicKey, identity } = await python.generate({ seed: 1 });
    const text = await python.bech32m(hybridForm(publicKey));
    const refused = { library: 'INVALID_ARGUMENT', python: 'INVALID_ARGUMENT' };
    expect.soft(await sealing(text)).toEqual(refused);
    expect.soft(await identitySaid(identity.replace(publicKey, text))).toEqual(refused);
  });

  test('of a later version or another KEM, and shorter', async () => {
    for (const [name, bytes] of shortCases()) {
      const outcome = await publicKeySaid(await python.bech32m(bytes));
      const later = 'UNSUPPORTED_VERSION';
      expect.soft({ name, ...outcome }).toEqual({ name, library: later, python: later });
    }
  });

  test('sealed, with a passphrase that opens no slot', async () => {
    for (const [norm, passphrase] of [
      ['opaque', 'x'.repeat(1025)],
      ['words', '-'],
      ['code', ' '],
      ['opaque', '\ud800'],
    ] as const) {
      const secret = { passphrase: 'a', norm, kdf: CHEAP_KDF };
      const { sealedIdentity } = await python.generate({ secret, below_floor: true });
      const outcome = await identitySaid(sealedIdentity ?? '', passphrase);
      const what = `${norm}: ${JSON.stringify(passphrase.slice(0, 9))}`;
      expect.soft({ what, ...outcome }).toEqual({ what, library: 'DID_NOT_OPEN', python: 'DID_NOT_OPEN' });
    }
  });

  test('each rule of identities at its edges', async () => {
    const names: string[] = [];
    const codes = new Set<string>();
    const sealedIdentity = mine.sealedIdentity ?? '';
    const other = await python.generate({ seed: 2 });
    const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
    const forged = [Buffer.alloc(32), Buffer.alloc(32, 0xff), order, Buffer.alloc(32, 1)];
    const texts = [...identityCases(mine.identity, sealedIdentity, other.publicKey, hybrid.publicKey)];
    const ownKey = bytesOf(mine.publicKey);
    for (const [at, byte] of [
      [0, 2],
      [1, 0x7f],
    ] as const) {
      const changed = Buffer.from(ownKey);
      changed[at] = byte;
      const line = mine.identity.replace(mine.publicKey, await python.bech32m(changed));
      texts.push([`a public key with the byte ${byte} at ${at}`, line]);
    }
    for (const [number, key] of forged.entries()) {
      const made = await python.generate({ seed: 1, private: key, secret: LOCK, below_floor: true });
      texts.push([`readable, no pair (${number})`, made.identity]);
      texts.push([`sealed, no pair (${number})`, made.sealedIdentity ?? '', LOCK.passphrase]);
    }
    for (const [name, text, passphrase] of texts) {
      const { library, python: second } = await identitySaid(text, passphrase);
      expect.soft({ name, said: library }).toEqual({ name, said: second });
      names.push(name);
      codes.add(typeof second === 'string' ? second : 'success');
    }
    expect(names).toEqual([...new Set(names)]);
    expect([...codes].sort()).toEqual(['DID_NOT_OPEN', 'INVALID_ARGUMENT', 'LIMIT', 'UNSUPPORTED_VERSION', 'success']);
  });

  test('changed on their way', async () => {
    const codes: Record<string, number> = {};
    for (let number = 0; number < CASES; number += 1) {
      const random = new Random(SEED * 1_000_003 + number);
      const kind = random.below(3);
      const text = [mine.publicKey, mine.identity, mine.sealedIdentity ?? ''][kind] ?? '';
      const { text: changed, names } = mutated(text, random);
      // What else than white space may stand around a text is nowhere said.
      if (/^[\s\ufeff]|[\s\ufeff]$/.test(changed.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, ''))) continue;
      const what = `seed ${SEED}, case ${number}: ${names}\n${changed}`;
      const outcome = kind === 0 ? await publicKeySaid(changed) : await identitySaid(changed, LOCK.passphrase);
      expect.soft({ what, said: outcome.library }).toEqual({ what, said: outcome.python });
      const code = typeof outcome.python === 'string' ? outcome.python : 'success';
      codes[code] = (codes[code] ?? 0) + 1;
    }
    console.log(`${CASES} cases: ${JSON.stringify(codes)}`);
    expect(Object.keys(codes)).toEqual(expect.arrayContaining(['INVALID_ARGUMENT', 'DID_NOT_OPEN', 'LIMIT']));
  });
});
