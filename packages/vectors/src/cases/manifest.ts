import { concat, utf8 } from '../kit/bytes.js';
import type { Manifest } from '../kit/manifest.js';
import type { MessageLies, MessageRecipe } from '../kit/plaintext.js';
import type { Scenario } from './scenario.js';

const message: MessageRecipe = {
  headers: { subject: 'Hi' },
  parts: [{ role: 'text', type: 'text/plain', content: utf8('Hi') }],
};

/** Section 7.2. */
export const manifests: readonly Scenario[] = [
  // JSON, here without the header's one spelling.
  bytes('blanks', 'Blanks, escapes and fractions stand where JSON admits them.', 'success', (honest) =>
    utf8(`\n { ${honest.slice(1, -1)} , "\\u0078" : [ null, 1.50e0, true ] } `),
  ),
  bytes('key-doubled', 'A key comes twice, with a wrong value first: the later counts.', 'success', (honest) =>
    utf8(`{"headers":[],${honest.slice(1)}`),
  ),
  changed('keys-unknown', 'Keys that version 1 does not know stand everywhere.', 'success', {
    headers: { subject: 'Hi', bcc: 'x' },
    notes: { x: 1 },
    x: { y: [] },
  }),
  bytes('nothing-but-blanks', 'It is blanks.', 'DAMAGED', () => utf8('  ')),
  bytes('cut', 'Its last bracket is missing.', 'DAMAGED', (honest) => utf8(honest.slice(0, -1))),
  bytes('behind', 'Something stands behind the object.', 'DAMAGED', (honest) => utf8(`${honest}0`)),
  bytes('list', 'It is a list with the object in it.', 'DAMAGED', (honest) => utf8(`[${honest}]`)),
  bytes('null', 'It is `null`.', 'DAMAGED', () => utf8('null')),
  bytes('comma', 'A comma follows the last key.', 'DAMAGED', (honest) => utf8(`${honest.slice(0, -1)},}`)),
  bytes('nan', 'A number is NaN, which some parsers take.', 'DAMAGED', (honest) => utf8(`{"x":NaN,${honest.slice(1)}`)),
  bytes('mark', 'A byte order mark stands before it.', 'DAMAGED', (honest) => utf8(`\ufeff${honest}`)),
  bytes('not-utf-8', 'A string has a byte FF.', 'DAMAGED', (honest) =>
    concat(utf8(`${honest.slice(0, -1)},"x":"`), Uint8Array.of(0xff), utf8('"}')),
  ),
  bytes('surrogate', 'A string has half a surrogate pair in UTF-8.', 'DAMAGED', (honest) =>
    concat(utf8(`${honest.slice(0, -1)},"x":"`), Uint8Array.of(0xed, 0xa0, 0x80), utf8('"}')),
  ),

  // Its keys.
  changed('headers-missing', 'It has no headers.', 'DAMAGED', { headers: undefined as never }),
  changed('headers-list', 'The headers are a list.', 'DAMAGED', { headers: [] as never }),
  changed('parts-missing', 'It has no list of parts.', 'DAMAGED', { parts: undefined as never }),
  changed('parts-object', 'The parts are an object.', 'DAMAGED', { parts: {} as never }),
  changed('part-null', 'A part is `null`.', 'DAMAGED', { parts: [null as never] }),
  changed('subject-number', 'The subject is a number.', 'DAMAGED', { headers: { subject: 1 } }),
  changed('subject-null', 'The subject is `null`, where a key without a value is left out.', 'DAMAGED', {
    headers: { subject: null },
  }),
  changed('address-text', 'An address is a string.', 'DAMAGED', { headers: { from: ['a@a.example'] } }),
  changed('address-without-name', 'An address has no name, not even an empty one.', 'DAMAGED', {
    headers: { from: [{ address: 'a@a.example' }] },
  }),
  changed('references-number', 'A reference is a number.', 'DAMAGED', { headers: { references: [1] } }),
  changed('notes-text', 'The notes are a string.', 'DAMAGED', { notes: 'x' }),
  changed('handling-1001', 'The handling note has 1,001 characters.', 'DAMAGED', {
    notes: { handling: 'x'.repeat(1001) },
  }),
  changed('expires-text', 'The date of expiry is a string.', 'DAMAGED', { notes: { expires: '1' } }),
  ...([0, 1441, 1.5, '5'] as const).map((idleLock) =>
    changed(
      `idle-lock-${String(idleLock).replace('.', '-')}${typeof idleLock === 'string' ? '-text' : ''}`,
      `The idle lock is ${JSON.stringify(idleLock)}.`,
      'DAMAGED',
      { idleLock },
    ),
  ),
  {
    name: 'manifest-1025-parts',
    about: 'There are 1,025 parts, one more than there can be.',
    section: '7.2',
    expected: 'LIMIT',
    recipe: {
      message: {
        parts: Array.from({ length: 1025 }, () => ({ role: 'attachment', type: 'a/b', content: new Uint8Array() })),
      },
    },
  },
];

function bytes(
  name: string,
  about: string,
  expected: Scenario['expected'],
  rewrite: (honest: string) => Uint8Array,
): Scenario {
  return lying(name, about, expected, {
    manifestBytes: (honest) => rewrite(Buffer.from(honest).toString()),
  });
}

function changed(name: string, about: string, expected: Scenario['expected'], changes: Partial<Manifest>): Scenario {
  return lying(name, about, expected, { manifest: (honest) => ({ ...honest, ...changes }) });
}

function lying(name: string, about: string, expected: Scenario['expected'], lies: MessageLies): Scenario {
  return { name: `manifest-${name}`, about, section: '7.2', expected, recipe: { message: { ...message, lies } } };
}
