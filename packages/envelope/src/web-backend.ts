import {
  defaultBackend,
  webcryptoEd25519,
  webcryptoP256,
  type Backend,
  type Ed25519,
  type P256Group,
} from '@sealpost/core';

/** What `#backend` is everywhere but in Node and in what takes its packages: WebCrypto where there is one, and noble. */
export const backend: Backend = defaultBackend();

/** The same for keys of P-256. */
export const p256Group: P256Group = webcryptoP256;

/** The same for signatures. */
export const ed25519: Ed25519 = webcryptoEd25519;
