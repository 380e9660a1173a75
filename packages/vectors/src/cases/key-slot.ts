import { encodeBase64url } from '../kit/base64url.js';
import { ByteSource } from '../kit/byte-source.js';
import { concat, utf8 } from '../kit/bytes.js';
import { buildEnvelope, type EnvelopeLies } from '../kit/envelope.js';
import { isArray, type JsonObject } from '../kit/header-json.js';
import { keyId, type Identity } from '../kit/identity.js';
import { smallestArgon2id } from '../kit/kdf.js';
import type { KeySlotLies, KeySlotRecipe } from '../kit/key-slot.js';
import type { SlotRecipe } from '../kit/slot.js';
import { hybridPairs, p256Pairs } from './key-pair.js';
import { passphrase, type Scenario } from './scenario.js';
import { wrapLies } from './wrap.js';

const argon2id = smallestArgon2id(utf8('a salt of a test'));
const byPassphrase: SlotRecipe = { passphrase, norm: 'words', kdf: argon2id };
const { own, other } = p256Pairs;
const strong = hybridPairs;
const toOwn: KeySlotRecipe = { to: own };
const toOther: KeySlotRecipe = { to: other };
const zeros = new Uint8Array(65);

/** Section 5.2, but what a KEM makes of an encapsulation. */
export const keySlots: readonly Scenario[] = [
  // Who opens.
  several('p256', 'Its only slot is for the key pair.', 'success', [toOwn]),
  several('mlkem768-x25519', 'Its only slot is for the key pair.', 'success', [{ to: strong.own }], strong.own),
  several('behind-passphrase', 'A passphrase slot stands before that of the key pair.', 'success', [
    byPassphrase,
    { to: own },
  ]),
  typed('before-passphrase', 'A slot for a key pair stands before that of the passphrase.', 'success', [
    toOwn,
    byPassphrase,
  ]),
  several('second-opens', 'The first slot is somebody else\u2019s.', 'success', [toOther, toOwn]),
  several(
    'mlkem768-x25519-second-opens',
    'The first slot is somebody else\u2019s.',
    'success',
    [{ to: strong.other }, { to: strong.own }],
    strong.own,
  ),
  several('both-kems', 'The slot of the key pair stands behind one of the other KEM.', 'success', [
    { to: strong.other },
    toOwn,
  ]),
  several(
    '16',
    'There are 16 slots, the most there can be; the last opens.',
    'success',
    [...Array<SlotRecipe>(15).fill({ to: strong.other }), { to: strong.own }],
    strong.own,
  ),
  several('17', 'There are 17 slots of two types, one more than there can be together.', 'LIMIT', [
    ...Array<SlotRecipe>(16).fill(toOwn),
    byPassphrase,
  ]),
  several(
    'reserved-before',
    'Two slots of the reserved type stand before the one that opens.',
    'success',
    [toOwn],
    own,
    {
      header: (honest) => ({
        ...honest,
        slots: [
          ...['card', 'card'].map((type) => ({ type, wrap: encodeBase64url(new Uint8Array(104)) })),
          ...(isArray(honest['slots']) ? honest['slots'] : []),
        ],
      }),
    },
  ),
  several('broken-before', 'The first slot is for this key pair and broken; the second opens.', 'success', [
    { to: own, lies: { wrap: { commitment: () => new Uint8Array(32) } } },
    toOwn,
  ]),
  several('no-point-before', 'The first slot is for this key pair and has no point; the second opens.', 'success', [
    { to: own, lies: { slot: (honest) => ({ ...honest, enc: encodeBase64url(zeros) }) } },
    toOwn,
  ]),
  typed('no-point-passed-over', 'A key slot has no point; the passphrase opens the other slot.', 'success', [
    { to: own, lies: { slot: (honest) => ({ ...honest, enc: encodeBase64url(zeros) }) } },
    byPassphrase,
  ]),
  several('wrong-identity', 'Its only slot is for another key pair.', 'DID_NOT_OPEN', [toOther]),
  several(
    'mlkem768-x25519-wrong-identity',
    'Its only slot is for another key pair.',
    'DID_NOT_OPEN',
    [{ to: strong.other }],
    strong.own,
  ),
  several('identity-of-another-kem', 'Its only slot is for a key pair of another KEM.', 'DID_NOT_OPEN', [
    { to: strong.own },
  ]),
  typed('no-passphrase', 'A passphrase is typed, and there are key slots only.', 'DID_NOT_OPEN', [
    toOwn,
    { to: strong.own },
  ]),
  several('passphrases-only', 'There are passphrase slots only.', 'DID_NOT_OPEN', [byPassphrase]),
  several('beside-out-of-range', 'A passphrase slot behind the one that opens wants 11 passes.', 'LIMIT', [
    toOwn,
    { ...byPassphrase, kdf: { ...argon2id, t: 11 }, lies: { derivedWith: argon2id } },
  ]),

  // Syntax.
  syntax('kem-unknown', 'Its KEM is none of version 1.', (honest) => ({ ...honest, kem: 'P256' })),
  syntax('kem-missing', 'It has no KEM.', ({ type = '', key = '', enc = '' }) => ({ type, key, enc })),
  syntax(
    'keys-reordered',
    'Its encapsulation comes before its key.',
    ({ type = '', kem = '', key = '', enc = '' }) => ({
      type,
      kem,
      enc,
      key,
    }),
  ),
  syntax('key-unknown', 'It has a key that version 1 does not know.', (honest) => ({ ...honest, more: 1 })),
  syntax('parameters-of-another', 'It has the keys of a passphrase slot.', () => ({
    type: 'key',
    kdf: { name: 'argon2id', m: 8, t: 1, p: 1, salt: encodeBase64url(argon2id.salt) },
    norm: 'words',
  })),
  ...[0, 7, 9].map((length) =>
    syntax(`id-${length}-bytes`, `The identifier of its key has ${length} bytes.`, (honest) => ({
      ...honest,
      key: encodeBase64url(concat(keyId(own), zeros).slice(0, length)),
    })),
  ),
  syntax('id-unused-bits', 'The last character of its key has bits that are not used.', (honest) => ({
    ...honest,
    key: 'AAAAAAAAAAB',
  })),
  syntax('id-missing', 'It does not name its key.', ({ type = '', kem = '', enc = '' }) => ({ type, kem, enc })),
  ...[64, 66].map((length) =>
    syntax(`enc-${length}-bytes`, `Its encapsulation has ${length} bytes.`, (honest) => ({
      ...honest,
      enc: encodeBase64url(concat(own.publicKey, zeros).slice(0, length)),
    })),
  ),
  syntax('enc-compressed', 'Its encapsulation is a point in the compressed spelling, 33 bytes.', (honest) => ({
    ...honest,
    enc: encodeBase64url(Uint8Array.of(2 + ((own.publicKey[64] ?? 0) % 2), ...own.publicKey.slice(1, 33))),
  })),
  ...[1119, 1121].map((length) =>
    syntax(
      `enc-${length}-bytes`,
      `Its encapsulation has ${length} bytes.`,
      (honest) => ({ ...honest, enc: encodeBase64url(new Uint8Array(length)) }),
      strong.own,
    ),
  ),
  syntax('enc-missing', 'It has no encapsulation.', ({ type = '', kem = '', key = '' }) => ({ type, kem, key })),
  syntax('enc-number', 'Its encapsulation is a number.', (honest) => ({ ...honest, enc: 1 })),
  syntax('enc-65-bytes', 'Its encapsulation has the length of P-256\u2019s.', (honest) => ({
    ...honest,
    kem: 'mlkem768-x25519',
  })),
  syntax(
    'enc-1120-bytes',
    'Its encapsulation has the length of MLKEM768-X25519\u2019s.',
    (honest) => ({ ...honest, kem: 'p256' }),
    strong.own,
  ),
  ...[103, 105].map((length) =>
    wrapped(`wrap-${length}-bytes`, `Its wrap has ${length} bytes.`, (honest) => ({
      ...honest,
      wrap: encodeBase64url(new Uint8Array(length)),
    })),
  ),
  wrapped('wrap-missing', 'It has no wrap.', ({ type = '', kem = '', key = '', enc = '' }) => ({
    type,
    kem,
    key,
    enc,
  })),
  wrapped(
    'wrap-not-last',
    'Its wrap is not its last key.',
    ({ type = '', kem = '', key = '', enc = '', wrap = '' }) => ({ type, kem, key, wrap, enc }),
  ),
  wrapped('type-not-first', 'Its type is its second key.', ({ kem = '', type = '', ...honest }) => ({
    kem,
    type,
    ...honest,
  })),
  typed('syntax-behind', 'A key slot of a wrong syntax stands behind the one that opens.', 'NOT_AN_ENVELOPE', [
    byPassphrase,
    { to: own, lies: { slot: (honest) => ({ ...honest, kem: 'rsa' }) } },
  ]),
  typed(
    'syntax-and-range',
    'A key slot of a wrong syntax stands behind a passphrase slot out of its range.',
    'NOT_AN_ENVELOPE',
    [
      { ...byPassphrase, kdf: { ...argon2id, t: 11 }, lies: { derivedWith: argon2id } },
      { to: own, lies: { slot: (honest) => ({ ...honest, kem: 'rsa' }) } },
    ],
  ),

  // Wraps.
  ...wrapLies.map((lie) => lying(...lie)),
  {
    ...several('moved', 'It was made for this key in another envelope, with another identifier.', 'DID_NOT_OPEN', []),
    recipe: (random) => {
      const otherEnvelope = { random: new ByteSource('other'), slots: [toOwn], message: { parts: [] } };
      const slots = buildEnvelope(otherEnvelope).slots.map(({ json }) => json);
      return { random, slots: [toOwn], lies: { header: (honest) => ({ ...honest, slots }) } };
    },
  },
];

function several(
  name: string,
  about: string,
  expected: Scenario['expected'],
  slots: readonly SlotRecipe[],
  identity: Identity = own,
  lies: EnvelopeLies = {},
): Scenario {
  return { name: `key-${name}`, about, section: '5.2', expected, identity, recipe: { slots, lies } };
}

/** Opened with the passphrase. */
function typed(name: string, about: string, expected: Scenario['expected'], slots: readonly SlotRecipe[]): Scenario {
  return { name: `key-${name}`, about, section: '5.2', expected, recipe: { slots } };
}

function lying(name: string, about: string, expected: Scenario['expected'], lies: KeySlotLies, to = own): Scenario {
  return several(name, about, expected, [{ to, lies }], to);
}

/** What is written before the wrap, which fits it. */
function syntax(name: string, about: string, slot: (honest: JsonObject) => JsonObject, to = own): Scenario {
  return lying(name, about, 'NOT_AN_ENVELOPE', { slot }, to);
}

function wrapped(name: string, about: string, change: (honest: JsonObject) => JsonObject): Scenario {
  return lying(name, about, 'NOT_AN_ENVELOPE', { wrapped: change });
}
