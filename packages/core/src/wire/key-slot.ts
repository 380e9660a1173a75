import type { Bytes } from '../bytes.js';
import { encodeBinary, type FieldReader } from './fields.js';
import type { WireObject } from './json.js';

/** Key encapsulation mechanisms, and how long their encapsulations are (spec/envelope-v1.md, section 5.2). */
const ENC_BYTES = { p256: 65, 'mlkem768-x25519': 1120 } as const;

const KEY_ID_BYTES = 8;

export type KemName = keyof typeof ENC_BYTES;

/** A slot for the owner of a key pair. */
export interface KeySlot {
  readonly type: 'key';
  readonly kem: KemName;
  /** Which key, 8 bytes. */
  readonly key: Bytes;
  readonly enc: Bytes;
  /** In a reply: what the sender's side gave the recipient for it (spec/envelope-v1.md, section 5.5). */
  readonly token?: Bytes;
  readonly wrap: Bytes;
}

export type KeyFields = Omit<KeySlot, 'wrap'>;

/** What stands between `type` and `wrap`. Throws `NOT_AN_ENVELOPE`. */
export function readKeyFields(fields: FieldReader): KeyFields {
  const kem = fields.text('kem', 64) ?? '';
  if (!isKemName(kem)) throw fields.wrong('kem', 'is not a KEM of this version');
  const key = fields.bytes('key');
  if (key?.length !== KEY_ID_BYTES) throw fields.wrong('key', 'is not 8 bytes');
  const enc = fields.bytes('enc');
  if (enc?.length !== ENC_BYTES[kem]) throw fields.wrong('enc', 'has a length that its KEM does not have');
  const token = fields.bytes('token');
  return { type: 'key', kem, key, enc, ...(token === undefined ? {} : { token }) };
}

function isKemName(name: string): name is KemName {
  return Object.hasOwn(ENC_BYTES, name);
}

export function keyFieldsToWire({ type, kem, key, enc, token }: KeyFields): WireObject {
  return {
    type,
    kem,
    key: encodeBinary(key),
    enc: encodeBinary(enc),
    ...(token === undefined ? {} : { token: encodeBinary(token) }),
  };
}
