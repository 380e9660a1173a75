import { encodeBase64url } from '../kit/base64url.js';
import { isArray, type Json, type JsonObject } from '../kit/header-json.js';
import type { Lie } from '../kit/lie.js';
import type { Scenario } from './scenario.js';

/** Section 4.1: the one spelling of the header's JSON, and its limits. */
export const headerSpellings: readonly Scenario[] = [
  spelling('white-space', 'White space of all five kinds stands between any two of its characters.', 'success', {
    sections: ([header, ...blocks]) => [
      { id: 'sealpost-header', text: (header?.text ?? '').replace(/./g, '$& \t\f\r\n') },
      ...blocks,
    ],
  }),
  spelling('dots', 'It has a thousand full stops in a row, so that a line of it would begin with one.', 'success', {
    recipe: { face: { subject: '.'.repeat(1000) } },
  }),
  spelling('every-printable', 'A string has every character from 21 to 7E.', 'success', {
    recipe: { face: { org: String.fromCharCode(...Array.from({ length: 94 }, (_, i) => 0x21 + i)) } },
  }),
  spelling('control-characters', 'A string has NUL, LF, DEL and U+2028, escaped.', 'success', {
    recipe: { face: { org: '\u0000\n\u007f\u2028' } },
  }),
  spelling('surrogate-pair', 'A string has a character beyond U+FFFF, escaped as two code units.', 'success', {
    recipe: { face: { org: '\u{1f600}' } },
  }),
  spelling('backslashes', 'A string has backslashes before letters that could be escapes.', 'success', {
    recipe: { face: { org: String.raw`C:\new\table\"b\u0041` } },
  }),
  org('surrogate-lone', 'A string has one half of a surrogate pair.', 'NOT_AN_ENVELOPE', String.raw`\ud83d`),
  org('escape-upper-case', 'An escape has upper-case digits.', 'NOT_AN_ENVELOPE', String.raw`\u00E9`),
  org('escape-needless', 'A character that stands for itself is escaped.', 'NOT_AN_ENVELOPE', String.raw`\u0041`),
  org('escape-short', 'A line feed is escaped as a letter.', 'NOT_AN_ENVELOPE', String.raw`\n`),
  org('escape-solidus', 'A solidus is escaped.', 'NOT_AN_ENVELOPE', String.raw`\/`),
  org('less-than', 'A less-than sign stands for itself.', 'NOT_AN_ENVELOPE', '<'),
  org('delete', 'The character 7F stands for itself.', 'NOT_AN_ENVELOPE', '\u007f'),
  org(
    'vertical-tab',
    'A vertical tab, which is not white space here, stands in a string.',
    'NOT_AN_ENVELOPE',
    '\u000b',
  ),
  org('space', 'The writer bound the payload to a header with a space, which every reader removes.', 'DAMAGED', 'A B'),
  text('version-fraction', 'The version is written as 1.0.', (honest) => honest.replace('"v":1', '"v":1.0')),
  text('version-exponent', 'The version is written as 1e0.', (honest) => honest.replace('"v":1', '"v":1e0')),
  text('version-leading-zero', 'The version is written as 01.', (honest) => honest.replace('"v":1', '"v":01')),
  text('key-doubled', 'The key `v` comes twice.', (honest) => honest.replace('{"v":1', '{"v":1,"v":1')),
  text('key-escaped', 'A letter of a key is escaped.', (honest) => honest.replace('"face"', String.raw`"f\u0061ce"`)),
  text('behind', 'Something stands behind the object.', (honest) => `${honest}0`),
  text('list', 'It is a list with the object in it.', (honest) => `[${honest}]`),
  text('empty', 'It has no text.', () => ''),
  date('true', 'It holds `true`.', 'true'),
  date('null', 'It holds `null`.', 'null'),
  date('minus-zero', 'A number is written as -0.', '-0'),
  date('too-large', 'A number is 2^53.', '9007199254740992'),
  spelling('number-largest', 'A number is 2^53 - 1.', 'success', {
    recipe: { face: { date: Number.MAX_SAFE_INTEGER } },
  }),
  spelling('bytes-65536', 'It has 65,536 bytes, the most there can be.', 'success', {
    recipe: { lies: { header: (honest) => filledTo(honest, 65_536) } },
  }),
  spelling('bytes-65537', 'It has 65,537 bytes, one more than there can be.', 'LIMIT', {
    recipe: { lies: { header: (honest) => filledTo(honest, 65_537) } },
  }),
  spelling('depth-32', 'Lists and objects are nested 32 deep, the most there can be.', 'success', {
    recipe: { lies: { header: nested(32) } },
  }),
  spelling('depth-33', 'Lists and objects are nested 33 deep.', 'NOT_AN_ENVELOPE', {
    recipe: { lies: { header: nested(33) } },
  }),
  spelling('depth-10000', 'Lists are nested 10,000 deep, more than a stack may hold.', 'NOT_AN_ENVELOPE', {
    recipe: {
      lies: {
        header: (honest) => withReservedSlot(honest, 'NESTED'),
        headerText: (honest) => honest.replace('"NESTED"', '['.repeat(10_000) + ']'.repeat(10_000)),
      },
    },
  }),
];

/** Section 4.2. */
export const headerKeys: readonly Scenario[] = [
  key('version-0', 'The version is 0.', 'UNSUPPORTED_VERSION', { v: 0 }),
  key(
    'version-2',
    'The version is 2, and all other keys have values that version 1 does not know.',
    'UNSUPPORTED_VERSION',
    {
      v: 2,
      id: 7,
      slots: 'x',
      face: [],
    },
  ),
  {
    name: 'header-version-2-not-json',
    about: 'The version is 2, and what follows is not JSON.',
    section: '4.2',
    expected: 'UNSUPPORTED_VERSION',
    recipe: { lies: { headerText: () => '{"v":2,!' } },
  },
  {
    name: 'header-version-2-limit',
    about: 'The version is 2, and there are more slots than version 1 admits.',
    section: '4.2',
    expected: 'UNSUPPORTED_VERSION',
    recipe: { lies: { header: (honest) => ({ ...honest, v: 2, slots: Array<number>(17).fill(0) }) } },
  },
  key('version-text', 'The version is a string.', 'NOT_AN_ENVELOPE', { v: '1' }),
  {
    name: 'header-version-not-first',
    about: 'Another key comes before the version.',
    section: '4.2',
    expected: 'NOT_AN_ENVELOPE',
    recipe: { lies: { header: ({ v = 1, id = '', ...others }) => ({ id, v, ...others }) } },
  },
  {
    name: 'header-keys-reordered',
    about: 'The slots come before the identifier.',
    section: '4.2',
    expected: 'NOT_AN_ENVELOPE',
    recipe: { lies: { header: ({ v = 1, id = '', slots = [], face = {} }) => ({ v, slots, id, face }) } },
  },
  key('key-unknown', 'It has a key that version 1 does not know.', 'NOT_AN_ENVELOPE', { more: 1 }),
  ...['id', 'slots', 'face'].map((missing): Scenario => ({
    name: `header-no-${missing}`,
    about: `The key \`${missing}\` is missing.`,
    section: '4.2',
    expected: 'NOT_AN_ENVELOPE',
    recipe: {
      lies: { header: (honest) => Object.fromEntries(Object.entries(honest).filter(([each]) => each !== missing)) },
    },
  })),
  key('id-15-bytes', 'The identifier has 15 bytes.', 'NOT_AN_ENVELOPE', { id: encodeBase64url(new Uint8Array(15)) }),
  key('id-unused-bits', 'The last character of the identifier has bits that are not used.', 'NOT_AN_ENVELOPE', {
    id: 'AAAAAAAAAAAAAAAAAAAAAB',
  }),
  key('id-padded', 'The identifier is padded with `=`.', 'NOT_AN_ENVELOPE', { id: 'AAAAAAAAAAAAAAAAAAAAAA==' }),
  key('id-base64', 'The identifier is in base64 with `+`.', 'NOT_AN_ENVELOPE', { id: '++++++++++++++++++++8A' }),
  key('slots-none', 'The list of slots is empty.', 'NOT_AN_ENVELOPE', { slots: [] }),
  connect('host', 'success', 'https://a-1.example:8443', 'is a host name with a port'),
  connect('localhost', 'success', 'http://localhost:1', 'is the reader\u2019s own machine, for development'),
  connect('upper-case', 'NOT_AN_ENVELOPE', 'https://A.example', 'has an upper-case letter'),
  connect('path', 'NOT_AN_ENVELOPE', 'https://a.example/', 'has a path'),
  connect('user', 'NOT_AN_ENVELOPE', 'https://u@a.example', 'has a user name'),
  connect('http', 'NOT_AN_ENVELOPE', 'http://a.example', 'is not encrypted'),
  connect('port-zero', 'NOT_AN_ENVELOPE', 'https://a.example:0443', 'has a port with a leading zero'),
  connect('300', 'success', `https://${'a'.repeat(292)}`, 'has 300 characters, the most there can be'),
  connect('301', 'NOT_AN_ENVELOPE', `https://${'a'.repeat(293)}`, 'has 301 characters'),
];

function spelling(
  name: string,
  about: string,
  expected: Scenario['expected'],
  steps: Pick<Scenario, 'recipe' | 'sections'>,
): Scenario {
  return { name: `header-${name}`, about, section: '4.1', expected, ...steps };
}

function text(name: string, about: string, headerText: Lie<string>): Scenario {
  return spelling(name, about, 'NOT_AN_ENVELOPE', { recipe: { lies: { headerText } } });
}

/** A string of the face, written as it stands. */
function org(name: string, about: string, expected: Scenario['expected'], written: string): Scenario {
  const headerText: Lie<string> = (honest) => honest.replace('"face":{', () => `"face":{"org":"${written}"`);
  return spelling(name, about, expected, { recipe: { lies: { headerText } } });
}

/** A number of the face, written as it stands. */
function date(name: string, about: string, written: string): Scenario {
  return text(`value-${name}`, about, (honest) => honest.replace('"face":{', `"face":{"date":${written}`));
}

function key(name: string, about: string, expected: Scenario['expected'], changes: JsonObject): Scenario {
  const header: Lie<JsonObject> = (honest) => ({ ...honest, ...changes });
  return { name: `header-${name}`, about, section: '4.2', expected, recipe: { lies: { header } } };
}

function connect(name: string, expected: Scenario['expected'], origin: string, about: string): Scenario {
  return {
    name: `header-connect-${name}`,
    about: `The reply endpoint ${about}.`,
    section: '4.2',
    expected,
    recipe: { connect: origin },
  };
}

/** With a slot more, of a type that readers pass over: it may hold anything. */
function withReservedSlot(honest: JsonObject, content: Json): JsonObject {
  const { slots = [] } = honest;
  const wrap = encodeBase64url(new Uint8Array(104));
  return { ...honest, slots: [...(isArray(slots) ? slots : []), { type: 'card', content, wrap }] };
}

function filledTo(honest: JsonObject, length: number): JsonObject {
  // All of it is plain ASCII, so JSON's own spelling is as long as the header's.
  const bare = JSON.stringify(withReservedSlot(honest, '')).length;
  return withReservedSlot(honest, 'x'.repeat(length - bare));
}

/** Header, list of slots and slot are three levels; lists in each other are the others. */
function nested(depth: number): Lie<JsonObject> {
  let lists: Json = [];
  for (let level = 5; level <= depth; level += 1) lists = [lists];
  return (honest) => withReservedSlot(honest, lists);
}
