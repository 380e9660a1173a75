import type { Bytes } from '../bytes.js';
import type { SecretSlot } from '../wire/slot.js';

/** A passphrase, or answers, after their key derivation, as far as a slot needs it. Secret. */
export interface SlotSecret extends Pick<SecretSlot, 'kdf' | 'norm'> {
  /** The derivation's output, 32 bytes. */
  readonly key: Bytes;
}
