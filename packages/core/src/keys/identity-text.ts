import { concat, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { openChunked, sealChunked } from '../crypto/chunks.js';
import { randomBytes } from '../crypto/random.js';
import { EnvelopeError } from '../errors.js';
import type { PreparedSecret } from '../secret/prepared.js';
import { readPredecessors } from '../signature/successor.js';
import { encodeBinary, FieldReader } from '../wire/fields.js';
import { decodeWire, encodeWire, type WireObject } from '../wire/json.js';
import { checkKdfRange, kdfToWire, readKdf, type Kdf } from '../wire/kdf.js';
import { readNormalisation, readWrap, type Normalisation } from '../wire/slot.js';

/** Key pairs as lines of text, those that open and those that sign (spec/envelope-v1.md, sections 5.4 and 5.7). */

/** Binds a sealed private key to its public one. */
const LABEL = utf8('sealpost/v1 identity\0');

/** Gives the slot key of a sealed identity; `undefined` where the passphrase can be none for it. */
export type IdentityUnlocker = (slot: Pick<PreparedSecret, 'kdf' | 'norm'>) => Promise<Bytes | undefined>;

/** What everybody may read of an identity. */
export interface IdentityHead {
  /** The public key's text. */
  readonly key: string;
  /** Of a signing key: how it was announced. */
  readonly predecessors?: readonly Bytes[] | undefined;
}

interface SealedKey {
  readonly kdf: Kdf;
  readonly norm: Normalisation;
  readonly wrap: Bytes;
}

/** An identity's text, taken apart: the private key stands in it, or is sealed. */
export type IdentityFields = IdentityHead &
  ({ readonly secret: Bytes; readonly sealed?: never } | { readonly secret?: never; readonly sealed: SealedKey });

/** Readable for everybody. To be kept where only its owner reads. */
export function plainText(head: IdentityHead, privateKey: Bytes): string {
  return encodeWire({ ...headToWire(head), secret: encodeBinary(privateKey) });
}

/** Sealed under a passphrase as a file key is in a slot. */
export async function sealedText(
  head: IdentityHead,
  privateKey: Bytes,
  secret: PreparedSecret,
  backend: Backend,
): Promise<string> {
  const fields = sealedFields(head, secret);
  const wrap = await sealChunked(secret.key, contextOf(fields), privateKey, backend, randomBytes);
  return encodeWire({ ...fields, wrap: encodeBinary(wrap) });
}

function headToWire({ key, predecessors = [] }: IdentityHead): WireObject {
  return {
    identity: 1,
    key,
    ...(predecessors.length === 0 ? {} : { predecessors: predecessors.map(encodeBinary) }),
  };
}

function sealedFields(head: IdentityHead, { kdf, norm }: Pick<PreparedSecret, 'kdf' | 'norm'>): WireObject {
  return { ...headToWire(head), kdf: kdfToWire(kdf), norm };
}

function contextOf(fields: WireObject): Bytes {
  return concat(LABEL, utf8(encodeWire(fields)));
}

/** Throws `INVALID_ARGUMENT` for what is no identity, `UNSUPPORTED_VERSION` for one of a later release. */
export function parseIdentity(text: string): IdentityFields {
  try {
    const fields = new FieldReader(decodeWire(text.trim()), 'identity');
    if (fields.integer('identity') !== 1)
      throw new EnvelopeError('UNSUPPORTED_VERSION', 'identity is of a kind that this release does not know');
    const head = { key: fields.text('key', 4_096) ?? '', ...predecessorsIn(fields) };
    const secret = fields.bytes('secret');
    if (secret !== undefined) {
      fields.end();
      return { ...head, secret };
    }
    const kdf = readKdf(fields.take('kdf'), 'kdf');
    const norm = readNormalisation(fields);
    const wrap = readWrap(fields);
    fields.end();
    return { ...head, sealed: { kdf, norm, wrap } };
  } catch (cause) {
    if (cause instanceof EnvelopeError && cause.code === 'UNSUPPORTED_VERSION') throw cause;
    throw new EnvelopeError('INVALID_ARGUMENT', 'text is no identity', { cause });
  }
}

function predecessorsIn(fields: FieldReader): Pick<IdentityHead, 'predecessors'> {
  const value = fields.take('predecessors');
  if (value === undefined) return {};
  const predecessors = readPredecessors(value);
  if (predecessors.length === 0) throw fields.wrong('predecessors', 'is not a list of 1 to 8 statements');
  return { predecessors };
}

/**
 * The private key; `unlock` is asked where it is sealed. Throws `LIMIT` for a derivation that asks too much, `DID_NOT_OPEN` for another
 * passphrase.
 */
export async function privateKeyOf(
  identity: IdentityFields,
  unlock: IdentityUnlocker,
  backend: Backend,
): Promise<Bytes> {
  const { secret, sealed } = identity;
  if (secret !== undefined) return secret;
  checkKdfRange(sealed.kdf);
  const context = contextOf(sealedFields(identity, sealed));
  const slotKey = await unlock(sealed);
  const privateKey = slotKey && (await openChunked(slotKey, context, sealed.wrap, backend));
  if (privateKey === undefined) throw new EnvelopeError('DID_NOT_OPEN', 'identity does not open with this passphrase');
  return privateKey;
}
