import { createHash } from 'node:crypto';
import { decodeBase64url, encodeBase64url } from './base64url.js';
import { ascii, concat, equal } from './bytes.js';
import { ed25519PublicKey, signEd25519, verifiesEd25519 } from './ed25519.js';

/** What a reader says of whoever signed (section 7.4), by the keys that it knew before. */
export type Signer = 'known' | 'successor' | 'unknown';

const signatureLabel = ascii('sealpost/v1 sig');
const successorLabel = ascii('sealpost/v1 successor');
const keyLength = 32;
const blockLength = 96;
const greatestPredecessors = 8;

/** What a signature block signs. */
export function signedBytes(
  manifest: Uint8Array,
  headerBytes: Uint8Array,
  label: Uint8Array = signatureLabel,
): Uint8Array {
  return concat(label, Uint8Array.of(0), sha512(headerBytes), sha512(manifest));
}

/** The block of section 7.4. */
export function signatureBlock(seed: Uint8Array, manifest: Uint8Array, headerBytes: Uint8Array): Uint8Array {
  return concat(ed25519PublicKey(seed), signEd25519(seed, signedBytes(manifest, headerBytes)));
}

export function verifiesBlock(block: Uint8Array, manifest: Uint8Array, headerBytes: Uint8Array): boolean {
  return verifiesEd25519(block.slice(0, keyLength), block.slice(keyLength), signedBytes(manifest, headerBytes));
}

/** What a statement signs: the next key. */
export function announced(next: Uint8Array, label: Uint8Array = successorLabel): Uint8Array {
  return concat(label, Uint8Array.of(0), next);
}

/** The statement by which the key of `seed` announces the next one: 96 bytes. */
export function successorStatement(seed: Uint8Array, next: Uint8Array): Uint8Array {
  return concat(ed25519PublicKey(seed), signEd25519(seed, announced(next)));
}

/** `predecessors` of a manifest, or of a signing identity, from statements. */
export function writePredecessors(statements: readonly Uint8Array[]): readonly string[] {
  return statements.map(encodeBase64url);
}

/** The statements; undefined where the value is no such array. */
export function readPredecessors(value: unknown): readonly Uint8Array[] | undefined {
  if (!Array.isArray(value) || value.length < 1 || value.length > greatestPredecessors) return undefined;
  const statements = value.flatMap((text: unknown) => {
    const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined;
    return bytes?.length === blockLength ? [bytes] : [];
  });
  return statements.length === value.length ? statements : undefined;
}

/** Whether the statement at `at` announces the key of the next one, or for the last one `signer`. */
export function isAnnounced(statements: readonly Uint8Array[], at: number, signer: Uint8Array): boolean {
  const statement = statements[at] ?? new Uint8Array();
  const next = statements[at + 1]?.slice(0, keyLength) ?? signer;
  return verifiesEd25519(statement.slice(0, keyLength), statement.slice(keyLength), announced(next));
}

/** What is to be said of a block that verifies, by its public key and `predecessors` of the manifest. */
export function judgeSigner(signer: Uint8Array, predecessors: unknown, known: readonly Uint8Array[]): Signer {
  const isKnown = (key: Uint8Array): boolean => known.some((each) => equal(each, key));
  if (isKnown(signer)) return 'known';
  const statements = readPredecessors(predecessors) ?? [];
  const leads = statements.some(
    (statement, first) =>
      isKnown(statement.slice(0, keyLength)) &&
      statements.every((_, at) => at < first || isAnnounced(statements, at, signer)),
  );
  return leads ? 'successor' : 'unknown';
}

function sha512(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha512').update(bytes).digest());
}
