import type { Bytes } from '../bytes.js';
import type { Kdf } from '../wire/kdf.js';

/** Named sets of KDF parameters for sealing (spec/envelope-v1.md, section 5.1). */
export type KdfProfile = 'standard' | 'light' | 'fips';

/** Fewest bits of a secret that a profile is made for; `standard` takes what a person chose. */
export const PROFILE_FLOOR_BITS: Readonly<Record<KdfProfile, number>> = { standard: 0, light: 60, fips: 77 };

export function profileKdf(profile: KdfProfile, salt: Bytes): Kdf {
  switch (profile) {
    case 'standard':
      return { name: 'argon2id', m: 65_536, t: 3, p: 4, salt };
    case 'light':
      return { name: 'argon2id', m: 47_104, t: 1, p: 1, salt };
    case 'fips':
      return { name: 'pbkdf2-hmac-sha256', c: 1_300_000, salt };
  }
}
