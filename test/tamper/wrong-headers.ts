import { encodeBase64url, type Json, type JsonObject } from '@sealpost/vectors';
import type { Outcome } from './openers.js';
import { wrong, type WrongEnvelope } from './wrong-envelope.js';

const png = Buffer.from('89504e470d0a1a0a', 'hex');

/** Sections 4.1 and 4.2. */
export const wrongHeaders: readonly WrongEnvelope[] = [
  header('version 0', 'UNSUPPORTED_VERSION', { v: 0 }),
  header('version 2', 'UNSUPPORTED_VERSION', { v: 2 }),
  header('version 2 and nothing else right', 'UNSUPPORTED_VERSION', { v: 2, id: 7, slots: 'x', face: [] }),
  header('version as a string', 'NOT_AN_ENVELOPE', { v: '1' }),
  header('identifier of 15 bytes', 'NOT_AN_ENVELOPE', { id: encodeBase64url(new Uint8Array(15)) }),
  header('identifier of 17 bytes', 'NOT_AN_ENVELOPE', { id: encodeBase64url(new Uint8Array(17)) }),
  header('identifier with bits that are not used', 'NOT_AN_ENVELOPE', { id: 'AAAAAAAAAAAAAAAAAAAAAB' }),
  header('identifier with padding', 'NOT_AN_ENVELOPE', { id: 'AAAAAAAAAAAAAAAAAAAAAA==' }),
  header('identifier in base64', 'NOT_AN_ENVELOPE', { id: '++++++++++++++++++++8A' }),
  header('identifier as a number', 'NOT_AN_ENVELOPE', { id: 1 }),
  header('no slots', 'NOT_AN_ENVELOPE', { slots: [] }),
  header('slots as an object', 'NOT_AN_ENVELOPE', { slots: {} }),
  header('a slot that is a number', 'NOT_AN_ENVELOPE', { slots: [1] }),
  header('face as a list', 'NOT_AN_ENVELOPE', { face: [] }),
  header('a key more', 'NOT_AN_ENVELOPE', { more: 1 }),
  ...['v', 'id', 'slots', 'face'].map((key) =>
    wrong(`no ${key}`, 'NOT_AN_ENVELOPE', {
      lies: { header: (honest) => Object.fromEntries(Object.entries(honest).filter(([each]) => each !== key)) },
    }),
  ),
  wrong('keys in another order', 'NOT_AN_ENVELOPE', {
    lies: { header: ({ v = 1, id = '', slots = [], face = {} }) => ({ v, slots, id, face }) },
  }),
  text('a list', 'NOT_AN_ENVELOPE', (honest) => `[${honest}]`),
  text('nothing', 'NOT_AN_ENVELOPE', () => ''),
  text('a doubled key', 'NOT_AN_ENVELOPE', (honest) => honest.replace('{"v":1', '{"v":1,"v":1')),
  text('something behind it', 'NOT_AN_ENVELOPE', (honest) => `${honest}0`),
  text('two objects', 'NOT_AN_ENVELOPE', (honest) => honest + honest),
  text('version with a fraction', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"v":1', '"v":1.0')),
  text('version with an exponent', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"v":1', '"v":1e0')),
  text('version with a zero in front', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"v":1', '"v":01')),
  text('key spelled with an escape', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"face"', String.raw`"f\u0061ce"`)),
  text('date as true', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"face":{', '"face":{"date":true')),
  text('date as null', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"face":{', '"face":{"date":null')),
  text('date below zero', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"face":{', '"face":{"date":-1')),
  text('date as minus zero', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"face":{', '"face":{"date":-0')),
  text('date of 2^53', 'NOT_AN_ENVELOPE', (honest) => honest.replace('"face":{', '"face":{"date":9007199254740992')),
  text('date of 2^53 - 1', 'opens', (honest) => honest.replace('"face":{', '"face":{"date":9007199254740991')),
  ...[
    ['upper-case digits in an escape', String.raw`\u00E9`, 'NOT_AN_ENVELOPE'],
    ['an escape that is not needed', String.raw`\u0041`, 'NOT_AN_ENVELOPE'],
    ['a short escape', String.raw`\n`, 'NOT_AN_ENVELOPE'],
    ['an escaped solidus', String.raw`\/`, 'NOT_AN_ENVELOPE'],
    ['an ampersand as it is', '&', 'NOT_AN_ENVELOPE'],
    ['a less-than sign as it is', '<', 'NOT_AN_ENVELOPE'],
    ['half a surrogate pair', String.raw`\ud83d`, 'NOT_AN_ENVELOPE'],
    ['a whole surrogate pair', String.raw`\ud83d\ude00`, 'opens'],
    ['control characters', String.raw`\u0000\u000a\u007f\u2028`, 'opens'],
    ['every printable character', printable(), 'opens'],
    [
      'backslashes before letters that could be escapes',
      String.raw`C:\\new\\table\\"b\\u0041`.replace('"', String.raw`\"`),
      'opens',
    ],
  ].map(([name = '', org = '', expected]) =>
    text(name, expected as Outcome, (honest) => honest.replace('"face":{', `"face":{"org":"${org}"`)),
  ),
  ...['https://a.example', 'https://a.example:8443', 'http://localhost:1', 'http://127.0.0.1:65535'].map((connect) =>
    wrong(`connect ${connect}`, 'opens', { connect }),
  ),
  ...[
    '',
    'a.example',
    'https://',
    'https://A.example',
    'https://a.example/',
    'https://a.example:',
    'https://a.example:0443',
    'https://a.example?x',
    'https://u@a.example',
    'http://a.example',
    'http://localhost',
    'http://127.0.0.2:80',
    'http://localhost.example:80',
    'wss://a.example',
  ].map((connect) => wrong(`connect ${connect}`, 'NOT_AN_ENVELOPE', { connect })),
  wrong('header bytes of 65,536', 'opens', { lies: { header: (honest) => filledTo(honest, 65_536) } }),
  wrong('header bytes of 65,537', 'LIMIT', { lies: { header: (honest) => filledTo(honest, 65_537) } }),
  wrong('a reserved slot of 30,000 lists in each other', 'NOT_AN_ENVELOPE', {
    lies: {
      header: (honest) => withReservedSlot(honest, 'NESTED'),
      headerText: (honest) => honest.replace('"NESTED"', '['.repeat(30_000) + ']'.repeat(30_000)),
    },
  }),
];

/** Section 4.3. */
export const wrongFaces: readonly WrongEnvelope[] = [
  face('a thousand full stops', 'opens', { subject: '.'.repeat(1000) }),
  ...limits('org', 200),
  ...limits('contact', 500),
  ...limits('subject', 1000),
  ...limits('hint', 500),
  face('logo of 8,192 bytes', 'opens', { logo: encodeBase64url(Buffer.concat([png, new Uint8Array(8184)])) }),
  face('logo of 8,193 bytes', 'NOT_AN_ENVELOPE', { logo: encodeBase64url(Buffer.concat([png, new Uint8Array(8185)])) }),
  face('logo that is a JPEG', 'opens', { logo: encodeBase64url(Buffer.from('ffd8ffe000104a464946', 'hex')) }),
  face('logo that is a GIF', 'NOT_AN_ENVELOPE', { logo: encodeBase64url(Buffer.from('GIF89a')) }),
  face('logo that is an SVG', 'NOT_AN_ENVELOPE', { logo: encodeBase64url(Buffer.from('<svg/>')) }),
  face('logo that is nothing', 'NOT_AN_ENVELOPE', { logo: '' }),
  ...['#00ff7f', '#000000'].map((color) => face(`color ${color}`, 'opens', { color })),
  ...['', '#00FF7F', '#0f7', '00ff7f', '#00ff7f0', '#00ff7g', 'red'].map((color) =>
    face(`color ${color}`, 'NOT_AN_ENVELOPE', { color }),
  ),
  face('opener', 'opens', { opener: 'https://a.example/open?x#y' }),
  face('opener of 500 characters', 'opens', { opener: `https://${'a'.repeat(492)}` }),
  face('opener of 501 characters', 'NOT_AN_ENVELOPE', { opener: `https://${'a'.repeat(493)}` }),
  ...['http://a.example', 'javascript:0', 'https://\u00e9.example', 'https://a.example/\u0000'].map((opener) =>
    face(`opener ${JSON.stringify(opener)}`, 'NOT_AN_ENVELOPE', { opener }),
  ),
  face('date as a string', 'NOT_AN_ENVELOPE', { date: '1' }),
  face('three questions of 500', 'opens', { questions: Array<string>(3).fill('?'.repeat(500)) }),
  face('a question of 501', 'NOT_AN_ENVELOPE', { questions: ['?'.repeat(501)] }),
  face('no question', 'NOT_AN_ENVELOPE', { questions: [] }),
  face('four questions', 'NOT_AN_ENVELOPE', { questions: ['?', '?', '?', '?'] }),
  face('a question that is a number', 'NOT_AN_ENVELOPE', { questions: [1] }),
  face('questions as a string', 'NOT_AN_ENVELOPE', { questions: '?' }),
  face('a key more', 'NOT_AN_ENVELOPE', { more: 'x' }),
  face('keys in another order', 'NOT_AN_ENVELOPE', { date: 1, org: 'x' }),
  face('org as a number', 'NOT_AN_ENVELOPE', { org: 1 }),
];

function header(name: string, expected: Outcome, changes: JsonObject): WrongEnvelope {
  return wrong(`header with ${name}`, expected, { lies: { header: (honest) => ({ ...honest, ...changes }) } });
}

function text(name: string, expected: Outcome, headerText: (honest: string) => string): WrongEnvelope {
  return wrong(`header text with ${name}`, expected, { lies: { headerText } });
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

/** Every character from 21 to 7E as section 4.1 spells it. */
function printable(): string {
  const characters = Array.from({ length: 0x7e - 0x20 }, (_, i) => String.fromCharCode(0x21 + i));
  return characters
    .map((character) => (/["\\]/.test(character) ? `\\${character}` : character))
    .map((character) => (/^[<>&]$/.test(character) ? `\\u00${character.charCodeAt(0).toString(16)}` : character))
    .join('');
}

function withReservedSlot(honest: JsonObject, content: Json): JsonObject {
  const slots = honest['slots'] as readonly Json[];
  const wrap = encodeBase64url(new Uint8Array(104));
  return { ...honest, slots: [...slots, { type: 'key', content, wrap }] };
}

function filledTo(honest: JsonObject, length: number): JsonObject {
  // All of it is plain ASCII, so JSON's own spelling is as long as the header's.
  const bare = JSON.stringify(withReservedSlot(honest, '')).length;
  return withReservedSlot(honest, 'x'.repeat(length - bare));
}
