import { concat, equalConstantTime, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { openChunked, sealChunked } from '../crypto/chunks.js';
import { randomBytes } from '../crypto/random.js';
import { EnvelopeError } from '../errors.js';
import type { Kem, KemKeyPair } from '../kem/kem.js';
import type { PreparedSecret } from '../secret/prepared.js';
import { encodeBinary, FieldReader } from '../wire/fields.js';
import { decodeWire, encodeWire, type WireObject } from '../wire/json.js';
import { checkKdfRange, kdfToWire, readKdf, type Kdf } from '../wire/kdf.js';
import { readNormalisation, readWrap, type Normalisation } from '../wire/slot.js';
import { readRecipientKey, recipientKeyText } from './recipient-key-text.js';
import { makeRecipientKey, type RecipientKey, type Validity } from './recipient-key.js';

/** Binds a sealed private key to its public one (spec/envelope-v1.md, section 5.4). */
const LABEL = utf8('sealpost/v1 identity\0');

/** Gives the slot key of a sealed identity; `undefined` where the passphrase can be none for it. */
export type IdentityUnlocker = (slot: Pick<PreparedSecret, 'kdf' | 'norm'>) => Promise<Bytes | undefined>;

/**
 * A key pair that opens the envelopes sealed to its public key. It is a secret: never printed, `JSON.stringify` and the console
 * show no private key.
 */
export class Identity {
  readonly key: RecipientKey;
  readonly #privateKey: Bytes;

  /** Made by {@link makeIdentity} and {@link readIdentity}. */
  constructor(key: RecipientKey, privateKey: Bytes) {
    this.key = key;
    this.#privateKey = privateKey;
  }

  /** The caller neither changes nor keeps it. */
  get pair(): KemKeyPair {
    return { publicKey: this.key.publicKey, privateKey: this.#privateKey };
  }

  /** The text that envelopes are sealed to, for everybody to see. */
  get publicKey(): string {
    return recipientKeyText(this.key);
  }

  toJSON(): string {
    return '[identity]';
  }
}

/** A new one. Throws `INVALID_ARGUMENT` for dates that are the wrong way round. */
export async function makeIdentity(kem: Kem, validity: Validity, backend: Backend): Promise<Identity> {
  const { publicKey, privateKey } = await kem.generate();
  return new Identity(await makeRecipientKey(kem, publicKey, validity, backend), privateKey);
}

/** The identity as a line of text, readable for everybody. To be kept where only its owner reads. */
export function identityText(identity: Identity): string {
  return encodeWire({
    identity: 1,
    key: recipientKeyText(identity.key),
    secret: encodeBinary(identity.pair.privateKey),
  });
}

/** The identity as a line of text, sealed under a passphrase as a file key is in a slot. */
export async function sealedIdentityText(
  identity: Identity,
  secret: PreparedSecret,
  backend: Backend,
): Promise<string> {
  const fields = sealedFields(recipientKeyText(identity.key), secret);
  const context = concat(LABEL, utf8(encodeWire(fields)));
  const wrap = await sealChunked(secret.key, context, identity.pair.privateKey, backend, randomBytes);
  return encodeWire({ ...fields, wrap: encodeBinary(wrap) });
}

function sealedFields(key: string, { kdf, norm }: Pick<PreparedSecret, 'kdf' | 'norm'>): WireObject {
  return { identity: 1, key, kdf: kdfToWire(kdf), norm };
}

/**
 * Reads either text. `unlock` is asked where it is sealed. Throws `INVALID_ARGUMENT` for what is no identity, `UNSUPPORTED_VERSION` for an
 * identity of a later release, or a key of a kind that is not among `kems`, `LIMIT` for a derivation that asks too much, `DID_NOT_OPEN` for another passphrase.
 */
export async function readIdentity(
  text: string,
  kems: readonly Kem[],
  unlock: IdentityUnlocker,
  backend: Backend,
): Promise<Identity> {
  const { keyText, secret, sealed } = parsed(text);
  const key = await readRecipientKey(keyText, kems, backend);
  const privateKey = secret ?? (await unsealed(keyText, sealed, unlock, backend));
  const identity = new Identity(key, privateKey);
  if (!(await isPair(identity)))
    throw new EnvelopeError('INVALID_ARGUMENT', 'identity holds two keys that are no pair');
  return identity;
}

async function unsealed(
  keyText: string,
  sealed: SealedKey,
  unlock: IdentityUnlocker,
  backend: Backend,
): Promise<Bytes> {
  checkKdfRange(sealed.kdf);
  const context = concat(LABEL, utf8(encodeWire(sealedFields(keyText, sealed))));
  const slotKey = await unlock(sealed);
  const privateKey = slotKey && (await openChunked(slotKey, context, sealed.wrap, backend));
  if (privateKey === undefined) throw new EnvelopeError('DID_NOT_OPEN', 'identity does not open with this passphrase');
  return privateKey;
}

/** The public key of an identity's text, and whether it takes a passphrase to read the private one. Throws `INVALID_ARGUMENT`. */
export function inspectIdentityText(text: string): { readonly publicKey: string; readonly sealed: boolean } {
  const { keyText, sealed } = parsed(text);
  return { publicKey: keyText, sealed: sealed !== undefined };
}

interface SealedKey {
  readonly kdf: Kdf;
  readonly norm: Normalisation;
  readonly wrap: Bytes;
}

type IdentityFields = { readonly keyText: string } & (
  { readonly secret: Bytes; readonly sealed?: never } | { readonly secret?: never; readonly sealed: SealedKey }
);

function parsed(text: string): IdentityFields {
  try {
    const fields = new FieldReader(decodeWire(text.trim()), 'identity');
    if (fields.integer('identity') !== 1)
      throw new EnvelopeError('UNSUPPORTED_VERSION', 'identity is of a kind that this release does not know');
    const keyText = fields.text('key', 4_096) ?? '';
    const secret = fields.bytes('secret');
    if (secret !== undefined) {
      fields.end();
      return { keyText, secret };
    }
    const kdf = readKdf(fields.take('kdf'), 'kdf');
    const norm = readNormalisation(fields);
    const wrap = readWrap(fields);
    fields.end();
    return { keyText, sealed: { kdf, norm, wrap } };
  } catch (cause) {
    if (cause instanceof EnvelopeError && cause.code === 'UNSUPPORTED_VERSION') throw cause;
    throw new EnvelopeError('INVALID_ARGUMENT', 'text is no identity', { cause });
  }
}

/** What is encapsulated to the public key comes out with the private one. */
async function isPair({ key: { kem, publicKey }, pair }: Identity): Promise<boolean> {
  if (pair.privateKey.length !== kem.privateKeyBytes) return false;
  try {
    const { enc, secret } = await kem.encapsulate(publicKey);
    const received = await kem.decapsulate(enc, pair);
    return received !== undefined && equalConstantTime(received, secret);
  } catch {
    return false;
  }
}
