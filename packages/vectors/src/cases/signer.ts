import { ascii } from '../kit/bytes.js';
import { ByteSource } from '../kit/byte-source.js';
import { signatureBlock, successorStatement } from '../kit/signature.js';
import { signingIdentityOf, type SigningIdentity } from '../kit/signing-key.js';

/** Who signs the vectors: the same on each run. */
export const own: SigningIdentity = signingIdentityOf(ascii('a key of test vectors: no secret'));

/** Nine keys that came before the own one, where a chain says so. */
export const first: SigningIdentity = signerNamed('earlier 0');
export const second: SigningIdentity = signerNamed('earlier 1');
export const third: SigningIdentity = signerNamed('earlier 2');
export const fourth: SigningIdentity = signerNamed('earlier 3');
export const eighth: SigningIdentity = signerNamed('earlier 7');
export const ninth: SigningIdentity = signerNamed('earlier 8');
const between = [4, 5, 6].map((n) => signerNamed(`earlier ${n}`));
export const later: readonly SigningIdentity[] = [second, third, fourth, ...between, eighth];

/** Somebody else's. */
export const other: SigningIdentity = signerNamed('other');

/** A signature block of section 7.4 that verifies. */
export function sign(manifest: Uint8Array, headerBytes: Uint8Array): Uint8Array {
  return signatureBlock(own.seed, manifest, headerBytes);
}

/** The statements of keys of which each announces the next one. */
export function chain(oldest: SigningIdentity, ...next: readonly SigningIdentity[]): readonly Uint8Array[] {
  const predecessors = [oldest, ...next];
  return next.map(({ publicKey }, at) => successorStatement((predecessors[at] ?? oldest).seed, publicKey));
}

function signerNamed(name: string): SigningIdentity {
  return signingIdentityOf(new ByteSource(`sealpost vectors: ${name} key that signs`).take(32));
}
