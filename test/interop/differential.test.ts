import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutated } from './mutation.js';
import { libraryOutcome, pythonOutcome } from './outcome.js';
import { sha256Base64url } from './plaintext.js';
import { CHEAP_KDF, Python, pythonMissing, type EnvelopeWanted, type SlotWanted } from './python.js';
import { Random } from './random.js';

const missing = pythonMissing();
const slow = process.env['SLOW'] === '1';
const CASES = slow ? 10_000 : 400;
const SEED = Number(process.env['SEED'] ?? 1);

const NAMES = ['', 'a.txt', 'Übergröße.pdf', '漢字.bin', '../../x', 'a\u202egnp.exe', '😀', 'nul', 'a"b<c>.txt'];
const TEXTS = ['', 'Hi', 'Grüße aus Łódź', '<b>&amp;</b>', '漢字 😀', ' blanks ', 'a\r\nb'];
const PASSPHRASES = ['one two', 'Straße', 'οδος ΟΔΟΣ', 'ABCD-1234', 'ﬁ  x', '.-.', 'İi'];
const ANSWERS = ['Berlin', 'Straße', 'οδός', '1968', '서울'];
const NORMS = ['opaque', 'words', 'code'] as const;

function content(random: Random): Uint8Array {
  const length = random.below(random.pick([1, 20, 300, 3000]));
  return random.once(2) ? random.bytes(length) : Buffer.alloc(length, random.pick(TEXTS) || 'x');
}

function address(random: Random): object {
  return { name: random.pick(TEXTS), address: random.pick(['a@example.org', '', 'ö@example.org']) };
}

function slot(random: Random): SlotWanted {
  const kdf = random.pick([CHEAP_KDF, { name: 'argon2id', m: 16, t: 2, p: 2 }, { name: 'pbkdf2-hmac-sha256', c: 1 }]);
  const norm = random.pick(NORMS);
  const usable = PASSPHRASES.filter((passphrase) => passphrase !== '.-.' || norm === 'opaque');
  if (random.once(6))
    return random.once(2) ? { type: 'card', x: [1, { y: 'z' }] } : { answers: [random.pick(ANSWERS)], kdf, weak: true };
  return { passphrase: random.pick(usable), norm, kdf };
}

/** Any envelope that a writer could make, but for its cheap key derivations. */
function wanted(random: Random): EnvelopeWanted {
  const parts: Record<string, unknown>[] = [];
  const contents: Uint8Array[] = [];
  const add = (part: Record<string, unknown>, bytes: Uint8Array) => {
    parts.push({ encoding: random.pick(['stored', 'deflate', 'auto']), ...part });
    contents.push(bytes);
  };
  if (!random.once(4)) add({ role: 'text', type: 'text/plain' }, Buffer.from(random.pick(TEXTS)));
  if (random.once(3)) add({ role: 'html', type: 'text/html' }, Buffer.from(random.pick(TEXTS)));
  for (let left = random.below(4); left > 0; left -= 1) {
    const inline = random.once(3) ? { contentId: `c${left}@x`, inline: 1 } : {};
    add({ role: 'attachment', name: random.pick(NAMES), type: 'a/b', ...inline }, content(random));
  }
  if (random.once(6)) add({ role: 'original', type: 'message/rfc822' }, content(random));
  const headers = {
    ...(random.once(2) && { from: [address(random)], subject: random.pick(TEXTS) }),
    ...(random.once(3) && {
      to: [address(random), address(random)],
      date: '2026-11-22T05:30:00+01:00',
      references: ['a@b'],
    }),
  };
  return {
    form: random.pick(['html', 'data']),
    below_floor: true,
    seed: random.below(2 ** 31),
    pad: random.once(3),
    sign: random.once(5),
    message: {
      headers,
      parts,
      ...(random.once(4) && { notes: { handling: random.pick(TEXTS), expires: 1 }, idleLock: 5 }),
    },
    contents,
    secrets: [
      { passphrase: random.pick(['one two', 'Straße']), norm: random.pick(NORMS), kdf: CHEAP_KDF },
      ...(random.once(3) ? [slot(random), slot(random)] : []),
    ],
    // A question always: a slot may want its answer.
    face: { ...(random.once(3) && { org: random.pick(TEXTS), hint: random.pick(TEXTS) }), questions: ['Where?'] },
    ...(random.once(3) && { connect: 'https://example.org' }),
  };
}

/** A right manifest, mutated as a text before it is encrypted. */
function forged(random: Random): EnvelopeWanted {
  const body = Buffer.from(random.pick(TEXTS));
  const entry = {
    role: 'text',
    type: 'text/plain',
    size: body.length,
    sha256: sha256Base64url(body),
    offset: 0,
    length: body.length,
    encoding: 'stored',
  };
  const manifest = JSON.stringify({
    headers: { subject: 'Hi', from: [address(random)] },
    parts: [entry],
    notes: { handling: 'x', expires: 3 },
    idleLock: 7,
  });
  return {
    ...wanted(random),
    message: { parts: [{ role: 'text', type: 'text/plain', encoding: 'stored' }] },
    contents: [body],
    manifest: Buffer.from(mutated(Buffer.from(manifest).toString('latin1'), random).text, 'latin1'),
    sign: false,
  };
}

describe.skipIf(missing)(`random envelopes, opened twice${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let python: Python;
  beforeAll(() => {
    python = new Python();
  });
  afterAll(() => {
    python.stop();
  });

  /** The file is kept where the two differ. */
  async function expectSame(file: Uint8Array, passphrase: string, what: string): Promise<string> {
    const [library, second] = [await libraryOutcome(file, passphrase), await pythonOutcome(python, file, passphrase)];
    const same = JSON.stringify({ ...library, clause: undefined }) === JSON.stringify({ ...second, clause: undefined });
    let kept = '';
    if (!same) {
      kept = join(mkdtempSync(join(tmpdir(), 'sealpost-interop-')), 'envelope');
      writeFileSync(kept, file);
    }
    expect({ what, kept, passphrase, ...library }).toEqual({ what, kept, passphrase, ...second, clause: undefined });
    return second.code;
  }

  async function count(
    cases: number,
    one: (random: Random, what: string) => Promise<string>,
  ): Promise<Readonly<Record<string, number>>> {
    const codes: Record<string, number> = {};
    for (let number = 0; number < cases; number += 1) {
      // A seed for each case, so that one can be run alone.
      const code = await one(new Random(SEED * 1_000_003 + number), `seed ${SEED}, case ${number}`);
      codes[code] = (codes[code] ?? 0) + 1;
    }
    console.log(`${cases} cases: ${JSON.stringify(codes)}`);
    return codes;
  }

  test('as they were made', { timeout: 600_000 }, async () => {
    const codes = await count(CASES / 4, async (random, what) => {
      const envelope = wanted(random);
      const [first] = envelope.secrets;
      const right =
        first !== undefined && 'passphrase' in first && typeof first.passphrase === 'string' ? first.passphrase : '';
      const passphrase = random.once(3) ? random.pick(PASSPHRASES) : right;
      return expectSame(await python.make(envelope), passphrase, what);
    });
    expect(Object.keys(codes).sort()).toEqual(['DID_NOT_OPEN', 'success']);
  });

  test('changed on their way', { timeout: 600_000 }, async () => {
    const codes = await count(CASES, async (random, what) => {
      const file = await python.make(wanted(random));
      const { text, names } = mutated(Buffer.from(file).toString('latin1'), random);
      const bytes = random.once(20) ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'latin1');
      return expectSame(bytes, random.pick(['one two', 'one two', 'Straße']), `${what}: ${names}`);
    });
    expect(Object.keys(codes)).toEqual(
      expect.arrayContaining(['success', 'NOT_AN_ENVELOPE', 'DID_NOT_OPEN', 'DAMAGED']),
    );
  });

  test('with a forged manifest', { timeout: 600_000 }, async () => {
    const codes = await count(CASES / 4, async (random, what) => {
      const envelope = {
        ...forged(random),
        secrets: [{ passphrase: 'one two', norm: 'words', kdf: CHEAP_KDF }] as const,
      };
      return expectSame(await python.make(envelope), 'one two', what);
    });
    expect(Object.keys(codes)).toEqual(expect.arrayContaining(['success', 'DAMAGED']));
  });
});
