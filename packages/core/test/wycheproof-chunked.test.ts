import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { nobleBackend, webcryptoBackend, type Backend, type Bytes } from '@sealpost/core';
import { createChunkOpener, openChunked, sealChunked } from '../src/crypto/chunks.js';
import { fromHex, testWycheproof, toHex, verdict, type Verdict, type WycheproofCase } from './wycheproof-files.js';

interface Case extends WycheproofCase {
  readonly key: string;
  readonly ctx: string;
  readonly ct: string;
  readonly msgLength?: number;
  readonly msgSha512?: string;
}

const file = 'c2sp_chunked_encryption_aes_256_gcm_test.json';
const cases = 35;
const preambleLength = 56;
const sealedChunkLength = 16_400;

for (const backend of [webcryptoBackend, nobleBackend]) {
  const runWhole = async (vector: Case): Promise<Verdict> => {
    const [key, context, ciphertext] = inputs(vector);
    const opening = openChunked(key, context, ciphertext, backend);
    // A key of another length is the caller's mistake: it may throw.
    const opened = isWrongKeySize(vector) ? await opening.catch(() => undefined) : await opening;
    if (vector.result === 'invalid') return verdict(opened === undefined, 'opened');
    if (opened?.length !== vector.msgLength || sha512(opened ?? new Uint8Array()) !== vector.msgSha512) {
      return { wrong: 'did not open' };
    }
    const salt = ciphertext.slice(0, 24);
    const sealed = await sealChunked(key, context, opened as Bytes, backend, () => salt);
    return verdict(toHex(sealed) === toHex(ciphertext), 'sealed otherwise');
  };
  testWycheproof({ file, cases, implementation: `${backend.name}, whole`, run: runWhole });

  // As a reader that begins at the end: its note "ValidFinalChunk" tells where that may succeed in a wrong ciphertext.
  const runLast = async (vector: Case): Promise<Verdict> => {
    const expected = vector.result === 'valid' || vector.flags.includes('ValidFinalChunk');
    const opening = opensLastChunk(vector, backend);
    const opened = isWrongKeySize(vector) ? await opening.catch(() => false) : await opening;
    return verdict(opened === expected, expected ? 'did not open' : 'opened');
  };
  testWycheproof({ file, cases, implementation: `${backend.name}, last chunk first`, run: runLast });
}

async function opensLastChunk(vector: Case, backend: Backend): Promise<boolean> {
  const [key, context, ciphertext] = inputs(vector);
  const opener = await createChunkOpener(key, context, ciphertext.slice(0, preambleLength), backend);
  const number = Math.floor((ciphertext.length - preambleLength) / sealedChunkLength);
  const chunk = ciphertext.slice(preambleLength + number * sealedChunkLength);
  return (await opener?.open(number, chunk)) !== undefined;
}

function isWrongKeySize({ flags }: Case): boolean {
  return flags.includes('InvalidKeySize');
}

function inputs({ key, ctx, ct }: Case): readonly [key: Bytes, context: Bytes, ciphertext: Bytes] {
  return [fromHex(key), fromHex(ctx), new Uint8Array(inflateSync(fromHex(ct)))];
}

function sha512(bytes: Uint8Array): string {
  return createHash('sha512').update(bytes).digest('hex');
}
