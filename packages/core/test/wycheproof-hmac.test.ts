import { nobleBackend, webcryptoBackend } from '@sealpost/core';
import { fromHex, testWycheproof, toHex, verdict, type Verdict, type WycheproofCase } from './wycheproof-files.js';

interface Group {
  readonly tagSize: number;
}

interface Case extends WycheproofCase {
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
}

for (const backend of [webcryptoBackend, nobleBackend]) {
  for (const hash of ['sha256', 'sha512'] as const) {
    const run = async (vector: Case, { tagSize }: Group): Promise<Verdict> => {
      const whole = toHex(await backend.hmac(hash, fromHex(vector.key), fromHex(vector.msg)));
      // The interface gives whole tags; a truncated one is the start of it.
      const matches = whole.slice(0, tagSize / 4) === vector.tag;
      return verdict(matches === (vector.result === 'valid'), `tag ${matches ? 'matches' : 'differs'}`);
    };
    testWycheproof({ file: `hmac_${hash}_test.json`, cases: 174, implementation: backend.name, run });
  }
}
