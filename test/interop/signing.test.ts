import {
  ByteSource,
  fingerprint,
  hex,
  judgeSigner,
  KeyTextFailure,
  openFile,
  OpenFailure,
  readSigningIdentity,
  readSigningKey,
  signingIdentityOf,
  signingIdentityText,
  signingKeyText,
  smallestPbkdf2,
  successorStatement,
  writePredecessors,
  type SigningIdentity,
} from '@sealpost/vectors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSPHRASE, SMALL } from './envelope.js';
import { mutated } from './mutation.js';
import { CHEAP_KDF, Python, pythonMissing, type PythonSigningIdentity } from './python.js';
import { Random } from './random.js';

const missing = pythonMissing();
const CASES = process.env['SLOW'] === '1' ? 10_000 : 400;
const SEED = Number(process.env['SEED'] ?? 1);
const LOCK = { passphrase: 'of the key', norm: 'words', kdf: CHEAP_KDF } as const;

// The library signs nothing yet: the kit of the vectors stands in its place, which shares no code with Python either.
describe.skipIf(missing)(`signatures${missing ? ` (skipped: ${missing})` : ''}`, { timeout: 300_000 }, () => {
  let python: Python;
  let oldest: PythonSigningIdentity;
  let older: PythonSigningIdentity;
  let own: PythonSigningIdentity;
  beforeAll(async () => {
    python = new Python();
    oldest = await python.generateSigning({ seed: 1 });
    older = await python.generateSigning({ seed: 2, after: oldest.identity });
    own = await python.generateSigning({ seed: 3, after: older.identity, secret: LOCK, below_floor: true });
  });
  afterAll(() => {
    python.stop();
  });

  /** What both say of whoever signed a file; of the kit first. */
  async function standings(
    file: Uint8Array,
    known: readonly string[],
  ): Promise<readonly [string | null, string | null]> {
    const answer = await python.open(file, PASSPHRASE, undefined, known);
    const second = 'error' in answer ? answer.error : answer.standing;
    try {
      const { signer, manifest } = openFile(file, PASSPHRASE);
      const first =
        signer === undefined ? null : judgeSigner(signer, manifest['predecessors'], known.map(readSigningKey));
      return [first, second];
    } catch (error) {
      if (error instanceof OpenFailure) return [error.code, second];
      throw error;
    }
  }

  test('of Python, and who they say signed', async () => {
    const file = await python.make({ ...SMALL, sign: own.identity });
    const stranger = await python.generateSigning();
    for (const [known, wanted] of [
      [[], 'unknown'],
      [[stranger], 'unknown'],
      [[oldest], 'successor'],
      [[older, stranger], 'successor'],
      [[oldest, own], 'known'],
    ] as const) {
      const keys = known.map(({ key }) => key);
      expect(await standings(file, keys)).toEqual([wanted, wanted]);
    }
    expect(await standings(await python.make(SMALL), [own.key])).toEqual([null, null]);
  });

  test('with a bit changed anywhere', async () => {
    for (let position = 0; position < 96; position += 1) {
      const file = await python.make({ ...SMALL, sign: own.identity, edit_signature: position });
      expect({ position, said: await standings(file, [own.key]) }).toEqual({ position, said: ['DAMAGED', 'DAMAGED'] });
    }
  });

  test('and how they were announced, with statements of any kind', async () => {
    const counts: Record<string, number> = {};
    const people = Array.from({ length: 5 }, (_, n) => signingIdentityOf(new ByteSource(`person ${n}`).take(32)));
    const signer = readSigningIdentity(own.identity);
    for (let number = 0; number < CASES; number += 1) {
      const random = new Random(SEED * 1_000_003 + number);
      const predecessors = announcements(random, people, signer);
      const known = people.filter(() => random.once(3)).map(({ publicKey }) => signingKeyText(publicKey));
      const file = await python.make({ ...SMALL, sign: own.identity, predecessors });
      const what = { number, predecessors, known };
      const [first, second] = await standings(file, known);
      expect({ ...what, said: first }).toEqual({ ...what, said: second });
      counts[String(first)] = (counts[String(first)] ?? 0) + 1;
    }
    console.log(`${CASES} chains: ${JSON.stringify(counts)}`);
    expect(counts['successor']).toBeGreaterThan(CASES / 20);
    expect(counts['unknown']).toBeGreaterThan(CASES / 20);
  });
});

describe.skipIf(missing)(`signing keys as text${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let python: Python;
  beforeAll(() => {
    python = new Python();
  });
  afterAll(() => {
    python.stop();
  });

  /** What the kit says of an identity's text, and what Python does. */
  async function identitySaid(text: string, passphrase?: string): Promise<readonly [unknown, unknown]> {
    const answer = await python.signingIdentity(text, { read: true, ...(passphrase !== undefined && { passphrase }) });
    const second = 'error' in answer ? answer.error.replace('INVALID_ARGUMENT', 'refused') : answer;
    return [kitSaid(() => identityOf(readSigningIdentity(text, passphrase), text)), second];
  }

  test('written by the kit, and by Python', async () => {
    const made = await python.generateSigning({ secret: LOCK, below_floor: true });
    const next = await python.generateSigning({ after: made.identity, secret: LOCK, below_floor: true });
    const kit = signingIdentityOf(new ByteSource('own').take(32), [
      successorStatement(
        readSigningIdentity(made.identity).seed,
        signingIdentityOf(new ByteSource('own').take(32)).publicKey,
      ),
    ]);
    const lock = { ...LOCK, kdf: smallestPbkdf2(new Uint8Array(16)), salt: new Uint8Array(24) };
    for (const [text, passphrase] of [
      [made.identity],
      [made.sealedIdentity ?? '', LOCK.passphrase],
      [next.identity],
      [next.sealedIdentity ?? '', LOCK.passphrase],
      [signingIdentityText(kit)],
      [signingIdentityText(kit, lock), LOCK.passphrase],
    ] as const) {
      const [first, second] = await identitySaid(text, passphrase);
      expect(first).toEqual(second);
      expect(first).toHaveProperty('fingerprint');
    }
    expect(signingIdentityText(readSigningIdentity(next.identity))).toBe(next.identity);
  });

  test('changed on their way', async () => {
    const counts: Record<string, number> = {};
    const before = await python.generateSigning({ seed: 1 });
    const own = await python.generateSigning({ seed: 2, after: before.identity, secret: LOCK, below_floor: true });
    for (let number = 0; number < CASES; number += 1) {
      const random = new Random(SEED * 1_000_003 + number);
      const kind = random.below(3);
      const { text, names } = mutated([own.key, own.identity, own.sealedIdentity ?? ''][kind] ?? '', random);
      // What else than white space may stand around a text is nowhere said.
      if (/^[\s\ufeff]|[\s\ufeff]$/.test(text.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, ''))) continue;
      const what = `seed ${SEED}, case ${number}: ${names}\n${text}`;
      const [first, second] = await (kind === 0 ? keySaid(text) : identitySaid(text, LOCK.passphrase));
      expect.soft({ what, said: first }).toEqual({ what, said: second });
      const outcome = typeof first === 'string' ? first : 'success';
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    console.log(`${CASES} texts: ${JSON.stringify(counts)}`);
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['success', 'refused', 'DID_NOT_OPEN']));
  });

  async function keySaid(text: string): Promise<readonly [unknown, unknown]> {
    const answer = await python.signingKey(text);
    const second = 'error' in answer ? answer.error.replace('INVALID_ARGUMENT', 'refused') : answer;
    return [kitSaid(() => keyOf(readSigningKey(text))), second];
  }
});

function kitSaid(read: () => object): object | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyTextFailure) return error.outcome;
    throw error;
  }
}

function keyOf(publicKey: Uint8Array): object {
  return { key: signingKeyText(publicKey), publicKey: hex(publicKey), fingerprint: fingerprint(publicKey) };
}

function identityOf({ publicKey, predecessors }: SigningIdentity, text: string): object {
  return { ...keyOf(publicKey), predecessors: predecessors.map(hex), sealed: !text.includes('"secret"') };
}

/** A chain that leads to the signer, more or less. */
function announcements(random: Random, people: readonly SigningIdentity[], signer: SigningIdentity): unknown {
  const order = Array.from({ length: 1 + random.below(random.pick([2, 4, 10])) }, () => random.pick(people));
  const statements = order.map(({ seed }, at) => successorStatement(seed, (order[at + 1] ?? signer).publicKey));
  const at = random.below(statements.length);
  const [statement = new Uint8Array()] = statements.slice(at, at + 1);
  const changes: readonly (() => unknown)[] = [
    () => writePredecessors(statements),
    () => writePredecessors(statements),
    () => writePredecessors(statements.filter((_, n) => n !== at)),
    () => writePredecessors([...statements.slice(0, at), statement, ...statements.slice(at)]),
    () => writePredecessors([...statements].reverse()),
    () => writePredecessors(replaced(flipped(statement, random.below(96)))),
    () => writePredecessors(replaced(statement.slice(random.below(3)))),
    () => [...writePredecessors(statements), random.pick([1, null, {}, '', 'A'])],
    () => random.pick<unknown>([{}, null, 'A', 0, true, []]),
  ];
  return random.pick(changes)();

  function replaced(other: Uint8Array): readonly Uint8Array[] {
    return statements.map((each, n) => (n === at ? other : each));
  }
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, n) => (n === at ? byte ^ 1 : byte));
}
