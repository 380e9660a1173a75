import { defaultBackend, type Backend } from '@sealpost/core';

/** What `#backend` is everywhere but in Node and in what takes its packages: WebCrypto where there is one, and noble. */
export const backend: Backend = defaultBackend();
