import { encodeBase64url } from '../kit/base64url.js';
import { utf8 } from '../kit/bytes.js';
import { greatestToken, writeOffer, type OfferRecipe } from '../kit/offer.js';
import { hybridPairs, p256Pairs } from './key-pair.js';
import { clinic, originals, times } from './reply.js';
import type { Scenario } from './scenario.js';

type Values = Readonly<Record<string, unknown>>;

const { own, other } = p256Pairs;
const original = originals.p256;
const plain: OfferRecipe = { actions: ['reply', 'forward'], to: [clinic], passphrase: 1 };
const parts = [{ role: 'text', type: 'text/plain', content: utf8('Hi') }] as const;
const [key] = writeOffer(original.offer)['keys'] as readonly [Values];
const hash = encodeBase64url(original.token.header);
const id = encodeBase64url(original.token.id);
const psk = encodeBase64url(original.token.psk);

/** Section 7.5. All of these open: a `reply` that is not as it should be is passed over. */
export const manifestReplies: readonly Scenario[] = [
  // As it should be.
  {
    ...scenario('token', 'It offers replies with a proof: an original, to which other vectors are replies.', [
      'reply',
      'forward',
    ]),
    recipe: original.recipe,
  },
  {
    ...scenario('token-mlkem768-x25519', 'It offers replies with a proof, to a hybrid key.', ['reply', 'forward']),
    recipe: originals.hybrid.recipe,
  },
  offering('plain', 'It offers replies under the passphrase alone.', ['reply', 'forward'], {}),
  offering('every-action', 'It offers every action.', ['reply', 'replyAll', 'forward'], {
    actions: ['reply', 'replyAll', 'forward'],
  }),
  offering('actions-order', 'Its actions stand in another order.', ['forward', 'reply'], {
    actions: ['forward', 'reply'],
  }),
  offering(
    'keys-unknown',
    'Keys that version 1 does not know stand in it, and in what it holds.',
    ['reply', 'forward'],
    {
      more: 1,
      to: [{ ...clinic, more: [] }],
    },
  ),
  offering('to-none', 'A reply goes to nobody.', ['reply', 'forward'], { to: [] }),
  offering('to-10', 'A reply goes to ten, the most there can be.', ['reply', 'forward'], {
    to: Array(10).fill(clinic),
  }),
  offering('to-1000', 'A name and an address have 1,000 characters each.', ['reply', 'forward'], {
    to: [{ name: 'x'.repeat(1000), address: 'x'.repeat(1000) }],
  }),
  offering('path-500', 'Its path has 500 characters.', ['reply', 'forward'], { path: `/${'x'.repeat(499)}` }),
  offering('path-root', 'Its path is as short as can be.', ['reply', 'forward'], { path: '/' }),
  offering('kind', 'It says that the message is a reply.', ['reply', 'forward'], { kind: 'replyAll' }),
  proving('four-keys', 'It has four keys, the most there can be, of two KEMs.', ['reply', 'forward'], {
    keys: writeOffer({
      ...original.offer,
      keys: [own, other, hybridPairs.own, hybridPairs.other],
    })['keys'],
  }),
  proving('without-passphrase', 'A reply is sealed to its keys alone.', ['reply', 'forward'], {
    passphrase: undefined,
  }),
  proving('token-8192-bytes', 'Its token has 8,192 bytes, the most there can be.', ['reply', 'forward'], {
    token: encodeBase64url(new Uint8Array(greatestToken)),
  }),
  proving('origin', 'It names the envelope that the token was made for.', ['reply', 'forward'], {
    id,
    header: hash,
    kind: 'reply',
  }),
  proving('key-to', 'Its key is sealed to for a while yet.', ['reply', 'forward'], {
    keys: [{ ...key, to: times.at + 1 }],
  }),

  // What is no object.
  valued('null', 'It is `null`.', null),
  valued('text', 'It is a string.', 'reply'),
  valued('number', 'It is a number.', 1),
  valued('true', 'It is `true`.', true),
  valued('list', 'It is a list of actions.', ['reply']),
  valued('object-in-list', 'It is a list with the object in it.', [writeOffer(plain)]),
  valued('empty', 'It is an object without keys.', {}),

  // Its actions.
  ...(
    [
      ['missing', 'It has no actions.', undefined],
      ['none', 'Its list of actions is empty.', []],
      ['text', 'Its actions are a string.', 'reply'],
      ['null', 'Its actions are `null`.', null],
      ['object', 'Its actions are an object.', { reply: 1 }],
      ['unknown', 'One of its actions is none of version 1.', ['reply', 'print']],
      ['case', 'One of its actions has a capital letter.', ['Reply']],
      ['number', 'One of its actions is a number.', ['reply', 1]],
      ['list', 'One of its actions is a list with an action in it.', [['reply']]],
      ['twice', 'One of its actions comes twice.', ['reply', 'forward', 'reply']],
    ] as const
  ).map(([name, about, actions]) => offering(`actions-${name}`, about, [], { actions })),

  // Where a reply goes.
  ...(
    [
      ['missing', 'It does not say where a reply goes.', undefined],
      ['text', 'Where a reply goes is a string.', clinic.address],
      ['object', 'Where a reply goes is one address, not in a list.', clinic],
      ['11', 'A reply goes to eleven, one more than there can be.', Array(11).fill(clinic)],
      ['address-text', 'An address is a string.', [clinic.address]],
      ['null', 'An address is `null`.', [null]],
      ['without-name', 'An address has no name, not even an empty one.', [{ address: clinic.address }]],
      ['without-address', 'There is a name without an address.', [{ name: clinic.name }]],
      ['number', 'An address is a number.', [{ name: '', address: 1 }]],
      ['name-1001', 'A name has 1,001 characters.', [{ ...clinic, name: 'x'.repeat(1001) }]],
      ['address-1001', 'An address has 1,001 characters.', [{ ...clinic, address: 'x'.repeat(1001) }]],
    ] as const
  ).map(([name, about, to]) => offering(`to-${name}`, about, [], { to })),

  // Its proof.
  ...(
    [
      ['psk-missing', 'It has a token without a PSK.', { psk: undefined }],
      ['token-missing', 'It has a PSK without a token.', { token: undefined }],
      ['keys-missing', 'It has a token without keys.', { keys: undefined }],
      ['keys-none', 'Its list of keys is empty.', { keys: [] }],
      ['keys-5', 'It has five keys, one more than there can be.', { keys: Array(5).fill(key) }],
      ['keys-object', 'Its key does not stand in a list.', { keys: key }],
      ['keys-null', 'A key is `null`.', { keys: [null] }],
      ['key-text', 'A key is the text of a public key\u2019s bytes alone.', { keys: [key['key']] }],
      ['key-kem-missing', 'A key has no KEM.', { keys: [{ ...key, kem: undefined }] }],
      ['key-kem-unknown', 'The KEM of a key is none of version 1.', { keys: [{ ...key, kem: 'x25519' }] }],
      ['key-kem-number', 'The KEM of a key is its number.', { keys: [{ ...key, kem: 16 }] }],
      ['key-kem-of-another', 'A key has not the length of its KEM.', { keys: [{ ...key, kem: 'mlkem768-x25519' }] }],
      ['key-missing', 'A key lacks its bytes.', { keys: [{ ...key, key: undefined }] }],
      ['key-64-bytes', 'A key has 64 bytes.', { keys: [{ ...key, key: encodeBase64url(own.publicKey.slice(0, 64)) }] }],
      ['key-66-bytes', 'A key has 66 bytes.', { keys: [{ ...key, key: encodeBase64url(new Uint8Array(66)) }] }],
      [
        'key-unused-bits',
        'A key\u2019s last character has bits that are not used.',
        {
          keys: [{ ...key, key: `${encodeBase64url(own.publicKey).slice(0, -1)}${unused(own.publicKey)}` }],
        },
      ],
      ['key-to-text', 'The end of a key\u2019s time is a string.', { keys: [{ ...key, to: String(times.expires) }] }],
      ['key-to-null', 'The end of a key\u2019s time is `null`.', { keys: [{ ...key, to: null }] }],
      [
        'key-to-fraction',
        'The end of a key\u2019s time is a fraction.',
        { keys: [{ ...key, to: times.expires + 0.5 }] },
      ],
      ['key-to-negative', 'The end of a key\u2019s time is negative.', { keys: [{ ...key, to: -1 }] }],
      ['psk-31-bytes', 'Its PSK has 31 bytes.', { psk: encodeBase64url(original.token.psk.slice(1)) }],
      ['psk-33-bytes', 'Its PSK has 33 bytes.', { psk: encodeBase64url(new Uint8Array(33)) }],
      ['psk-padded', 'Its PSK is padded.', { psk: `${psk}=` }],
      ['psk-number', 'Its PSK is a number.', { psk: 1 }],
      ['token-number', 'Its token is a number.', { token: 1 }],
      ['token-base64', 'Its token is spelled in base64.', { token: '+/8A' }],
      [
        'token-8193-bytes',
        'Its token has 8,193 bytes, one more than there can be.',
        {
          token: encodeBase64url(new Uint8Array(greatestToken + 1)),
        },
      ],
      ['id-without-header', 'It has an identifier without a hash.', { id, kind: 'reply' }],
      ['header-without-id', 'It has a hash without an identifier.', { header: hash, kind: 'reply' }],
      ['id-15-bytes', 'Its identifier has 15 bytes.', { id: encodeBase64url(new Uint8Array(15)), header: hash }],
      ['id-17-bytes', 'Its identifier has 17 bytes.', { id: encodeBase64url(new Uint8Array(17)), header: hash }],
      ['header-31-bytes', 'Its hash has 31 bytes.', { id, header: encodeBase64url(new Uint8Array(31)) }],
      ['header-33-bytes', 'Its hash has 33 bytes.', { id, header: encodeBase64url(new Uint8Array(33)) }],
      [
        'header-hexadecimal',
        'Its hash is spelled in hexadecimal.',
        { id, header: Buffer.from(hash, 'base64url').toString('hex') },
      ],
    ] as const
  ).map(([name, about, changes]) => proving(name, about, [], changes)),

  // The rest.
  ...(
    [
      ['passphrase-missing', 'It has neither a token nor the passphrase.', { passphrase: undefined }],
      ['passphrase-0', 'Its passphrase is 0.', { passphrase: 0 }],
      ['passphrase-true', 'Its passphrase is `true`.', { passphrase: true }],
      ['passphrase-text', 'Its passphrase is a string.', { passphrase: '1' }],
      ['path-501', 'Its path has 501 characters.', { path: `/${'x'.repeat(500)}` }],
      ['path-empty', 'Its path is empty.', { path: '' }],
      ['path-relative', 'Its path does not begin with a solidus.', { path: 'reply' }],
      ['path-blank', 'Its path has a blank.', { path: '/a b' }],
      ['path-control', 'A line feed stands behind its path.', { path: '/a\n' }],
      ['path-non-ascii', 'Its path has a character beyond ASCII.', { path: '/\u00e9' }],
      ['path-number', 'Its path is a number.', { path: 1 }],
      ['kind-unknown', 'Its kind is none of version 1.', { kind: 'answer' }],
      ['kind-forward', 'Its kind is an action that is no kind.', { kind: 'forward' }],
      ['kind-number', 'Its kind is a number.', { kind: 1 }],
      ['kind-null', 'Its kind is `null`.', { kind: null }],
    ] as const
  ).map(([name, about, changes]) => offering(name, about, [], changes)),
  proving('passphrase-2', 'It has a token, and its passphrase is 2.', [], { passphrase: 2 }),
];

/** The plain offer, which needs the passphrase alone, with other values. */
function offering(name: string, about: string, offers: readonly string[], changes: Values): Scenario {
  return changed(scenario(name, about, offers), writeOffer(plain), changes);
}

/** The offer of the original, with other values. Read at a time when its token still holds. */
function proving(name: string, about: string, offers: readonly string[], changes: Values): Scenario {
  return { ...changed(scenario(name, about, offers), writeOffer(original.offer), changes), at: times.at };
}

function changed(to: Scenario, honest: Values, changes: Values): Scenario {
  return { ...to, recipe: { message: { parts, extra: { reply: { ...honest, ...changes } } } } };
}

/** Another value than an object with what it takes. */
function valued(name: string, about: string, reply: unknown): Scenario {
  return { ...scenario(name, about, []), recipe: { message: { parts, extra: { reply } } } };
}

function scenario(name: string, about: string, offers: readonly string[]): Scenario {
  return { name: `manifest-reply-${name}`, about, section: '7.5', expected: 'success', offers };
}

/** Another last character for the same bytes. */
function unused(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(encodeBase64url(bytes).at(-1) ?? '') + 1] ?? '';
}
