import {
  buildEnvelope,
  encodeBase64url,
  smallestArgon2id,
  smallestPbkdf2,
  type Argon2id,
  type Json,
  type JsonObject,
  type Kdf,
  type SlotLies,
  type SlotRecipe,
} from '@sealpost/vectors';
import { passphrase, recipe } from './envelopes.js';
import type { Outcome } from './openers.js';
import { wrong, wrongAfter, type WrongEnvelope } from './wrong-envelope.js';

const salt = new Uint8Array(16).fill(7);
const argon2id = smallestArgon2id(salt);
const pbkdf2 = smallestPbkdf2(salt);

/** Sections 5 and 5.1. */
export const wrongSlots: readonly WrongEnvelope[] = [
  // Ranges. What is refused must be so before it is run: the wrap would not open even so, since less is really derived.
  ...argon2Range('opens', [{ m: 8 }, { t: 10 }, { m: 128, p: 16 }]),
  ...argon2Range('LIMIT', [
    { m: 7 },
    { m: 0 },
    { m: 15, p: 2 },
    { m: 127, p: 16 },
    { m: 262_145 },
    { m: Number.MAX_SAFE_INTEGER },
    { t: 0 },
    { t: 11 },
    { t: Number.MAX_SAFE_INTEGER },
    { p: 0 },
    { m: 136, p: 17 },
    { m: 262_144, t: 5 },
    { m: 104_858, t: 10 },
  ]),
  kdf('c = 2', 'opens', { ...pbkdf2, c: 2 }),
  ...[0, 10_000_001, Number.MAX_SAFE_INTEGER].map((c) => kdf(`c = ${c}`, 'LIMIT', { ...pbkdf2, c })),
  ...[16, 64].map((length) => kdf(`salt of ${length} bytes`, 'opens', { ...argon2id, salt: new Uint8Array(length) })),
  ...[0, 15, 65].map((length) =>
    kdf(`salt of ${length} bytes`, 'LIMIT', { ...argon2id, salt: new Uint8Array(length) }),
  ),
  slots('four derivations', 'opens', derivations(4)),
  slots('five derivations', 'LIMIT', derivations(5)),
  slots(
    'sixteen slots of one derivation',
    'opens',
    Array<SlotRecipe>(16).fill({ passphrase, norm: 'words', kdf: argon2id }),
  ),
  slots('a good slot before one out of range', 'LIMIT', [
    { passphrase, norm: 'words', kdf: argon2id },
    { passphrase, norm: 'words', kdf: { ...argon2id, t: 11 }, lies: { derivedWith: argon2id } },
  ]),

  // Syntax.
  slot('another type', 'NOT_AN_ENVELOPE', { slot: (honest) => ({ ...honest, type: 'password' }) }),
  slot('another norm', 'NOT_AN_ENVELOPE', { slot: (honest) => ({ ...honest, norm: 'Words' }) }),
  slot('no norm', 'NOT_AN_ENVELOPE', { slot: ({ type = '', kdf: own = '' }) => ({ type, kdf: own }) }),
  slot('a key more', 'NOT_AN_ENVELOPE', { slot: (honest) => ({ ...honest, more: 1 }) }),
  slot('keys in another order', 'NOT_AN_ENVELOPE', {
    slot: ({ type = '', kdf: own = '', norm = '' }) => ({ type, norm, kdf: own }),
  }),
  slot('type not first', 'NOT_AN_ENVELOPE', {
    slot: ({ type = '', kdf: own = '', norm = '' }) => ({ kdf: own, type, norm }),
  }),
  slot('wrap not last', 'NOT_AN_ENVELOPE', {
    wrapped: ({ type = '', kdf: own = '', norm = '', wrap = '' }) => ({ type, kdf: own, wrap, norm }),
  }),
  slot('no wrap', 'NOT_AN_ENVELOPE', {
    wrapped: ({ type = '', kdf: own = '', norm = '' }) => ({ type, kdf: own, norm }),
  }),
  ...[0, 103, 105].map((length) =>
    slot(`wrap of ${length} bytes`, 'NOT_AN_ENVELOPE', {
      wrapped: (honest) => ({ ...honest, wrap: encodeBase64url(new Uint8Array(length)) }),
    }),
  ),
  kdfJson('another name', { name: 'scrypt' }),
  kdfJson('m as a string', { m: '8' }),
  kdfJson('a key more', { more: 1 }),
  kdfJson('salt as a number', { salt: 1 }),
  kdfJson('salt with bits that are not used', { salt: 'AAAAAAAAAAAAAAAAAAAAAB' }),
  slot('kdf as a string', 'NOT_AN_ENVELOPE', { slot: (honest) => ({ ...honest, kdf: 'argon2id' }) }),
  slot('kdf without its salt', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, kdf: { name: 'argon2id', m: 8, t: 1, p: 1 } }),
  }),
  slot('kdf keys in another order', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, kdf: { name: 'argon2id', t: 1, m: 8, p: 1, salt: encodeBase64url(salt) } }),
  }),
  slot('parameters of the other kdf', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, kdf: { name: 'argon2id', c: 1, salt: encodeBase64url(salt) } }),
  }),

  // Types that are reserved.
  ...['answer', 'key', 'card'].flatMap((type) => [
    reserved(`only a slot of type ${type}`, 'UNSUPPORTED_VERSION', () => [reservedSlot(type)]),
    reserved(`a slot of type ${type} before a good one`, 'opens', (honest) => [reservedSlot(type), ...honest]),
  ]),
  reserved('a reserved slot with a wrap of 103 bytes', 'NOT_AN_ENVELOPE', (honest) => [
    ...honest,
    { type: 'key', wrap: encodeBase64url(new Uint8Array(103)) },
  ]),
  reserved('a reserved slot without a wrap', 'NOT_AN_ENVELOPE', (honest) => [...honest, { type: 'key', enc: 'x' }]),
  reserved('a reserved slot with something behind its wrap', 'NOT_AN_ENVELOPE', (honest) => [
    ...honest,
    { ...reservedSlot('key'), more: 1 },
  ]),
  reserved('a reserved slot with its type second', 'NOT_AN_ENVELOPE', (honest) => [
    ...honest,
    { enc: 'x', ...reservedSlot('key') },
  ]),

  // Wraps.
  slot('a wrong commitment', 'DID_NOT_OPEN', { wrap: { commitment: (honest) => honest.map((byte) => byte ^ 1) } }),
  slot('a chunk that does not verify', 'DID_NOT_OPEN', {
    wrap: { chunks: (chunks) => chunks.map((chunk) => chunk.map((byte, i) => (i === 0 ? byte ^ 1 : byte))) },
  }),
  slot('another derivation than it says', 'DID_NOT_OPEN', { derivedWith: { ...argon2id, t: 2 } }),
  slot('another file key', 'DAMAGED', { fileKey: (honest) => honest.map((byte) => byte ^ 1) }),
  wrongAfter('a slot of another envelope', 'DID_NOT_OPEN', () => {
    const other = buildEnvelope(recipe('other envelope'));
    return buildEnvelope(
      recipe('stolen slot', { lies: { header: (honest) => ({ ...honest, slots: jsonOf(other.slots) }) } }),
    );
  }),
  slots('a slot that does not open before one that does', 'opens', [
    { passphrase: 'somebody else', norm: 'words', kdf: argon2id },
    { passphrase, norm: 'opaque', kdf: pbkdf2 },
  ]),
  slots('a broken slot before one that opens', 'opens', [
    { passphrase, norm: 'words', kdf: argon2id, lies: { wrap: { commitment: () => new Uint8Array(32) } } },
    { passphrase, norm: 'words', kdf: argon2id },
  ]),
  slots('no slot for this passphrase', 'DID_NOT_OPEN', [{ passphrase: 'somebody else', norm: 'words', kdf: argon2id }]),
  slots('no slot for this norm', 'DID_NOT_OPEN', [
    { passphrase: passphrase.toUpperCase(), norm: 'opaque', kdf: argon2id },
  ]),
];

function slot(name: string, expected: Outcome, lies: SlotLies): WrongEnvelope {
  return slots(name, expected, [{ passphrase, norm: 'words', kdf: argon2id, lies }]);
}

function slots(name: string, expected: Outcome, recipes: readonly SlotRecipe[]): WrongEnvelope {
  return wrong(`slots with ${name}`, expected, { slots: recipes });
}

function kdf(name: string, expected: Outcome, parameters: Kdf): WrongEnvelope {
  const lies: SlotLies = expected === 'opens' ? {} : { derivedWith: argon2id };
  return slots(`kdf with ${name}`, expected, [{ passphrase, norm: 'words', kdf: parameters, lies }]);
}

function argon2Range(expected: Outcome, changes: readonly Partial<Argon2id>[]): readonly WrongEnvelope[] {
  return changes.map((change) => kdf(JSON.stringify(change), expected, { ...argon2id, ...change }));
}

function kdfJson(name: string, changes: JsonObject): WrongEnvelope {
  return slot(`kdf with ${name}`, 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, kdf: { ...(honest['kdf'] as JsonObject), ...changes } }),
  });
}

function derivations(count: number): readonly SlotRecipe[] {
  return Array.from({ length: count }, (_, i) => ({
    passphrase,
    norm: 'words',
    kdf: smallestPbkdf2(new Uint8Array(16).fill(i)),
  }));
}

function reserved(
  name: string,
  expected: Outcome,
  change: (honest: readonly Json[]) => readonly Json[],
): WrongEnvelope {
  return wrong(name, expected, {
    lies: { header: (honest) => ({ ...honest, slots: change(honest['slots'] as readonly Json[]) }) },
  });
}

function reservedSlot(type: string): JsonObject {
  return { type, wrap: encodeBase64url(new Uint8Array(104)) };
}

function jsonOf(built: readonly { readonly json: JsonObject }[]): readonly Json[] {
  return built.map(({ json }) => json);
}
