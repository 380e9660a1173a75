import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HERE, pythonMissing, runPython } from './python.js';

const INDEX = join(HERE, '../../packages/vectors/data/index.json');

const missing = pythonMissing();

describe.skipIf(missing)(`Python${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test('says of each published vector what its index says', () => {
    const { status, stdout, stderr } = runPython(['sealpost_py', 'vectors', INDEX]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { tried, differences } = JSON.parse(stdout) as { tried: number; differences: unknown[] };
    expect(differences).toEqual([]);
    expect(tried).toBeGreaterThan(300);
  });

  test('passes its own tests: primitives, and the worked example to the last byte', () => {
    const { status, stderr } = runPython(['unittest', 'sealpost_py.test_sealpost']);
    expect(stderr).toMatch(/^OK/m);
    expect(status).toBe(0);
  });
});
