import { concat, equalConstantTime, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { unwrapFileKey, wrapFileKey } from '../crypto/wrap.js';
import type { RandomSource } from '../crypto/random.js';
import { hpkeReceive, hpkeSend, type HpkeContext } from '../kem/hpke.js';
import type { KeySlot } from '../wire/key-slot.js';
import type { Identity } from './identity.js';
import type { RecipientKey } from './recipient-key.js';

/** Slots for the owners of key pairs (spec/envelope-v1.md, section 5.2). */

const LABEL = utf8('sealpost/v1 key\0');
const EXPORT = utf8('sealpost/v1 key');

function contextOf(id: Bytes, key: Bytes): HpkeContext {
  return { info: concat(LABEL, id, key), exporterContext: EXPORT };
}

export interface KeySlotOptions {
  readonly backend: Backend;
  readonly random: RandomSource;
  /** For tests with vectors only. */
  readonly ephemeral?: Bytes | undefined;
}

/** Wraps the file key of the envelope `id`. Throws `INVALID_ARGUMENT` where the key is none of its KEM. */
export async function makeKeySlot(
  { kem, publicKey, id: key }: RecipientKey,
  id: Bytes,
  fileKey: Bytes,
  { backend, random, ephemeral }: KeySlotOptions,
): Promise<KeySlot> {
  const { secret, enc } = await hpkeSend(kem, publicKey, contextOf(id, key), backend, ephemeral);
  const fields = { type: 'key', kem: kem.name, key, enc } as const;
  const wrap = await wrapFileKey(secret, id, fields, fileKey, backend, random);
  secret.fill(0);
  return { ...fields, wrap };
}

/** The file key, or `undefined` where the slot belongs to another key, or was changed. */
export async function openKeySlot(
  slot: KeySlot,
  id: Bytes,
  identity: Identity,
  backend: Backend,
): Promise<Bytes | undefined> {
  const { kem } = identity.key;
  if (kem.name !== slot.kem || !equalConstantTime(slot.key, identity.key.id)) return undefined;
  const secret = await hpkeReceive(kem, identity.pair, slot.enc, contextOf(id, slot.key), backend);
  if (secret === undefined) return undefined;
  const fileKey = await unwrapFileKey(secret, id, slot, backend);
  secret.fill(0);
  return fileKey;
}
