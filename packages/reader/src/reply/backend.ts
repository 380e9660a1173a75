import { webcryptoBackend, type Backend } from '@sealpost/core';

const NAME = 'AES-GCM';

/**
 * WebCrypto as sealing needs it: what `open` shares of core's opens alone. There is no answering without `crypto.subtle`.
 */
export const sealingBackend: Backend = {
  ...webcryptoBackend,
  async importAesGcm(raw) {
    const opener = await webcryptoBackend.importAesGcm(raw);
    const key = await crypto.subtle.importKey('raw', raw, NAME, false, ['encrypt']);
    return {
      open: (iv, ciphertext) => opener.open(iv, ciphertext),
      async seal(iv, plaintext, out) {
        out.set(new Uint8Array(await crypto.subtle.encrypt({ name: NAME, iv }, key, plaintext)));
      },
    };
  },
};
