import { concat, equalConstantTime, utf8, type Bytes } from '../bytes.js';
import { MAX_PREDECESSORS } from '../limits.js';
import { decodeBinary } from '../wire/fields.js';
import { KEY_BYTES, SIGNATURE_BYTES, type Ed25519, type SigningPair } from './ed25519.js';

const LABEL = utf8('sealpost/v1 successor\0');

/** A signing key announced by the one before it (spec/envelope-v1.md, section 7.4): that key, and its signature over the next one. */
export async function announce(predecessor: SigningPair, next: Bytes, ed25519: Ed25519): Promise<Bytes> {
  return concat(predecessor.publicKey, await ed25519.sign(predecessor, concat(LABEL, next)));
}

/** The statements of a manifest or an identity, the oldest first; none for a value that is not as it should be. */
export function readPredecessors(value: unknown): readonly Bytes[] {
  if (!Array.isArray(value) || value.length > MAX_PREDECESSORS) return [];
  try {
    const statements = value.map((one) => decodeBinary(String(one)));
    return statements.every(({ length }) => length === KEY_BYTES + SIGNATURE_BYTES) ? statements : [];
  } catch {
    return [];
  }
}

/** Whether a statement is on this key. */
export function isOn(next: Bytes, statement: Bytes, ed25519: Pick<Ed25519, 'verify'>): Promise<boolean> {
  return ed25519.verify(statement.slice(0, KEY_BYTES), concat(LABEL, next), statement.slice(KEY_BYTES));
}

/** Who signed, beside what is known: a known key, a successor of one, or somebody else. */
export type Signer = 'known' | 'successor' | 'unknown';

/** Judges the key of a signature that has verified. Rejects only where the platform has no Ed25519. */
export async function judgeSigner(
  signer: Bytes,
  predecessors: readonly Bytes[],
  known: readonly Bytes[],
  ed25519: Ed25519,
): Promise<Signer> {
  const isKnown = (key: Bytes): boolean => known.some((one) => equalConstantTime(one, key));
  if (isKnown(signer)) return 'known';
  let next = signer;
  // From the last statement back: it is about the signer.
  for (const statement of [...predecessors].reverse()) {
    if (!(await isOn(next, statement, ed25519))) return 'unknown';
    const key = statement.slice(0, KEY_BYTES);
    if (isKnown(key)) return 'successor';
    next = key;
  }
  return 'unknown';
}
