import { encodeBase64url } from '../kit/base64url.js';
import { ascii, concat } from '../kit/bytes.js';
import type { JsonObject } from '../kit/header-json.js';
import type { KeySchedule } from '../kit/hpke.js';
import { keyId } from '../kit/identity.js';
import type { KeySlotLies, KeySlotRecipe } from '../kit/key-slot.js';
import { greatestToken } from '../kit/offer.js';
import { sealToken, tokenKey, type Token, type TokenLies } from '../kit/token.js';
import type { SlotRecipe } from '../kit/slot.js';
import { hybridPairs, p256Pairs } from './key-pair.js';
import { ada, another, byPassphrase, originals, replyRecipe, times, type ReplyChanges } from './reply.js';
import type { Expected, Scenario } from './scenario.js';

const { own, other } = p256Pairs;
const strong = hybridPairs;
const original = originals.p256;
const zero = new Uint8Array(1);
const salt = new Uint8Array(24);

/** An address that makes a token as long as it may be. */
const filler = 'x'.repeat(greatestToken - tokenLength({ ...original.token, recipients: [ada.address, ''] }));

/** Section 5.5: what opens the slot of a reply. Whether it may be taken is in reply-verdict.ts. */
export const keyReplies: readonly Scenario[] = [
  // What opens.
  taken('p256', 'A reply to the message of manifest-reply-token.'),
  taken('mlkem768-x25519', 'A reply whose only slot is for a hybrid key.', { identity: strong.own }),
  taken('behind-passphrase', 'Its slot stands behind one for the passphrase.', {
    slots: (honest) => [byPassphrase, honest],
  }),
  {
    name: 'key-reply-by-passphrase',
    about: 'Its slot stands before one for the passphrase, which opens it: nobody\u2019s word is proved.',
    section: '5.5',
    expected: 'success',
    recipe: replyRecipe({ slots: (honest) => [honest, byPassphrase] }),
  },
  taken('second-opens', 'The first slot is for another key, with the same token.', {
    slots: (honest) => [{ ...honest, to: other }, honest],
  }),
  taken('both-kems', 'A slot of another KEM, with the same token, stands before it.', {
    slots: (honest) => [{ ...honest, to: strong.other }, honest],
  }),
  taken('broken-before', 'The first slot is for this key and has a token that does not open; the second opens.', {
    slots: (honest) => [{ ...honest, ...slotOf({ tokenLies: { sealed: flipped(60) } }) }, honest],
  }),
  taken('unbound-before', 'The first slot is for this key, but not in mode PSK; the second opens.', {
    slots: (honest) => [{ ...honest, lies: { schedule: inModeBase } }, honest],
  }),
  scenario(
    'unproved-before',
    'The first slot is for this key and no reply\u2019s: it opens, and proves nothing.',
    'success',
    { slots: (honest) => [{ to: own }, honest] },
  ),
  taken(
    'token-8192-bytes',
    'Its token has 8,192 bytes, the most there can be.',
    { token: { recipients: [ada.address, filler] } },
    [ada.address, filler],
  ),
  taken(
    'token-escapes',
    'An address in its token has characters that section 4.1 escapes.',
    { token: { recipients: ['ad\u00e4 <&>@home.example'] } },
    ['ad\u00e4 <&>@home.example'],
  ),
  taken('token-issued-later', 'Its token was issued later than it is read.', { token: { issued: times.at + 1 } }),

  // The key schedule.
  schedule('psk', 'Its PSK is that of another message.', (honest) => ({ ...honest, psk: another.token.psk })),
  schedule('psk-id', 'Its PSK\u2019s identifier is that of another message.', (honest) => ({
    ...honest,
    pskId: another.token.id,
  })),
  schedule('psk-id-text', 'Its PSK\u2019s identifier is the text of the right one.', (honest) => ({
    ...honest,
    pskId: ascii(encodeBase64url(honest.pskId)),
  })),
  schedule('info-header', 'Its info has the header\u2019s hash of another message.', (honest) => ({
    ...honest,
    info: concat(honest.info.slice(0, -32), another.token.header),
  })),
  schedule('info-label', 'The label of its info is that of slots that are no reply\u2019s.', (honest) => ({
    ...honest,
    info: concat(ascii('sealpost/v1 key'), zero, original.token.header),
  })),
  schedule('info-without-zero', 'No zero byte follows the label of its info.', ({ info, ...others }) => ({
    ...others,
    info: concat(info.slice(0, -33), info.slice(-32)),
  })),
  schedule('info-behind', 'The key\u2019s identifier follows its info.', ({ info, ...others }) => ({
    ...others,
    info: concat(info, keyId(own)),
  })),
  schedule('exporter-context', 'Its exporter context is the label of its info.', (honest) => ({
    ...honest,
    exporterContext: ascii('sealpost/v1 reply'),
  })),
  schedule('aead', 'The AEAD is AES-256-GCM.', (honest) => ({ ...honest, aead: 0x0002 })),
  schedule('mode-base', 'The mode is Base; everything else is as it should be.', inModeBase),
  schedule('mode-base-with-psk', 'The mode is Base by its number, but a PSK goes in.', (honest) => ({
    ...honest,
    mode: 0,
  })),
  closed('mode-psk-no-token', 'The mode is PSK, with the right one, but there is no token.', {
    slots: ({ to }) => [{ to, lies: { schedule: () => replySchedule } }],
  }),
  closed('no-reply-with-token', 'It was made as one that is no reply\u2019s, and has a token.', {
    slots: ({ to, proof }) => [
      { to, lies: { slot: (honest) => ({ ...honest, token: encodeBase64url(proof?.token ?? zero) }) } },
    ],
  }),
  closed('mlkem768-x25519-psk', 'Its PSK is that of another message.', {
    identity: strong.own,
    lies: { schedule: (honest) => ({ ...honest, psk: another.token.psk }) },
  }),

  // Tokens that are not of this envelope, or not of this key.
  closed('token-of-another-message', 'Its token is that of another message.', {
    slots: (honest) => [{ ...honest, proof: { ...original.proof, token: another.proof.token } }],
  }),
  closed('token-psk-of-another-message', 'Its token has the PSK of another message.', {
    token: { psk: another.token.psk },
  }),
  closed('token-id-of-another-message', 'Its token has the identifier of another message.', {
    token: { id: another.token.id },
  }),
  closed('token-header-of-another-message', 'Its token has the header\u2019s hash of another message.', {
    token: { header: another.token.header },
  }),
  closed('token-of-another-identity', 'Its token was made with another private key.', {
    tokenLies: { key: () => tokenKey(other.privateKey) },
  }),
  closed('token-by-public-key', 'Its token was made with the public key in place of the private one.', {
    tokenLies: { key: () => tokenKey(own.publicKey) },
  }),
  closed('token-by-key-id', 'Its token was made with the key\u2019s identifier in place of the private key.', {
    tokenLies: { key: () => tokenKey(keyId(own)) },
  }),
  closed('token-by-private-key', 'Its token was sealed with the private key itself.', {
    tokenLies: { key: () => own.privateKey },
  }),
  closed('token-key-label', 'The label of its token\u2019s key is that of sealed private keys.', {
    tokenLies: { key: () => tokenKey(own.privateKey, ascii('sealpost/v1 identity')) },
  }),
  closed('token-context', 'Its token was sealed as a private key is.', {
    tokenLies: { context: () => concat(ascii('sealpost/v1 identity'), zero) },
  }),
  closed('token-context-without-zero', 'No zero byte follows the label in the context of its token.', {
    tokenLies: { context: (honest) => honest.slice(0, -1) },
  }),
  closed('token-commitment', 'Its token commits to another key.', { tokenLies: { sealed: flipped(24) } }),
  closed('token-tag', 'Its token commits to the right key, but does not decrypt.', {
    tokenLies: { sealed: flipped(57) },
  }),
  closed('token-cut', 'Its token lacks its last byte.', { tokenLies: { sealed: (honest) => honest.slice(0, -1) } }),
  closed('token-behind', 'A byte follows its token.', { tokenLies: { sealed: (honest) => concat(honest, zero) } }),
  closed('token-empty', 'Its token is empty.', { tokenLies: { sealed: () => new Uint8Array() } }),
  closed('token-71-bytes', 'Its token is shorter than anything that can be sealed.', {
    tokenLies: { sealed: (honest) => honest.slice(0, 71) },
  }),
  closed('token-changed', 'Its token was replaced after the wrap was made, by another that says the same.', {
    lies: {
      wrapped: (honest) => ({ ...honest, token: encodeBase64url(sealToken(original.token, own.privateKey, salt)) }),
    },
  }),
  closed('token-taken-out', 'Its token was taken out after the wrap was made.', {
    lies: {
      wrapped: ({ type = '', kem = '', key = '', enc = '', wrap = '' }) => ({ type, kem, key, enc, wrap }),
    },
  }),

  // Tokens that open, and say what they should not.
  saying('number-2', 'Its token is of another version.', (honest) => ({ ...honest, token: 2 })),
  saying('number-0', 'Its token is of version 0.', (honest) => ({ ...honest, token: 0 })),
  saying('number-text', 'Its token has its version as text.', (honest) => ({ ...honest, token: '1' })),
  saying('number-missing', 'Its token has no version.', without('token')),
  saying('number-not-first', 'The version of its token is its last key.', ({ token = 1, ...others }) => ({
    ...others,
    token,
  })),
  saying('key-unknown', 'Its token has a key that version 1 does not know.', (honest) => ({ ...honest, more: 1 })),
  saying(
    'keys-reordered',
    'The PSK of its token comes before the identifier.',
    ({ token = 1, psk = '', ...others }) => ({
      token,
      psk,
      ...others,
    }),
  ),
  ...['id', 'header', 'psk', 'recipients', 'actions', 'issued', 'expires', 'references'].map((key) =>
    saying(`${key}-missing`, `Its token lacks \`${key}\`.`, without(key)),
  ),
  ...(
    [
      ['id', 15],
      ['id', 17],
      ['header', 31],
      ['header', 33],
      ['psk', 31],
      ['psk', 33],
    ] as const
  ).map(([key, length]) =>
    saying(
      `${key}-${length}-bytes`,
      `\`${key}\` of its token has ${length} bytes; everything else fits it.`,
      (honest) => ({
        ...honest,
        [key]: encodeBase64url(sized(key, length)),
      }),
      { schedule: (honest) => withValue(honest, key, sized(key, length)) },
    ),
  ),
  saying('recipients-text', 'The recipients of its token are a string.', (honest) => ({
    ...honest,
    recipients: ada.address,
  })),
  saying('recipient-number', 'A recipient in its token is a number.', (honest) => ({ ...honest, recipients: [1] })),
  saying('actions-text', 'The actions of its token are a string.', (honest) => ({ ...honest, actions: 'reply' })),
  saying('expires-text', 'The end of its token\u2019s time is a string.', (honest) => ({
    ...honest,
    expires: String(times.expires),
  })),
  saying('message-id-number', 'The Message-ID in its token is a number.', (honest) => ({ ...honest, messageId: 1 })),
  saying('reference-number', 'A reference in its token is a number.', (honest) => ({ ...honest, references: [1] })),
  closed('token-blank', 'A blank stands in the text of its token.', {
    tokenLies: { text: (honest) => honest.replace(',', ', ') },
  }),
  closed('token-escape', 'A character in the text of its token is escaped without need.', {
    tokenLies: { text: (honest) => honest.replace('ada@', '\\u0061da@') },
  }),
  closed('token-key-doubled', 'A key comes twice in the text of its token.', {
    tokenLies: { text: (honest) => honest.replace('"token":1', '"token":1,"token":1') },
  }),
  closed('token-list', 'The text of its token is a list with the object in it.', {
    tokenLies: { text: (honest) => `[${honest}]` },
  }),
  closed('token-cut-text', 'The text of its token lacks its last bracket.', {
    tokenLies: { text: (honest) => honest.slice(0, -1) },
  }),
  closed('token-no-text', 'The text of its token is empty.', { tokenLies: { text: () => '' } }),

  // Syntax and limit.
  syntax('token-before-enc', 'Its token comes before its encapsulation.', ({ enc = '', token = '', ...others }) => ({
    ...others,
    token,
    enc,
  })),
  syntax('token-number', 'Its token is a number.', (honest) => ({ ...honest, token: 1 })),
  syntax('token-in-list', 'Its token stands in a list.', ({ token = '', ...others }) => ({
    ...others,
    token: [token],
  })),
  syntax('token-padded', 'Its token is padded.', (honest) => ({ ...honest, token: 'AA==' })),
  syntax('token-unused-bits', 'The last character of its token has bits that are not used.', (honest) => ({
    ...honest,
    token: 'AB',
  })),
  syntax('token-base64', 'Its token is spelled in base64.', (honest) => ({ ...honest, token: '+/8A' })),
  broken('token-behind-wrap', 'Its token comes behind its wrap.', 'NOT_AN_ENVELOPE', [
    {
      to: own,
      proof: original.proof,
      lies: { wrapped: ({ token = '', ...others }) => ({ ...others, token }) },
    },
  ]),
  broken('token-of-passphrase', 'The slot for the passphrase has the token.', 'NOT_AN_ENVELOPE', [
    { to: own, proof: original.proof },
    { ...byPassphrase, lies: { slot: (honest) => ({ ...honest, token: encodeBase64url(original.proof.token) }) } },
  ]),
  broken('token-8193-bytes', 'Its token has 8,193 bytes, one more than there can be.', 'LIMIT', [tooLong()]),
  broken(
    'token-8193-bytes-behind',
    'A token of 8,193 bytes stands in another key\u2019s slot, behind the one that opens.',
    'LIMIT',
    [
      { to: own, proof: original.proof },
      { ...tooLong(), to: other },
    ],
  ),
  broken(
    'token-8193-bytes-and-syntax',
    'A key slot of a wrong syntax stands behind one with a token of 8,193 bytes.',
    'NOT_AN_ENVELOPE',
    [tooLong(), { to: own, lies: { slot: (honest) => ({ ...honest, kem: 'rsa' }) } }],
  ),
];

/** A reply that may be taken. */
function taken(name: string, about: string, changes: ReplyChanges = {}, authors = [ada.address]): Scenario {
  return { ...scenario(name, about, 'success', changes), at: times.at, reply: { kind: 'reply', authors } };
}

/** A reply whose slot does not open. */
function closed(name: string, about: string, changes: ReplyChanges): Scenario {
  return scenario(name, about, 'DID_NOT_OPEN', changes);
}

function schedule(name: string, about: string, lie: (honest: KeySchedule) => KeySchedule): Scenario {
  return closed(name, about, { lies: { schedule: lie } });
}

/** Its token opens and is another object than it should be. */
function saying(name: string, about: string, object: NonNullable<TokenLies['object']>, lies?: KeySlotLies): Scenario {
  return closed(`token-${name}`, about, { tokenLies: { object }, ...(lies === undefined ? {} : { lies }) });
}

/** What is written before the wrap, which fits it. */
function syntax(name: string, about: string, slot: (honest: JsonObject) => JsonObject): Scenario {
  return scenario(name, about, 'NOT_AN_ENVELOPE', { lies: { slot } });
}

function broken(name: string, about: string, expected: Expected, slots: readonly SlotRecipe[]): Scenario {
  return scenario(name, about, expected, { slots: () => slots });
}

function scenario(name: string, about: string, expected: Expected, changes: ReplyChanges): Scenario {
  const { identity = own } = changes;
  return { name: `key-reply-${name}`, about, section: '5.5', expected, identity, recipe: replyRecipe(changes) };
}

/** The slot of a reply with these changes, for the place of another. */
function slotOf(changes: ReplyChanges): KeySlotRecipe {
  const [slot] = replyRecipe(changes).slots ?? [];
  if (slot === undefined || !('to' in slot)) throw new Error('unreachable');
  return slot;
}

/** Everything fits it, but for its length. */
function tooLong(): KeySlotRecipe {
  return slotOf({ token: { recipients: [ada.address, `${filler}x`] } });
}

function inModeBase(honest: KeySchedule): KeySchedule {
  return { ...honest, mode: 0, psk: new Uint8Array(), pskId: new Uint8Array() };
}

/** That of an honest reply to the original. */
const replySchedule: KeySchedule = {
  mode: 1,
  info: concat(ascii('sealpost/v1 reply'), zero, original.token.header),
  psk: original.token.psk,
  pskId: original.token.id,
  aead: 0xffff,
  exporterContext: ascii('sealpost/v1 key'),
};

function flipped(at: number): (honest: Uint8Array) => Uint8Array {
  return (honest) => honest.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

function without(key: string): (honest: JsonObject) => JsonObject {
  return (honest) => Object.fromEntries(Object.entries(honest).filter(([name]) => name !== key));
}

/** A value of the original's token, cut or filled up to another length. */
function sized(key: 'id' | 'header' | 'psk', length: number): Uint8Array {
  return concat(original.token[key], zero).slice(0, length);
}

/** The schedule that a token with such a value gives. */
function withValue(honest: KeySchedule, key: 'id' | 'header' | 'psk', value: Uint8Array): KeySchedule {
  if (key === 'id') return { ...honest, pskId: value };
  if (key === 'psk') return { ...honest, psk: value };
  return { ...honest, info: concat(ascii('sealpost/v1 reply'), zero, value) };
}

function tokenLength(token: Token): number {
  return sealToken(token, own.privateKey, salt).length;
}
