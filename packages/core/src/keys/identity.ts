import { equalConstantTime, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError, invalid } from '../errors.js';
import type { Kem, KemKeyPair } from '../kem/kem.js';
import type { PreparedSecret } from '../secret/prepared.js';
import { parseIdentity, plainText, privateKeyOf, sealedText, type IdentityUnlocker } from './identity-text.js';
import { readRecipientKey, recipientKeyText } from './recipient-key-text.js';
import { makeRecipientKey, type RecipientKey, type Validity } from './recipient-key.js';

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
  return plainText({ key: identity.publicKey }, identity.pair.privateKey);
}

/** The identity as a line of text, sealed under a passphrase as a file key is in a slot. */
export function sealedIdentityText(identity: Identity, secret: PreparedSecret, backend: Backend): Promise<string> {
  return sealedText({ key: identity.publicKey }, identity.pair.privateKey, secret, backend);
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
  const fields = parseIdentity(text);
  const key = await readRecipientKey(fields.key, kems, backend);
  if (fields.predecessors !== undefined) throw invalid('text is no identity: only signing keys are announced');
  const identity = new Identity(key, await privateKeyOf(fields, unlock, backend));
  if (!(await isPair(identity)))
    throw new EnvelopeError('INVALID_ARGUMENT', 'identity holds two keys that are no pair');
  return identity;
}

/** The public key of an identity's text, and whether it takes a passphrase to read the private one. Throws `INVALID_ARGUMENT`. */
export function inspectIdentityText(text: string): { readonly publicKey: string; readonly sealed: boolean } {
  const { key, sealed } = parseIdentity(text);
  return { publicKey: key, sealed: sealed !== undefined };
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
