import { concat, readU32, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';

const LABEL = utf8('sealpost/v1 fingerprint\0');
const GROUPS = 8;

/** A signing key for people to compare: 8 groups of 5 digits (spec/envelope-v1.md, section 7.4). */
export async function fingerprint(publicKey: Bytes, backend: Backend): Promise<string> {
  const hash = await backend.sha256(concat(LABEL, publicKey));
  const groups = Array.from({ length: GROUPS }, (_, group) => readU32(hash, 4 * group) % 100_000);
  return groups.map((group) => String(group).padStart(5, '0')).join(' ');
}
