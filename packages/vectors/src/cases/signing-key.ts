import { bech32, bech32m } from '@scure/base';
import { encodeBase64url } from '../kit/base64url.js';
import { ByteSource } from '../kit/byte-source.js';
import { concat, utf8 } from '../kit/bytes.js';
import { sealChunked } from '../kit/chunked.js';
import { writeJson, type JsonObject } from '../kit/header-json.js';
import { identityText, publicKeyText } from '../kit/identity.js';
import { deriveSlotKey, smallestPbkdf2 } from '../kit/kdf.js';
import { normalise } from '../kit/normalise.js';
import { successorStatement, writePredecessors } from '../kit/signature.js';
import {
  signingIdentityJson,
  signingIdentityOf,
  signingKeyText,
  type IdentityLock,
  type KeyTextOutcome,
  type SigningIdentity,
} from '../kit/signing-key.js';
import { p256Pairs } from './key-pair.js';
import { passphrase } from './scenario.js';
import { chain, first, later, ninth, other, own, second } from './signer.js';

/** A text of a signing key, or of a signing identity, and how it comes out. */
export interface KeyTextScenario {
  readonly name: string;
  readonly about: string;
  readonly section: string;
  readonly kind: 'key' | 'identity';
  readonly text: string;
  /** Where the text is of an identity under one. */
  readonly passphrase?: string;
  readonly expected: 'success' | KeyTextOutcome;
  /** With `success` alone: the key pair, of which a key has no seed to show. */
  readonly signer?: SigningIdentity;
}

const plain = signingKeyText(own.publicKey);
const lock: IdentityLock = {
  passphrase,
  norm: 'words',
  kdf: smallestPbkdf2(utf8('a salt of a test')),
  salt: new Uint8Array(24).fill(1),
};
const followed: SigningIdentity = { ...own, predecessors: chain(first, own) };
const eight: SigningIdentity = { ...own, predecessors: chain(first, ...later, own) };

/** Section 5.7, and the fingerprints of 7.4. */
export const keyTexts: readonly KeyTextScenario[] = [
  // Keys.
  key('plain', 'A signing key.', plain),
  key('upper-case', 'It is in upper case.', plain.toUpperCase()),
  key('white-space', 'There is white space around it.', `\t\r\n${plain} \f\n`),
  key('both-cases', 'One letter is in upper case.', plain.replace('sealpostsign', 'Sealpostsign'), 'refused'),
  key('white-space-inside', 'There is a blank in it.', `${plain.slice(0, 20)} ${plain.slice(20)}`, 'refused'),
  key(
    'letter-changed',
    'A letter is another.',
    plain.replace(/.$/, (letter) => (letter === 'q' ? 'p' : 'q')),
    'refused',
  ),
  key(
    'bech32',
    'Its checksum is that of bech32 and not of bech32m.',
    bech32.encode('sealpostsign', bech32m.decode(plain, false).words, false),
    'refused',
  ),
  key(
    'prefix',
    'It begins as a key of slots does.',
    encoded(concat(Uint8Array.of(1, 0, 1), own.publicKey), 'sealpost'),
    'refused',
  ),
  key('of-a-slot', 'It is a key of slots.', publicKeyText(p256Pairs.own), 'refused'),
  key('version-0', 'It is of version 0.', signingKeyText(own.publicKey, Uint8Array.of(0, 0, 1)), 'UNSUPPORTED_VERSION'),
  key('version-2', 'It is of version 2.', signingKeyText(own.publicKey, Uint8Array.of(2, 0, 1)), 'UNSUPPORTED_VERSION'),
  key('version-2-alone', 'It is of version 2, and nothing follows.', encoded(Uint8Array.of(2)), 'UNSUPPORTED_VERSION'),
  key('version-1-alone', 'It is of version 1, and nothing follows.', encoded(Uint8Array.of(1)), 'refused'),
  key('nothing', 'It holds no byte.', encoded(new Uint8Array()), 'refused'),
  key(
    'algorithm-0',
    'Its algorithm is 0000.',
    signingKeyText(own.publicKey, Uint8Array.of(1, 0, 0)),
    'UNSUPPORTED_VERSION',
  ),
  key(
    'algorithm-0100',
    'Its algorithm is 0100.',
    signingKeyText(own.publicKey, Uint8Array.of(1, 1, 0)),
    'UNSUPPORTED_VERSION',
  ),
  key(
    'algorithm-0101',
    'Its algorithm is 0101.',
    signingKeyText(own.publicKey, Uint8Array.of(1, 1, 1)),
    'UNSUPPORTED_VERSION',
  ),
  key(
    'algorithm-alone',
    'Its algorithm is 0002, and nothing follows.',
    encoded(Uint8Array.of(1, 0, 2)),
    'UNSUPPORTED_VERSION',
  ),
  ...[0, 31, 33].map((length) =>
    key(
      `${length}-bytes`,
      `The key has ${length} bytes.`,
      signingKeyText(concat(own.publicKey, other.publicKey).slice(0, length)),
      'refused',
    ),
  ),
  key(
    'validity',
    'There is a validity, as in keys of slots.',
    signingKeyText(own.publicKey, Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)),
    'refused',
  ),
  key(
    'group-more',
    'There is a group of five bits more than bytes need.',
    bech32m.encode('sealpostsign', [...bech32m.decode(plain, false).words, 0], false),
    'refused',
  ),

  // Fingerprints.
  ...[first, second, other, ninth].map((signer, n) =>
    key(
      `fingerprint-${n + 1}`,
      'A signing key, for its fingerprint.',
      signingKeyText(signer.publicKey),
      'success',
      signer,
    ),
  ),
  fingerprintOf('fingerprint-zeros', 'The fingerprint has a group that begins with four zeros.', 'zeros 2316'),
  fingerprintOf('fingerprint-seed-zeros', 'The key of 32 zero bytes, for its fingerprint.'),

  // Identities.
  readable('plain', 'A signing identity that everybody can read.', {}),
  readable('white-space', 'There is white space around it.', {}, 'success', (text) => ` \t${text}\r\n`),
  identity('predecessors-1', 'There is one statement.', signingIdentityJson(followed), 'success', followed),
  identity(
    'predecessors-8',
    'There are eight statements, the most there can be.',
    signingIdentityJson(eight),
    'success',
    eight,
  ),
  identity(
    'predecessors-9',
    'There are nine statements.',
    signingIdentityJson({ ...own, predecessors: chain(first, ...later, ninth, own) }),
    'refused',
  ),
  readable('predecessors-none', 'The array of statements is empty.', { predecessors: [] }, 'refused'),
  readable(
    'predecessors-text',
    'There is a statement in place of an array.',
    { predecessors: writePredecessors(followed.predecessors)[0] ?? '' },
    'refused',
  ),
  readable(
    'predecessors-95-bytes',
    'A statement has 95 bytes.',
    { predecessors: writePredecessors([new Uint8Array(95), ...followed.predecessors]) },
    'refused',
  ),
  readable(
    'predecessors-of-another',
    'The last statement is on another key.',
    { predecessors: writePredecessors([successorStatement(first.seed, other.publicKey)]) },
    'refused',
  ),
  identity(
    'predecessors-behind',
    'The statements stand behind the private key.',
    { ...signingIdentityJson(own), predecessors: writePredecessors(followed.predecessors) },
    'refused',
  ),
  identity(
    'predecessors-of-a-slot-key',
    'An identity of a key of slots has statements.',
    withPredecessors(),
    'refused',
  ),
  identity(
    'not-a-pair',
    'The private key is another one\u2019s.',
    { ...signingIdentityJson(own), secret: encodeBase64url(other.seed) },
    'refused',
  ),
  identity(
    'secret-31-bytes',
    'The private key has 31 bytes.',
    { ...signingIdentityJson(own), secret: encodeBase64url(own.seed.slice(1)) },
    'refused',
  ),
  identity(
    'secret-64-bytes',
    'The private key is the seed with the public key behind it.',
    { ...signingIdentityJson(own), secret: encodeBase64url(concat(own.seed, own.publicKey)) },
    'refused',
  ),
  identity(
    'key-unknown',
    'It has a key that version 1 does not know.',
    { ...signingIdentityJson(own), more: 1 },
    'refused',
  ),
  identity('version-text', 'Its version is a text.', { ...signingIdentityJson(own), identity: '1' }, 'refused'),
  sealed('sealed-version-text', 'Its version is a text, and it is under a passphrase.', withVersion('1'), 'refused'),
  identity('version-2', 'It is of version 2.', { ...signingIdentityJson(own), identity: 2 }, 'UNSUPPORTED_VERSION'),
  identity(
    'key-version-2',
    'Its public key is of version 2.',
    { ...signingIdentityJson(own), key: signingKeyText(own.publicKey, Uint8Array.of(2, 0, 1)) },
    'UNSUPPORTED_VERSION',
  ),
  sealed('sealed', 'It is under a passphrase.', signingIdentityJson(own, lock), 'success', own),
  sealed(
    'sealed-predecessors',
    'It is under a passphrase, and there is one statement.',
    signingIdentityJson(followed, lock),
    'success',
    followed,
  ),
  {
    ...sealed(
      'sealed-wrong-passphrase',
      'It is under another passphrase.',
      signingIdentityJson(own, lock),
      'DID_NOT_OPEN',
    ),
    passphrase: 'another one',
  },
  sealed(
    'sealed-predecessors-added',
    'It is under a passphrase, and a right statement was added.',
    withStatementAdded(),
    'DID_NOT_OPEN',
  ),
  sealed(
    'sealed-out-of-range',
    'Its KDF has no iteration.',
    { ...signingIdentityJson(own, lock), kdf: { name: 'pbkdf2-hmac-sha256', c: 0, salt: 'AAAAAAAAAAAAAAAAAAAAAA' } },
    'LIMIT',
  ),
  sealed(
    'sealed-norm-of-answers',
    'Its norm is that of answers.',
    { ...signingIdentityJson(own, lock), norm: 'answers' },
    'refused',
  ),
];

function key(
  name: string,
  about: string,
  text: string,
  expected: KeyTextScenario['expected'] = 'success',
  signer: SigningIdentity = own,
): KeyTextScenario {
  const section = name.startsWith('fingerprint') ? '7.4' : '5.7';
  const scenario = { name: `signing-key-${name}`, about, section, kind: 'key', text, expected } as const;
  return expected === 'success' ? { ...scenario, signer } : scenario;
}

/** The key of a seed of this name, or of the seed of zeros. */
function fingerprintOf(name: string, about: string, seed?: string): KeyTextScenario {
  const bytes = seed === undefined ? new Uint8Array(32) : new ByteSource(seed).take(32);
  const signer = signingIdentityOf(bytes);
  return key(name, about, signingKeyText(signer.publicKey), 'success', signer);
}

function identity(
  name: string,
  about: string,
  object: JsonObject,
  expected: KeyTextScenario['expected'],
  signer: SigningIdentity = own,
): KeyTextScenario {
  const scenario = { about, section: '5.7', kind: 'identity', text: writeJson(object), expected } as const;
  return { ...scenario, name: `signing-identity-${name}`, ...(expected === 'success' ? { signer } : {}) };
}

/** With further keys behind the public key. */
function readable(
  name: string,
  about: string,
  more: JsonObject,
  expected: KeyTextScenario['expected'] = 'success',
  spell: (text: string) => string = (text) => text,
): KeyTextScenario {
  const { secret = '', ...front } = signingIdentityJson(own);
  const scenario = identity(name, about, { ...front, ...more, secret }, expected);
  return { ...scenario, text: spell(scenario.text) };
}

function sealed(
  name: string,
  about: string,
  object: JsonObject,
  expected: KeyTextScenario['expected'],
  signer: SigningIdentity = own,
): KeyTextScenario {
  return { ...identity(name, about, object, expected, signer), passphrase };
}

/** Its wrap fits, as if this were the version. */
function withVersion(version: string): JsonObject {
  const { key: text = '', kdf = '', norm = '' } = signingIdentityJson(own, lock);
  const front = { identity: version, key: text, kdf, norm };
  const secret = normalise(lock.passphrase, lock.norm) ?? new Uint8Array();
  const context = concat(utf8('sealpost/v1 identity\0'), utf8(writeJson(front)));
  return {
    ...front,
    wrap: encodeBase64url(sealChunked(deriveSlotKey(lock.kdf, secret), context, own.seed, lock.salt)),
  };
}

function withStatementAdded(): JsonObject {
  const { identity: version = 1, key: text = '', ...rest } = signingIdentityJson(own, lock);
  return { identity: version, key: text, predecessors: writePredecessors(followed.predecessors), ...rest };
}

function withPredecessors(): JsonObject {
  const { identity: version = 1, key: text = '', ...rest } = JSON.parse(identityText(p256Pairs.own)) as JsonObject;
  return { identity: version, key: text, predecessors: writePredecessors(followed.predecessors), ...rest };
}

function encoded(bytes: Uint8Array, prefix = 'sealpostsign'): string {
  return bech32m.encode(prefix, bech32m.toWords(bytes), false);
}
