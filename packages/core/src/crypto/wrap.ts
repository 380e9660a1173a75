import { concat, utf8, type Bytes } from '../bytes.js';
import type { KeySlot } from '../wire/key-slot.js';
import { slotBytes, type PassphraseSlot, type SlotFields } from '../wire/slot.js';
import type { Backend } from './backend.js';
import { openChunked, sealChunked } from './chunks.js';
import type { RandomSource } from './random.js';

/** Wrapping the file key into a slot (spec/envelope-v1.md, section 5). */

const LABEL = utf8('sealpost/v1 slot\0');

function contextOf(id: Bytes, slot: SlotFields): Bytes {
  return concat(LABEL, id, slotBytes(slot));
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
  return sealChunked(slotKey, contextOf(id, slot), fileKey, backend, random);
}

/** `undefined` where the slot belongs to another secret, or was changed. */
export function unwrapFileKey(
  slotKey: Bytes,
  id: Bytes,
  slot: PassphraseSlot | KeySlot,
  backend: Backend,
): Promise<Bytes | undefined> {
  return openChunked(slotKey, contextOf(id, slot), slot.wrap, backend);
}
