import {
  EnvelopeError,
  generateIdentity,
  identityText,
  inspect,
  inspectPublicKey,
  open,
  readIdentity,
  seal,
  sealIdentity,
  type Identity,
  type SealOptions,
} from 'sealpost';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSPHRASE, SMALL } from './envelope.js';
import { editedSlots } from './key-edits.js';
import { mutated } from './mutation.js';
import { libraryOutcome, pythonOutcome, type Outcome } from './outcome.js';
import { CHEAP_KDF, Python, pythonMissing, type EnvelopeWanted, type PythonMessage, type Secret } from './python.js';
import { Random } from './random.js';

const missing = pythonMissing();
const CASES = process.env['SLOW'] === '1' ? 10_000 : 500;
const SEED = Number(process.env['SEED'] ?? 1);

const MESSAGE = {
  headers: { subject: 'Hi' },
  text: 'Hello',
  attachments: [{ name: 'a', type: 'a/b', content: new Uint8Array(70_000) }],
};
const LOCK = { passphrase: 'of the key', norm: 'opaque', kdf: CHEAP_KDF } as const;

function p256(validity: { from?: Date; to?: Date } = {}): Promise<Identity> {
  return generateIdentity({ kem: 'p256', ...validity });
}

async function sealed(options: SealOptions): Promise<Uint8Array> {
  return (await seal(MESSAGE, options)).bytes();
}

function madeFor(...recipients: readonly string[]): EnvelopeWanted {
  return { ...SMALL, secrets: [...recipients.map((publicKey) => ({ publicKey })), ...SMALL.secrets] };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'success',
    (error: unknown) => {
      if (error instanceof EnvelopeError) return error.code;
      throw error;
    },
  );
}

describe.skipIf(missing)(`slots for keys${missing ? ` (skipped: ${missing})` : ''}`, { timeout: 120_000 }, () => {
  let python: Python;
  beforeAll(() => {
    python = new Python();
  });
  afterAll(() => {
    python.stop();
  });

  async function outcomes(file: Uint8Array, secret: Secret): Promise<readonly [library: Outcome, python: Outcome]> {
    return [await libraryOutcome(file, secret), await pythonOutcome(python, file, secret)];
  }

  async function expectSame(file: Uint8Array, secret: Secret, what: string): Promise<string> {
    const [library, second] = await outcomes(file, secret);
    expect({ what, ...library }).toEqual({ what, ...second, clause: undefined });
    return second.code;
  }

  describe('made by the library, opened by Python', () => {
    test.each(['html', 'data'] as const)('%s form, with an identity, readable and sealed', async (form) => {
      const [mine, other] = [await p256(), await p256()];
      const { text, passphrase = '' } = await sealIdentity(mine);
      const options = {
        recipientKeys: [other.publicKey, mine.publicKey],
        passphrase: 'x',
        kdf: 'light',
        allowWeak: true,
      };
      const file = await sealed({ ...options, form } as SealOptions);
      for (const secret of [{ identity: identityText(mine) }, { identity: text, passphrase }, 'x']) {
        expect(await expectSame(file, secret, form)).toBe('success');
      }
      expect(await python.open(file, { identity: identityText(mine) })).toMatchObject({
        form,
        headers: { subject: 'Hi' },
      });
      for (const secret of [{ identity: identityText(await p256()) }, { identity: text, passphrase: 'x' }, 'y']) {
        expect(await expectSame(file, secret, form)).toBe('DID_NOT_OPEN');
      }
    });

    test('for keys alone, and with the keys of an archive', async () => {
      const [mine, archive] = [await p256(), await p256()];
      const file = await sealed({ recipientKeys: [mine.publicKey], archiveKeys: [archive.publicKey] });
      for (const identity of [mine, archive].map(identityText)) {
        expect(await expectSame(file, { identity }, 'archive')).toBe('success');
        const { notes } = (await python.open(file, { identity })) as PythonMessage;
        expect(notes).toEqual({ archive: 1 });
      }
      expect(await expectSame(file, 'x', 'no passphrase')).toBe('DID_NOT_OPEN');
    });

    test('sealed with a passphrase of each profile', async () => {
      const mine = await p256();
      const file = await sealed({ recipientKeys: [mine.publicKey] });
      for (const kdf of ['standard', 'light', 'fips'] as const) {
        const passphrase = 'Überaus  geheime Straße 17';
        const { text: identity } = await sealIdentity(mine, { passphrase, kdf, allowWeak: true });
        expect(await expectSame(file, { identity, passphrase }, kdf)).toBe('success');
      }
    });

    test('of MLKEM768-X25519: Python reads all but the private key', async () => {
      const hybrid = await generateIdentity();
      const [identity, passphrase] = [identityText(hybrid), 'x'];
      const mixed = [hybrid.publicKey, (await p256()).publicKey];
      const file = await sealed({ recipientKeys: mixed, passphrase, kdf: 'light', allowWeak: true });
      expect(await python.open(file, { identity })).toMatchObject({ error: 'NOT_COVERED' });
      expect(await expectSame(file, passphrase, 'passphrase')).toBe('success');
      expect(await expectSame(await sealed({ recipientKeys: mixed.slice(1) }), { identity }, 'other')).toBe(
        'DID_NOT_OPEN',
      );
    });
  });

  describe('made by Python, opened by the library', () => {
    test.each(['html', 'data'] as const)('%s form, with an identity, readable and sealed', async (form) => {
      const [mine, other] = [await python.generate({ secret: LOCK, below_floor: true }), await p256()];
      const file = await python.make({ ...madeFor(mine.publicKey, other.publicKey), form });
      const opened = await open(file, { keys: [await p256(), await readIdentity(mine.identity)] });
      expect(opened.message).toMatchObject({ headers: { subject: 'Hi' }, text: 'hello' });
      opened.close();
      const sealedIdentity = { identity: mine.sealedIdentity ?? '', passphrase: LOCK.passphrase };
      for (const secret of [
        { identity: mine.identity },
        sealedIdentity,
        { identity: identityText(other) },
        PASSPHRASE,
      ]) {
        expect(await expectSame(file, secret, form)).toBe('success');
      }
      for (const secret of [{ identity: (await python.generate()).identity }, { ...sealedIdentity, passphrase: 'x' }]) {
        expect(await expectSame(file, secret, form)).toBe('DID_NOT_OPEN');
      }
      const { id } = await inspectPublicKey(other.publicKey);
      expect((await inspect(file)).slots.slice(0, 2)).toEqual(
        [mine.id, id].map((key) => ({ type: 'key', kem: 'p256', key })),
      );
    });

    test('with a point that is spelled otherwise', async () => {
      const { publicKey, identity } = await python.generate({ seed: 1 });
      const codes: Record<number, string> = {};
      for (const enc_form of [0, 1, 2, 3, 4, 5]) {
        const file = await python.make({ ...SMALL, secrets: [{ publicKey, enc_form }] });
        codes[enc_form] = await expectSame(file, { identity }, `begins with ${enc_form}`);
      }
      const no = 'DID_NOT_OPEN';
      expect(codes).toEqual({ 0: no, 1: no, 2: no, 3: no, 4: 'success', 5: no });
    });

    test('with a point in the form of ANSI X9.62 that is neither compressed nor uncompressed', async () => {
      const { publicKey, identity } = await python.generate({ seed: 1 });
      // One of the two is the right one for the point.
      for (const enc_form of [6, 7]) {
        const file = await python.make({ ...SMALL, secrets: [{ publicKey, enc_form }] });
        const [{ code: library }, { code: second }] = await outcomes(file, { identity });
        expect
          .soft({ enc_form, library, second })
          .toEqual({ enc_form, library: 'DID_NOT_OPEN', second: 'DID_NOT_OPEN' });
      }
    });

    test('with several slots for one key, of which one opens', async () => {
      const { publicKey, identity } = await python.generate();
      const file = Buffer.from(await python.make(madeFor(publicKey, publicKey))).toString('latin1');
      const encs = [...file.matchAll(/"enc":"([^"]+)"/g)].map(([, enc = '']) => enc);
      expect(encs.length).toBe(2);
      // The header is another then, and with the file key that is found out.
      for (const enc of encs) {
        const changed = Buffer.from(file.replace(enc, `${enc.slice(0, -8)}AAAAAAAA`), 'latin1');
        expect(await expectSame(changed, { identity }, enc)).toBe('DAMAGED');
      }
      const both = encs.reduce((text, enc) => text.replace(enc, `${enc.slice(0, -8)}AAAAAAAA`), file);
      expect(await expectSame(Buffer.from(both, 'latin1'), { identity }, 'both')).toBe('DID_NOT_OPEN');
    });
  });

  test('a writer seals within a validity, a reader opens at any time', async () => {
    const [now, day] = [Math.floor(Date.now() / 1000), 86_400];
    const validities = [
      { from: 0, to: 0, valid: true },
      { from: now - day, to: now + day, valid: true },
      { from: now - day, to: 0, valid: true },
      { from: 0, to: now + day, valid: true },
      { from: now - 2 * day, to: now - day, valid: false },
      { from: now + day, to: now + 2 * day, valid: false },
      { from: 0, to: 1, valid: false },
      { from: 2 ** 32 - 1, to: 0, valid: false },
    ];
    for (const { from, to, valid } of validities) {
      const { publicKey, identity } = await python.generate({ from, to });
      const code = await codeOf(seal(MESSAGE, { recipientKeys: [publicKey] }));
      expect({ from, to, code }).toEqual({ from, to, code: valid ? 'success' : 'INVALID_ARGUMENT' });
      const answer = await python.tryMake(madeFor(publicKey));
      expect('error' in answer ? answer.error : 'success').toBe(code);
      const file = await python.make({ ...madeFor(publicKey), now: from === 0 ? to : from });
      expect(await expectSame(file, { identity }, `${from} to ${to}`)).toBe('success');
    }
  });

  test('changed on their way', async () => {
    const [first, second] = [await python.generate({ seed: 1 }), await python.generate({ seed: 2 })];
    const wanted = { ...madeFor(first.publicKey, second.publicKey), seed: 3 };
    const file = Buffer.from(await python.make(wanted)).toString('latin1');
    const [, head = '', rest = ''] = /^sealpost\/1\n([^]*?)\n\n([^]*)$/.exec(file) ?? [];
    const header = head.replace(/\s/g, '');
    const secrets = [{ identity: first.identity }, { identity: second.identity }, PASSPHRASE, 'three'];
    const codes: Record<string, number> = {};
    for (let number = 0; number < CASES; number += 1) {
      const random = new Random(SEED * 1_000_003 + number);
      const { text, names } = random.once(2) ? mutated(header, random) : editedSlots(header, random);
      const changed = Buffer.from(`sealpost/1\n${text}\n\n${rest}`, 'latin1');
      const what = `seed ${SEED}, case ${number}: ${names}\n${text}`;
      const code = await expectSame(changed, random.pick(secrets), what);
      codes[code] = (codes[code] ?? 0) + 1;
    }
    console.log(`${CASES} cases: ${JSON.stringify(codes)}`);
    expect(Object.keys(codes)).toEqual(
      expect.arrayContaining(['success', 'NOT_AN_ENVELOPE', 'DID_NOT_OPEN', 'DAMAGED', 'LIMIT']),
    );
  });
});
