import { ByteSource } from '../kit/byte-source.js';
import { hybrid } from '../kit/hybrid.js';
import { identityOf, type Identity } from '../kit/identity.js';
import type { Kem } from '../kit/kem.js';
import { p256 } from '../kit/p256.js';

/** Key pairs of the vectors, the same on each run: `own` opens, `other` is somebody else's. */
export interface KeyPairs {
  readonly own: Identity;
  readonly other: Identity;
}

export const p256Pairs: KeyPairs = pairsOf(p256);
export const hybridPairs: KeyPairs = pairsOf(hybrid);

function pairsOf(kem: Kem): KeyPairs {
  const [own, other] = ['own', 'other'].map((whose) => {
    return identityOf(kem, new ByteSource(`sealpost vectors: ${whose} key of ${kem.name}`).take(32));
  });
  if (own === undefined || other === undefined) throw new Error('unreachable');
  return { own, other };
}
