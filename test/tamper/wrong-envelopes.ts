import {
  buildEnvelope,
  encodeBase64url,
  smallestArgon2id,
  smallestPbkdf2,
  utf8,
  type Argon2id,
  type EnvelopeLies,
  type EnvelopeRecipe,
  type Json,
  type JsonObject,
  type Kdf,
  type Lie,
  type Manifest,
  type ManifestPart,
  type MessageRecipe,
  type PartRecipe,
  type Section,
  type SlotLies,
} from '@sealpost/vectors';
import { passphrase, recipe } from './envelopes.js';
import type { Outcome } from './openers.js';

/** An envelope with one thing wrong with it, by a writer that means it: everything else is made to fit. */
export interface WrongEnvelope {
  readonly name: string;
  readonly expected: Outcome;
  readonly build: () => readonly Section[];
}

const argon2id = smallestArgon2id(new Uint8Array(16).fill(7));
const pbkdf2 = smallestPbkdf2(new Uint8Array(16).fill(7));
const text: PartRecipe = { role: 'text', type: 'text/plain', content: utf8('Hi') };
const attachment: PartRecipe = { role: 'attachment', name: 'a', type: 'a/b', content: utf8('!') };
const original: PartRecipe = { role: 'original', type: 'message/rfc822', content: utf8('From: a\r\n\r\n') };

// The published vectors (packages/vectors) hold one envelope of each kind of fault, and test/vectors runs them in both
// forms. Here stand the others of a kind, and what would be too large to publish.

/** Sections 4.1 and 4.2. */
const headers: readonly WrongEnvelope[] = [
  header('identifier of 17 bytes', { id: encodeBase64url(new Uint8Array(17)) }),
  header('identifier as a number', { id: 1 }),
  header('slots as an object', { slots: {} }),
  header('a slot that is a number', { slots: [1] }),
  header('face as a list', { face: [] }),
  wrong('header without a version', 'NOT_AN_ENVELOPE', {
    lies: { header: ({ id = '', slots = [], face: own = {} }) => ({ id, slots, face: own }) },
  }),
  headerText('two objects', (honest) => honest + honest),
  headerText('date below zero', (honest) => honest.replace('"face":{', '"face":{"date":-1')),
  headerText('ampersand as it is', (honest) => honest.replace('"face":{', '"face":{"org":"&"')),
  ...['https://a.example', 'http://127.0.0.1:65535'].map((connect) =>
    wrong(`connect ${connect}`, 'opens', { connect }),
  ),
  ...[
    '',
    'a.example',
    'https://',
    'https://a.example:',
    'https://a.example?x',
    'http://localhost',
    'http://127.0.0.2:80',
    'http://localhost.example:80',
    'wss://a.example',
  ].map((connect) => wrong(`connect ${connect}`, 'NOT_AN_ENVELOPE', { connect })),
];

/** Section 4.3. */
const faces: readonly WrongEnvelope[] = [
  ...limits('org', 200),
  ...limits('contact', 500),
  ...limits('subject', 1000),
  ...limits('hint', 500),
  face('logo that is a GIF', 'NOT_AN_ENVELOPE', { logo: encodeBase64url(Buffer.from('GIF89a')) }),
  face('logo that is nothing', 'NOT_AN_ENVELOPE', { logo: '' }),
  ...['#00ff7f', '#000000'].map((color) => face(`color ${color}`, 'opens', { color })),
  ...['', '#0f7', '00ff7f', '#00ff7f0', '#00ff7g', 'red'].map((color) =>
    face(`color ${color}`, 'NOT_AN_ENVELOPE', { color }),
  ),
  ...['javascript:0', 'https://\u00e9.example', 'https://a.example/\u0000'].map((opener) =>
    face(`opener ${JSON.stringify(opener)}`, 'NOT_AN_ENVELOPE', { opener }),
  ),
  face('a question of 501', 'NOT_AN_ENVELOPE', { questions: ['?'.repeat(501)] }),
  face('a question that is a number', 'NOT_AN_ENVELOPE', { questions: [1] }),
  face('questions as a string', 'NOT_AN_ENVELOPE', { questions: '?' }),
  face('org as a number', 'NOT_AN_ENVELOPE', { org: 1 }),
];

/** Sections 5 and 5.1. What is refused must be so before it is run: it is not what the wrap was derived with. */
const slots: readonly WrongEnvelope[] = [
  ...(
    [
      { m: 0 },
      { m: 127, p: 16 },
      { m: Number.MAX_SAFE_INTEGER },
      { t: Number.MAX_SAFE_INTEGER },
      { m: 262_144, t: 5 },
    ] satisfies readonly Partial<Argon2id>[]
  ).map((change) => outOfRange(JSON.stringify(change), { ...argon2id, ...change })),
  outOfRange('c = 2^53 - 1', { ...pbkdf2, c: Number.MAX_SAFE_INTEGER }),
  slot('no byte of wrap', 'NOT_AN_ENVELOPE', { wrapped: (honest) => ({ ...honest, wrap: '' }) }),
  slot('salt as a number', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, kdf: { ...(honest['kdf'] as JsonObject), salt: 1 } }),
  }),
  slot('kdf as a string', 'NOT_AN_ENVELOPE', { slot: (honest) => ({ ...honest, kdf: 'argon2id' }) }),
  ...['card'].flatMap((type) => [
    reserved(`only a slot of type ${type}`, 'UNSUPPORTED_VERSION', () => [reservedSlot(type)]),
    reserved(`a slot of type ${type} before a good one`, 'opens', (honest) => [reservedSlot(type), ...honest]),
  ]),
  reserved('a reserved slot without a wrap', 'NOT_AN_ENVELOPE', (honest) => [...honest, { type: 'card', enc: 'x' }]),
  wrong('no slot for this norm', 'DID_NOT_OPEN', {
    slots: [{ passphrase: passphrase.toUpperCase(), norm: 'opaque', kdf: argon2id }],
  }),
];

/** Sections 3 and 8.1. */
const payloads: readonly WrongEnvelope[] = [
  payload('a commitment of zeros', { payload: { commitment: () => new Uint8Array(32) } }),
  ...[0, 1, 11, 13, 24, 56].map((length) =>
    payload(`${length} bytes`, { payloadBytes: (honest) => honest.slice(0, length) }),
  ),
  payload('an empty block', { blocks: (honest) => [...honest, new Uint8Array()] }),
  payload('nothing in its first block', { blocks: (honest) => [new Uint8Array(), ...honest.slice(1)] }),
  payload('an end block of zeros', { endBlock: () => new Uint8Array(12) }),
];

/** Sections 7.1 to 7.3. */
const messages: readonly WrongEnvelope[] = [
  message('a manifest length of 0', 'DAMAGED', {
    parts: [text],
    lies: { pieces: (honest) => ({ ...honest, manifestLength: 0 }) },
  }),
  ...['', '{', '[]', '0', '"x"', '{}', '{"headers":{}}', '{"parts":[]}'].map((json) =>
    message(`${json || 'nothing'} for a manifest`, 'DAMAGED', {
      parts: [text],
      lies: { manifestBytes: () => utf8(json) },
    }),
  ),
  message('100,000 lists in each other under an unknown key', 'opens', {
    parts: [text],
    lies: {
      manifestBytes: (honest) =>
        Buffer.concat([honest.slice(0, -1), utf8(`,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)]),
    },
  }),
  manifest('a part that is a number', { parts: [1 as never] }),
  manifest('handling as a number', { notes: { handling: 1 } }),
  row('a size of one less', 'DAMAGED', (honest) => ({ ...honest, size: honest.size - 1 })),
  row('no role', 'DAMAGED', (honest) => ({ ...honest, role: undefined as never })),
  row('no name', 'opens', (honest) => ({ ...honest, name: undefined as never })),
  addresses(10_000, 'opens'),
  addresses(10_001, 'DAMAGED'),
  message('a body of 16 MiB', 'opens', {
    parts: [{ ...text, content: new Uint8Array(16 * 2 ** 20), encoding: 'deflate' }],
  }),
  manifestOf(4 * 2 ** 20, 'opens'),
  manifestOf(4 * 2 ** 20 + 1, 'LIMIT'),
  message('1,024 parts', 'opens', { parts: Array<PartRecipe>(1024).fill(attachment) }),
];

export const wrongEnvelopes: readonly WrongEnvelope[] = [headers, faces, slots, payloads, messages].flat();

function wrong(name: string, expected: Outcome, changes: Partial<EnvelopeRecipe>): WrongEnvelope {
  return { name, expected, build: () => buildEnvelope(recipe(name, changes)).sections };
}

function header(name: string, changes: JsonObject): WrongEnvelope {
  const lies: EnvelopeLies = { header: (honest) => ({ ...honest, ...changes }) };
  return wrong(`header with ${name}`, 'NOT_AN_ENVELOPE', { lies });
}

function headerText(name: string, lie: Lie<string>): WrongEnvelope {
  return wrong(`header text with ${name}`, 'NOT_AN_ENVELOPE', { lies: { headerText: lie } });
}

function face(name: string, expected: Outcome, content: JsonObject): WrongEnvelope {
  return wrong(`face with ${name}`, expected, { face: content });
}

/** At its greatest length a text opens, above it the header is none. Lengths are UTF-16 code units, not characters. */
function limits(key: string, length: number): readonly WrongEnvelope[] {
  return [
    face(`${key} of ${length}`, 'opens', { [key]: '\u{1f600}'.repeat(length / 2) }),
    face(`${key} of ${length + 1}`, 'NOT_AN_ENVELOPE', { [key]: `${'\u{1f600}'.repeat(length / 2)}x` }),
  ];
}

function slot(name: string, expected: Outcome, lies: SlotLies, kdf: Kdf = argon2id): WrongEnvelope {
  return wrong(`slot with ${name}`, expected, { slots: [{ passphrase, norm: 'words', kdf, lies }] });
}

function outOfRange(name: string, kdf: Kdf): WrongEnvelope {
  return slot(name, 'LIMIT', { derivedWith: argon2id }, kdf);
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

function payload(name: string, lies: EnvelopeLies): WrongEnvelope {
  return wrong(`payload with ${name}`, 'DAMAGED', { lies });
}

function message(name: string, expected: Outcome, content: MessageRecipe): WrongEnvelope {
  return wrong(`message with ${name}`, expected, { message: content });
}

function manifest(name: string, changes: Partial<Manifest>): WrongEnvelope {
  const lies = { manifest: (honest: Manifest): Manifest => ({ ...honest, ...changes }) };
  return message(name, 'DAMAGED', { parts: [text], lies });
}

function addresses(count: number, expected: Outcome): WrongEnvelope {
  const to = Array<object>(count).fill({ name: '', address: '' });
  return message(`${count} addresses`, expected, { headers: { to }, parts: [text] });
}

function manifestOf(length: number, expected: Outcome): WrongEnvelope {
  const manifestBytes = (honest: Uint8Array): Uint8Array =>
    Buffer.concat([honest, Buffer.alloc(length - honest.length, ' ')]);
  return message(`a manifest of ${length} bytes`, expected, { parts: [text], lies: { manifestBytes } });
}

/** The row of the second of three parts changed, so that there is something before it and behind it. */
function row(name: string, expected: Outcome, lie: Lie<ManifestPart>): WrongEnvelope {
  return message(`a part with ${name}`, expected, { parts: [text, { ...attachment, lies: { row: lie } }, original] });
}
