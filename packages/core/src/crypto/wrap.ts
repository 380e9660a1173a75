import { concat, utf8, type Bytes } from '../bytes.js';
import type { KeySlot } from '../wire/key-slot.js';
import { encodeWire, type WireObject } from '../wire/json.js';
import { slotFieldsToWire, type SecretSlot, type SlotFields } from '../wire/slot.js';
import type { Backend } from './backend.js';
import { openChunked, sealChunked } from './chunks.js';
import type { RandomSource } from './random.js';

/** Wrapping the file key into a slot (spec/envelope-v1.md, section 5). */

const LABEL = utf8('sealpost/v1 slot\0');

/** What a wrapped key is bound to; `fields` is the slot as it stands in the header, without `wrap`. */
export function slotContext(id: Bytes, fields: WireObject): Bytes {
  return concat(LABEL, id, utf8(encodeWire(fields)));
}

/** `slotKey` is the KDF's output or HPKE's export, `id` the envelope's identifier. */
export function wrapFileKey(
  slotKey: Bytes,
  id: Bytes,
  slot: SlotFields,
  fileKey: Bytes,
  backend: Backend,
  random: RandomSource,
): Promise<Bytes> {
  return sealChunked(slotKey, slotContext(id, slotFieldsToWire(slot)), fileKey, backend, random);
}

/** `undefined` where the slot belongs to another secret, or was changed. */
export function unwrapFileKey(
  slotKey: Bytes,
  id: Bytes,
  slot: SecretSlot | KeySlot,
  backend: Backend,
): Promise<Bytes | undefined> {
  return openChunked(slotKey, slotContext(id, slotFieldsToWire(slot)), slot.wrap, backend);
}
