import { PreparedSecret, profileKdf } from '@sealpost/core';

/** A secret without a derivation: these tests only look at the file's text. */
export const secret = new PreparedSecret({
  key: new Uint8Array(32),
  kdf: profileKdf('light', new Uint8Array(16)),
  norm: 'words',
  madeAt: 0,
  strengthBits: 0,
});
