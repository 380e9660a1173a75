import type { Bytes } from '../bytes.js';
import type { PassphraseSlot } from '../wire/slot.js';

/** A passphrase after its key derivation, as far as a slot needs it. Secret. */
export interface SlotSecret extends Pick<PassphraseSlot, 'kdf' | 'norm'> {
  /** The derivation's output, 32 bytes. */
  readonly key: Bytes;
}
