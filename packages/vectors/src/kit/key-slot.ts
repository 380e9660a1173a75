import { encodeBase64url } from './base64url.js';
import type { ByteSource } from './byte-source.js';
import { ascii, concat, equal } from './bytes.js';
import type { JsonObject } from './header-json.js';
import { exportOnly, exportSecret, type KeySchedule } from './hpke.js';
import { keyId, type Identity } from './identity.js';
import type { Encapsulation, Kem } from './kem.js';
import { told, type Lie } from './lie.js';
import { openToken, type Token } from './token.js';
import { openSlot, wrapSlot, type BuiltSlot, type WrapLies } from './wrap.js';

/** How one `key` slot is made. */
export interface KeySlotRecipe {
  /** Whose key pair: of it only the public key is used. */
  readonly to: Pick<Identity, 'kem' | 'publicKey'>;
  /** Where it is a reply's. */
  readonly proof?: ReplyProof;
  readonly lies?: KeySlotLies;
}

/** What the slot of a reply proves, and is bound to (section 5.5): of the envelope that the token was made for. */
export interface ReplyProof extends Pick<Token, 'id' | 'header' | 'psk'> {
  /** Sealed. */
  readonly token: Uint8Array;
}

export interface KeySlotLies extends WrapLies {
  /** What the KEM gave. What comes after it is made to fit. */
  readonly encapsulation?: Lie<Encapsulation>;
  /** The key's identifier, in the slot and in `info`. */
  readonly key?: Lie<Uint8Array>;
  readonly schedule?: Lie<KeySchedule>;
}

/** A `key` slot that was read. `json` is the slot as it stood, for the wrap's context. */
export interface KeySlot {
  readonly type: 'key';
  readonly kem: Kem;
  readonly key: Uint8Array;
  readonly enc: Uint8Array;
  /** Of a reply, sealed. */
  readonly token?: Uint8Array;
  readonly json: JsonObject;
}

/** What a slot gave; with the token of a reply. */
export interface OpenedSlot {
  readonly fileKey: Uint8Array;
  readonly token?: Token;
}

const label = ascii('sealpost/v1 key');
const replyLabel = ascii('sealpost/v1 reply');

/** Sections 5.2 and 5.5. Takes from `random` what the KEM draws, then the 24-byte salt of the wrap. */
export function buildKeySlot(
  { to, proof, lies = {} }: KeySlotRecipe,
  id: Uint8Array,
  fileKey: Uint8Array,
  random: ByteSource,
): BuiltSlot {
  const { kem, publicKey } = to;
  const { enc, secret } = told(lies.encapsulation, kem.encapsulate(publicKey, random.take(kem.randomLength)));
  const key = told(lies.key, keyId(to));
  const slotKey = exportSecret(kem.number, secret, told(lies.schedule, scheduleOf(id, key, proof)));
  const unwrapped = {
    type: 'key',
    kem: kem.name,
    key: encodeBase64url(key),
    enc: encodeBase64url(enc),
    ...(proof === undefined ? {} : { token: encodeBase64url(proof.token) }),
  };
  return wrapSlot(slotKey, unwrapped, { id, fileKey, salt: random.take(24) }, lies);
}

/** Undefined where the slot does not open for this identity. */
export function openKeySlot(slot: KeySlot, identity: Identity, id: Uint8Array): OpenedSlot | undefined {
  const { kem, key, enc, token: sealed, json } = slot;
  if (kem !== identity.kem || !equal(key, keyId(identity))) return undefined;
  const token = sealed && openToken(sealed, identity.privateKey);
  if (sealed !== undefined && token === undefined) return undefined;
  const secret = kem.decapsulate(enc, identity.privateKey);
  const fileKey = secret && openSlot(json, exportSecret(kem.number, secret, scheduleOf(id, key, token)), id);
  if (fileKey === undefined) return undefined;
  return token === undefined ? { fileKey } : { fileKey, token };
}

/** With a proof in mode PSK, which is bound to another envelope than the slot's own. */
function scheduleOf(id: Uint8Array, key: Uint8Array, proof?: Pick<Token, 'id' | 'header' | 'psk'>): KeySchedule {
  if (proof !== undefined) {
    const { psk, id: pskId, header } = proof;
    const info = concat(replyLabel, Uint8Array.of(0), header);
    return { mode: 1, info, psk, pskId, aead: exportOnly, exporterContext: label };
  }
  const nothing = new Uint8Array();
  const info = concat(label, Uint8Array.of(0), id, key);
  return { mode: 0, info, psk: nothing, pskId: nothing, aead: exportOnly, exporterContext: label };
}
