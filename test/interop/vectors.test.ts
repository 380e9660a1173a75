import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectIdentity } from 'sealpost';
import { describe, expect, test } from 'vitest';
import { HERE, pythonMissing, runPython } from './python.js';

const INDEX = join(HERE, '../../packages/vectors/data/index.json');

/** KEMs that Python does not compute: their vectors are read, and skipped where a slot is to be opened. */
const NOT_COVERED = 'mlkem768-x25519';

interface Answer {
  readonly tried: number;
  /** Of signing keys. */
  readonly texts: number;
  readonly differences: readonly unknown[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** The KEM of the identity that opens a vector; undefined for one that a passphrase opens. */
async function kemOf(name: string): Promise<string | undefined> {
  const { vectors } = JSON.parse(readFileSync(INDEX, 'utf8')) as { vectors: { name: string; identity?: string }[] };
  const identity = vectors.find((vector) => vector.name === name)?.identity;
  return identity === undefined ? undefined : (await inspectIdentity(identity)).kem;
}

const missing = pythonMissing();

describe.skipIf(missing)(`Python${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test('says of each published vector what its index says, but of those of a KEM that it does not cover', async () => {
    const { status, stdout, stderr } = runPython(['sealpost_py', 'vectors', INDEX]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { tried, texts, differences, skipped } = JSON.parse(stdout) as Answer;
    console.log(`${tried} vectors tried and ${texts} texts of signing keys, ${skipped.length} skipped`);
    for (const { name, reason } of skipped) console.log(`skipped ${name}: ${reason}`);
    expect(differences).toEqual([]);
    expect(tried).toBeGreaterThan(300);
    expect(texts).toBeGreaterThan(40);
    for (const { name, reason } of skipped) {
      expect({ name, reason, kem: await kemOf(name) }).toEqual({
        name,
        reason: `${NOT_COVERED} is not covered`,
        kem: NOT_COVERED,
      });
    }
  });

  test('passes its own tests: primitives, and the worked example to the last byte', () => {
    const { status, stderr } = runPython(['unittest', 'sealpost_py.test_sealpost']);
    expect(stderr).toMatch(/^OK/m);
    expect(status).toBe(0);
  });
});
