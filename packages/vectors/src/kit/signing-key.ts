import { bech32m } from '@scure/base';
import { decodeBase64url, encodeBase64url } from './base64url.js';
import { ascii, concat, equal, readU32, utf8 } from './bytes.js';
import { openChunked, sealChunked } from './chunked.js';
import { ed25519PublicKey } from './ed25519.js';
import { readKdf, readNorm } from './header.js';
import { isObject, readJson, writeJson, type Json, type JsonObject } from './header-json.js';
import { deriveSlotKey, isInRange, kdfJson, type Kdf } from './kdf.js';
import { normalise, type Norm } from './normalise.js';
import { sha256 } from './plaintext.js';
import { isAnnounced, readPredecessors, writePredecessors } from './signature.js';

/** A key pair that signs. */
export interface SigningIdentity {
  readonly publicKey: Uint8Array;
  /** 32 bytes, of RFC 8032. */
  readonly seed: Uint8Array;
  /** How the key was announced, oldest first; none where it was not. */
  readonly predecessors: readonly Uint8Array[];
}

/** What the private key is kept under. */
export interface IdentityLock {
  readonly passphrase: string;
  readonly norm: Norm;
  readonly kdf: Kdf;
  /** Of the wrap, 24 bytes. */
  readonly salt: Uint8Array;
}

/** How a text comes out that is not read: the spec names no code for one that is `refused`. */
export type KeyTextOutcome = 'UNSUPPORTED_VERSION' | 'LIMIT' | 'DID_NOT_OPEN' | 'refused';

export class KeyTextFailure extends Error {
  override readonly name = 'KeyTextFailure';
  readonly outcome: KeyTextOutcome;

  constructor(outcome: KeyTextOutcome, message: string) {
    super(message);
    this.outcome = outcome;
  }
}

const prefix = 'sealpostsign';
const identityLabel = ascii('sealpost/v1 identity');
const fingerprintLabel = ascii('sealpost/v1 fingerprint');
/** Version and algorithm. */
const head = Uint8Array.of(1, 0, 1);
const keyLength = 32;
/** With a seed as what is wrapped. */
const wrapLength = 104;

export function signingIdentityOf(seed: Uint8Array, predecessors: readonly Uint8Array[] = []): SigningIdentity {
  return { publicKey: ed25519PublicKey(seed), seed, predecessors };
}

/** The text of section 5.7; a front of one's own makes it of another version, algorithm or length. */
export function signingKeyText(publicKey: Uint8Array, front: Uint8Array = head): string {
  return bech32m.encode(prefix, bech32m.toWords(concat(front, publicKey)), false);
}

/** The public key. Throws {@link KeyTextFailure}. */
export function readSigningKey(text: string): Uint8Array {
  const bytes = decodeText(trimmed(text));
  if (bytes.length > 0 && bytes[0] !== 1) throw new KeyTextFailure('UNSUPPORTED_VERSION', '5.7: version');
  if (bytes.length >= head.length && !equal(bytes.slice(0, head.length), head)) {
    throw new KeyTextFailure('UNSUPPORTED_VERSION', '5.7: algorithm');
  }
  if (bytes.length !== head.length + keyLength) throw refused('5.7: length');
  return bytes.slice(head.length);
}

function decodeText(text: string): Uint8Array {
  let decoded: ReturnType<typeof bech32m.decode>;
  try {
    decoded = bech32m.decode(text as `${string}1${string}`, false);
  } catch {
    throw refused('5.7: bech32m');
  }
  if (decoded.prefix !== prefix) throw refused('5.7: prefix');
  try {
    return bech32m.fromWords(decoded.words);
  } catch {
    throw refused('5.7: groups of five bits');
  }
}

/** For people to compare (section 7.4). */
export function fingerprint(publicKey: Uint8Array): string {
  const hash = sha256(concat(fingerprintLabel, Uint8Array.of(0), publicKey));
  const groups = Array.from({ length: 8 }, (_, n) => String(readU32(hash, 4 * n) % 100_000).padStart(5, '0'));
  return groups.join(' ');
}

/** The object of a signing identity: readable for everybody, or under a passphrase. */
export function signingIdentityJson(identity: SigningIdentity, lock?: IdentityLock): JsonObject {
  const { publicKey, seed, predecessors } = identity;
  const front = {
    identity: 1,
    key: signingKeyText(publicKey),
    ...(predecessors.length === 0 ? {} : { predecessors: writePredecessors(predecessors) }),
  };
  if (lock === undefined) return { ...front, secret: encodeBase64url(seed) };
  const unwrapped = { ...front, kdf: kdfJson(lock.kdf), norm: lock.norm };
  const secret = normalise(lock.passphrase, lock.norm);
  if (secret === undefined) throw new Error('the passphrase is empty or too long');
  const wrap = sealChunked(deriveSlotKey(lock.kdf, secret), identityContext(unwrapped), seed, lock.salt);
  return { ...unwrapped, wrap: encodeBase64url(wrap) };
}

/** The line of text of section 5.7. */
export function signingIdentityText(identity: SigningIdentity, lock?: IdentityLock): string {
  return writeJson(signingIdentityJson(identity, lock));
}

/** Reads what {@link signingIdentityText} wrote. Throws {@link KeyTextFailure}. */
export function readSigningIdentity(text: string, passphrase?: string): SigningIdentity {
  const object = readJson(trimmed(text));
  if (!isObject(object)) throw refused('5.4: spelling');
  const { identity: version } = object;
  if (Object.keys(object)[0] === 'identity' && typeof version === 'number' && version !== 1) {
    throw new KeyTextFailure('UNSUPPORTED_VERSION', '5.4: identity');
  }
  const optional = 'predecessors' in object ? ['predecessors'] : [];
  const private_ = 'secret' in object ? ['secret'] : ['kdf', 'norm', 'wrap'];
  const keys = ['identity', 'key', ...optional, ...private_];
  if (Object.keys(object).join() !== keys.join()) throw refused('5.4, 5.7: keys');
  if (version !== 1 || typeof object['key'] !== 'string') throw refused('5.4: identity or key');
  const publicKey = readSigningKey(object['key']);
  const predecessors = 'predecessors' in object ? readPredecessors(object['predecessors']) : [];
  if (predecessors === undefined) throw refused('5.7: predecessors');
  if (predecessors.length > 0 && !isAnnounced(predecessors, predecessors.length - 1, publicKey)) {
    throw refused('5.7: the last statement is on another key');
  }
  const seed = 'secret' in object ? readBinary(object['secret'], keyLength) : unwrapSeed(object, passphrase);
  if (!equal(ed25519PublicKey(seed), publicKey)) throw refused('5.4: not a pair');
  return { publicKey, seed, predecessors };
}

function unwrapSeed(object: JsonObject, passphrase: string | undefined): Uint8Array {
  const { wrap, ...unwrapped } = object;
  const sealed = readBinary(wrap, wrapLength);
  let lock: { readonly kdf: Kdf; readonly norm: Norm };
  try {
    lock = { kdf: readKdf(unwrapped['kdf']), norm: readNorm(unwrapped['norm']) };
  } catch {
    throw refused('5.4: kdf or norm');
  }
  if (!isInRange(lock.kdf)) throw new KeyTextFailure('LIMIT', '5.1: KDF parameters');
  if (passphrase === undefined) throw new Error('the identity is sealed, and there is no passphrase');
  const secret = normalise(passphrase, lock.norm);
  const seed = secret && openChunked(deriveSlotKey(lock.kdf, secret), identityContext(unwrapped), sealed);
  if (seed?.length !== keyLength) throw new KeyTextFailure('DID_NOT_OPEN', '5.4: wrap');
  return seed;
}

function identityContext(unwrapped: JsonObject): Uint8Array {
  return concat(identityLabel, Uint8Array.of(0), utf8(writeJson(unwrapped)));
}

function readBinary(value: Json | undefined, length: number): Uint8Array {
  const bytes = typeof value === 'string' ? decodeBase64url(value) : undefined;
  if (bytes?.length !== length) throw refused('5.4: binary value');
  return bytes;
}

function trimmed(text: string): string {
  return text.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
}

function refused(clause: string): KeyTextFailure {
  return new KeyTextFailure('refused', clause);
}
