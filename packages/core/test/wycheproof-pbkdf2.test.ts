import { nobleBackend, webcryptoBackend } from '@sealpost/core';
import { fromHex, testWycheproof, toHex, verdict, type Verdict, type WycheproofCase } from './wycheproof-files.js';

interface Case extends WycheproofCase {
  readonly password: string;
  readonly salt: string;
  readonly iterationCount: number;
  readonly dkLen: number;
  readonly dk: string;
}

for (const backend of [webcryptoBackend, nobleBackend]) {
  const run = async (vector: Case): Promise<Verdict> => {
    const { password, salt, iterationCount, dkLen, dk } = vector;
    const derived = await backend.pbkdf2Sha256(fromHex(password), fromHex(salt), iterationCount, dkLen);
    return verdict(vector.result === 'valid' && toHex(derived) === dk, 'other output');
  };
  testWycheproof({ file: 'pbkdf2_hmacsha256_test.json', cases: 60, implementation: backend.name, run });
}
