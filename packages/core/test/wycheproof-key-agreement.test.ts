import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import type { P256Group } from '@sealpost/core';
import { nodeP256 } from '../../envelope/src/node-p256.js';
import { webcryptoP256 } from '../src/kem/p256-group.js';
import { x25519 } from '../src/kem/x25519.js';
import { fromHex, testWycheproof, toHex, verdict, type WycheproofCase } from './wycheproof-files.js';

interface PointCase extends WycheproofCase {
  readonly public: JsonWebKey;
  readonly private: JsonWebKey;
  readonly shared: string;
}

const groups: readonly (readonly [string, P256Group])[] = [
  ['WebCrypto', webcryptoP256],
  ['node:crypto', nodeP256],
];
for (const [implementation, group] of groups) {
  testWycheproof<object, PointCase>({
    file: 'ecdh_secp256r1_webcrypto_test.json',
    cases: 353,
    implementation,
    run: async ({ public: other, private: own, shared, result }) => {
      // A key of another curve has no 65 bytes of ours.
      if (other.crv !== 'P-256' || own.crv !== 'P-256') return 'outside';
      const pair = { publicKey: point(own), privateKey: new Uint8Array(Buffer.from(own.d ?? '', 'base64url')) };
      const agreed = await group
        .side(pair)
        .then((own) => own.agree(point(other)))
        .then(toHex, () => undefined);
      return result === 'valid'
        ? verdict(agreed === shared, 'other secret')
        : verdict(agreed === undefined, 'accepted');
    },
  });
}

interface CurveCase extends WycheproofCase {
  readonly public: string;
  readonly private: string;
  readonly shared: string;
}

testWycheproof<object, CurveCase>({
  file: 'x25519_test.json',
  cases: 518,
  implementation: 'WebCrypto',
  run: async ({ public: other, private: own, shared, flags }) => {
    const agreed = await x25519(fromHex(own), fromHex(other)).then(toHex, () => undefined);
    if (flags.includes('ZeroSharedSecret')) return verdict(agreed === undefined, 'accepted a secret of zeros');
    return verdict(agreed === shared, 'other secret');
  },
});

interface MlkemCase extends WycheproofCase {
  readonly seed: string;
  readonly ek?: string;
  readonly c: string;
  readonly K: string;
}

testWycheproof<object, MlkemCase>({
  file: 'mlkem_768_test.json',
  cases: 193,
  implementation: 'noble',
  run: ({ seed, ek, c, K, result }) => {
    try {
      const { publicKey, secretKey } = ml_kem768.keygen(fromHex(seed));
      if (ek !== undefined && toHex(publicKey) !== ek)
        return Promise.resolve(verdict(result === 'invalid', 'other key'));
      const agreed = toHex(ml_kem768.decapsulate(fromHex(c), secretKey));
      return Promise.resolve(verdict((agreed === K) === (result === 'valid'), 'other secret'));
    } catch {
      return Promise.resolve(verdict(result === 'invalid', 'refused'));
    }
  },
});

function point({ x = '', y = '' }: JsonWebKey): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]));
}
