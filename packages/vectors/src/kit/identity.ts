import { bech32m } from '@scure/base';
import { decodeBase64url, encodeBase64url } from './base64url.js';
import { concat, equal, readU32, u32 } from './bytes.js';
import { isObject, readJson, writeJson } from './header-json.js';
import type { Kem } from './kem.js';
import { kems } from './kems.js';
import { u16 } from './labelled-hkdf.js';
import { sha256 } from './plaintext.js';

/** A key pair of section 5.2. */
export interface Identity {
  readonly kem: Kem;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** When a key is to be sealed to, in seconds since 1970; 0 is no limit. */
export interface Validity {
  readonly from: number;
  readonly to: number;
}

const prefix = 'sealpost';
const always: Validity = { from: 0, to: 0 };
/** Version, KEM number, `from` and `to`. */
const headLength = 11;

export function identityOf(kem: Kem, privateKey: Uint8Array): Identity {
  return { kem, publicKey: kem.publicKeyOf(privateKey), privateKey };
}

/** `key` of a slot (section 5.2). */
export function keyId({ kem, publicKey }: Pick<Identity, 'kem' | 'publicKey'>): Uint8Array {
  return sha256(concat(u16(kem.number), publicKey)).slice(0, 8);
}

/** The text of section 5.3. */
export function publicKeyText(
  { kem, publicKey }: Pick<Identity, 'kem' | 'publicKey'>,
  { from, to }: Validity = always,
): string {
  const bytes = concat(Uint8Array.of(1), u16(kem.number), u32(from), u32(to), publicKey);
  return bech32m.encode(prefix, bech32m.toWords(bytes), false);
}

/** The text of section 5.4 that everybody can read. */
export function identityText(identity: Identity, validity: Validity = always): string {
  const { privateKey } = identity;
  return writeJson({ identity: 1, key: publicKeyText(identity, validity), secret: encodeBase64url(privateKey) });
}

/** Reads what {@link publicKeyText} wrote. Throws on everything else. */
export function readPublicKey(text: string): Pick<Identity, 'kem' | 'publicKey'> & { readonly validity: Validity } {
  const decoded = bech32m.decode(text as `${string}1${string}`, false);
  if (decoded.prefix !== prefix) throw new Error('5.3: prefix');
  const bytes = bech32m.fromWords(decoded.words);
  const kem = kems.find(({ number }) => equal(bytes.slice(1, 3), u16(number)));
  if (bytes[0] !== 1 || kem === undefined) throw new Error('5.3: version or KEM');
  if (bytes.length !== headLength + kem.publicKeyLength) throw new Error('5.3: length');
  const validity = { from: readU32(bytes, 3), to: readU32(bytes, 7) };
  return { kem, publicKey: bytes.slice(headLength), validity };
}

/** Reads what {@link identityText} wrote. Throws on everything else, a sealed identity too. */
export function readIdentity(text: string): Identity {
  const object = readJson(text);
  if (!isObject(object) || Object.keys(object).join() !== 'identity,key,secret') throw new Error('5.4: keys');
  const { identity: version, key, secret } = object;
  const privateKey = typeof secret === 'string' ? decodeBase64url(secret) : undefined;
  if (version !== 1 || typeof key !== 'string' || privateKey?.length !== 32) throw new Error('5.4: values');
  const { kem, publicKey } = readPublicKey(key);
  if (!equal(kem.publicKeyOf(privateKey), publicKey)) throw new Error('5.4: not a pair');
  return { kem, publicKey, privateKey };
}
