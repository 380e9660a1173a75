import type { Backend } from './backend.js';
import { nobleBackend } from './noble.js';
import { webcryptoBackend } from './webcrypto.js';

/** WebCrypto where there is one; it is missing over plain http and in some web views. */
export function defaultBackend(): Backend {
  const subtle = (globalThis as { crypto?: { subtle?: unknown } }).crypto?.subtle;
  return subtle === undefined ? nobleBackend : webcryptoBackend;
}
