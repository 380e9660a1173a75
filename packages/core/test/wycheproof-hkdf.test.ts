import { concat, nobleBackend, webcryptoBackend, type Backend, type Bytes } from '@sealpost/core';
import { hkdfExpandSha512 } from '../src/crypto/hkdf.js';
import { fromHex, testWycheproof, toHex, verdict, type Verdict, type WycheproofCase } from './wycheproof-files.js';

interface Case extends WycheproofCase {
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly size: number;
  readonly okm: string;
}

type Expand = (prk: Bytes, info: Bytes, length: number, backend: Backend) => Promise<Bytes>;

const files: readonly { readonly hash: 'sha256' | 'sha512'; readonly cases: number; readonly expand: Expand }[] = [
  { hash: 'sha512', cases: 83, expand: hkdfExpandSha512 },
  // The format has no HKDF with SHA-256. What these cases test of core is the HMAC under it.
  { hash: 'sha256', cases: 86, expand: expandSha256 },
];

for (const backend of [webcryptoBackend, nobleBackend]) {
  for (const { hash, cases, expand } of files) {
    const run = async (vector: Case): Promise<Verdict> => {
      // More than 255 blocks: the caller's to avoid. The format asks for 76 bytes.
      if (vector.flags.includes('SizeTooLarge')) return 'outside';
      const prk = await backend.hmac(hash, fromHex(vector.salt), fromHex(vector.ikm));
      const okm = toHex(await expand(prk, fromHex(vector.info), vector.size, backend));
      return verdict(vector.result === 'valid' && okm === vector.okm, 'other output');
    };
    testWycheproof({ file: `hkdf_${hash}_test.json`, cases, implementation: backend.name, run });
  }
}

async function expandSha256(prk: Bytes, info: Bytes, length: number, backend: Backend): Promise<Bytes> {
  let block: Bytes = new Uint8Array();
  let okm: Bytes = block;
  for (let i = 1; okm.length < length; i += 1) {
    block = await backend.hmac('sha256', prk, concat(block, info, Uint8Array.of(i)));
    okm = concat(okm, block);
  }
  return okm.slice(0, length);
}
