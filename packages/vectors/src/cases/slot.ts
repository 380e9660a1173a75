import { encodeBase64url } from '../kit/base64url.js';
import { utf8 } from '../kit/bytes.js';
import { buildEnvelope } from '../kit/envelope.js';
import { isArray, type Json, type JsonObject } from '../kit/header-json.js';
import { smallestArgon2id, smallestPbkdf2 } from '../kit/kdf.js';
import type { PassphraseSlotRecipe, SlotLies, SlotRecipe } from '../kit/slot.js';
import { ByteSource } from '../kit/byte-source.js';
import { passphrase, type Scenario } from './scenario.js';
import { wrapLies } from './wrap.js';

const argon2id = smallestArgon2id(utf8('a salt of a test'));
const own: PassphraseSlotRecipe = { passphrase, norm: 'words', kdf: argon2id };
const others: PassphraseSlotRecipe = { passphrase: 'somebody else', norm: 'words', kdf: argon2id };

/** Sections 5 and 5.1, but the ranges of the parameters. */
export const slots: readonly Scenario[] = [
  // Syntax.
  lying('type-unknown', 'Its type is none of version 1.', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, type: 'password' }),
  }),
  lying('type-not-first', 'Its type is its second key.', 'NOT_AN_ENVELOPE', {
    slot: ({ type = '', kdf = '', norm = '' }) => ({ kdf, type, norm }),
  }),
  lying('keys-reordered', 'Its norm comes before its KDF.', 'NOT_AN_ENVELOPE', {
    slot: ({ type = '', kdf = '', norm = '' }) => ({ type, norm, kdf }),
  }),
  lying('key-unknown', 'It has a key that version 1 does not know.', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, more: 1 }),
  }),
  lying('norm-unknown', 'Its norm is none of version 1.', 'NOT_AN_ENVELOPE', {
    slot: (honest) => ({ ...honest, norm: 'Words' }),
  }),
  lying('norm-missing', 'It has no norm.', 'NOT_AN_ENVELOPE', { slot: ({ type = '', kdf = '' }) => ({ type, kdf }) }),
  lying('wrap-missing', 'It has no wrap.', 'NOT_AN_ENVELOPE', {
    wrapped: ({ type = '', kdf = '', norm = '' }) => ({ type, kdf, norm }),
  }),
  lying('wrap-not-last', 'Its wrap is not its last key.', 'NOT_AN_ENVELOPE', {
    wrapped: ({ type = '', kdf = '', norm = '', wrap = '' }) => ({ type, kdf, wrap, norm }),
  }),
  ...[103, 105].map((length) =>
    lying(`wrap-${length}-bytes`, `Its wrap has ${length} bytes.`, 'NOT_AN_ENVELOPE', {
      wrapped: (honest) => ({ ...honest, wrap: encodeBase64url(new Uint8Array(length)) }),
    }),
  ),

  // The type that is reserved.
  reserved('alone', 'Its type is reserved, and there is no other slot.', 'UNSUPPORTED_VERSION', () => [
    reservedSlot('card'),
  ]),
  reserved('before', 'Two slots of the reserved type stand before one that opens.', 'success', (honest) => [
    ...['card', 'card'].map(reservedSlot),
    ...honest,
  ]),
  reserved('keys', 'A reserved slot has keys and values of its own.', 'success', (honest) => [
    ...honest,
    { type: 'card', pins: [1, { x: 'y' }], wrap: encodeBase64url(new Uint8Array(104)) },
  ]),
  reserved('wrap-103-bytes', 'The wrap of a reserved slot has 103 bytes.', 'NOT_AN_ENVELOPE', (honest) => [
    ...honest,
    { type: 'card', wrap: encodeBase64url(new Uint8Array(103)) },
  ]),
  reserved('wrap-not-last', 'The wrap of a reserved slot is not its last key.', 'NOT_AN_ENVELOPE', (honest) => [
    ...honest,
    { ...reservedSlot('card'), more: 1 },
  ]),
  reserved('type-not-first', 'The type of a reserved slot is its second key.', 'NOT_AN_ENVELOPE', (honest) => [
    ...honest,
    { enc: 'x', ...reservedSlot('card') },
  ]),

  // How many, and which of them opens.
  several('16', 'There are 16 slots, the most there can be; the last opens.', 'success', [
    ...Array<SlotRecipe>(15).fill(others),
    own,
  ]),
  several('17', 'There are 17 slots, one more than there can be.', 'LIMIT', [
    own,
    ...Array<SlotRecipe>(16).fill(others),
  ]),
  several('second-opens', 'The first slot is somebody else\u2019s, with another KDF and norm.', 'success', [
    { passphrase: 'somebody else', norm: 'opaque', kdf: smallestPbkdf2(utf8('a salt of a test')) },
    own,
  ]),
  several('shared-kdf', 'Two slots share one KDF, and the second opens.', 'success', [others, own]),
  several('broken-before', 'The first slot is for this passphrase and broken; the second opens.', 'success', [
    { ...own, lies: { wrap: { commitment: () => new Uint8Array(32) } } },
    own,
  ]),
  several('four-derivations', 'Four slots want a derivation each; the last opens.', 'success', derivations(4)),
  several('five-derivations', 'Five slots want a derivation each.', 'LIMIT', derivations(5)),
  several(
    'five-derivations-by-norm',
    'Six slots have two KDFs, but three norms with each.',
    'LIMIT',
    [argon2id, smallestPbkdf2(argon2id.salt)].flatMap((kdf) =>
      (['words', 'opaque', 'code'] as const).map((norm) => ({ passphrase, norm, kdf })),
    ),
  ),
  several('wrong-passphrase', 'The only slot is for another passphrase.', 'DID_NOT_OPEN', [others]),

  // Wraps.
  ...wrapLies.map((lie) => lying(...lie)),
  {
    name: 'slot-moved',
    about: 'It was made for this passphrase in another envelope, with another identifier.',
    section: '5',
    expected: 'DID_NOT_OPEN',
    recipe: (random) => {
      const other = buildEnvelope({ random: new ByteSource('other'), slots: [own], message: { parts: [] } });
      return {
        random,
        slots: [own],
        lies: { header: (honest) => ({ ...honest, slots: other.slots.map(({ json }) => json) }) },
      };
    },
  },
];

function lying(name: string, about: string, expected: Scenario['expected'], lies: SlotLies): Scenario {
  return several(name, about, expected, [{ ...own, lies }]);
}

function several(
  name: string,
  about: string,
  expected: Scenario['expected'],
  recipes: readonly SlotRecipe[],
): Scenario {
  return { name: `slot-${name}`, about, section: '5', expected, recipe: { slots: recipes } };
}

/** Four at most: the salts differ, and with them the derivations. The last is for the passphrase. */
function derivations(count: number): readonly SlotRecipe[] {
  return Array.from({ length: count }, (_, i) => ({
    passphrase: i === count - 1 ? passphrase : 'somebody else',
    norm: 'words',
    kdf: smallestPbkdf2(new Uint8Array(16).fill(i)),
  }));
}

function reserved(
  name: string,
  about: string,
  expected: Scenario['expected'],
  change: (honest: readonly Json[]) => readonly Json[],
): Scenario {
  return {
    name: `slot-reserved-${name}`,
    about,
    section: '5',
    expected,
    recipe: {
      lies: {
        header: (honest) => ({ ...honest, slots: change(isArray(honest['slots']) ? honest['slots'] : []) }),
      },
    },
  };
}

function reservedSlot(type: string): JsonObject {
  return { type, wrap: encodeBase64url(new Uint8Array(104)) };
}
