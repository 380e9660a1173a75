import { concat, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';

/** HKDF-SHA-256 with the labels of HPKE (RFC 9180, section 4), for outputs of at most 32 bytes. */

const VERSION = utf8('HPKE-v1');
/** Where HPKE has an empty salt, or nothing. */
export const NO_BYTES: Bytes = new Uint8Array();

export function labelledExtract(
  suite: Bytes,
  salt: Bytes,
  label: string,
  ikm: Bytes,
  backend: Backend,
): Promise<Bytes> {
  return backend.hmac('sha256', salt, concat(VERSION, suite, utf8(label), ikm));
}

/** One block of HKDF-Expand (RFC 5869, section 2.3), which is all that 32 bytes take. */
export function labelledExpand(suite: Bytes, prk: Bytes, label: string, info: Bytes, backend: Backend): Promise<Bytes> {
  const labelled = concat(Uint8Array.of(0, 32), VERSION, suite, utf8(label), info);
  return backend.hmac('sha256', prk, concat(labelled, Uint8Array.of(1)));
}
