import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSPHRASE, SMALL } from './envelope.js';
import { HEADER_CASES } from './header-cases.js';
import { manifestCases } from './manifest-cases.js';
import { libraryOutcome, pythonOutcome, type Outcome } from './outcome.js';
import { plaintextOfLength } from './plaintext.js';
import { Python, pythonMissing } from './python.js';
import { blockCases, dataFormCases, htmlCases } from './text-cases.js';

const missing = pythonMissing();

interface Comparison {
  readonly name: string;
  readonly library: Outcome;
  readonly python: Outcome;
}

// Each rule of the spec at its edges: files that keep it or break it, opened by both implementations.
describe.skipIf(missing)(`rules of the envelope, read twice${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let python: Python;
  beforeAll(() => {
    python = new Python();
  });
  afterAll(() => {
    python.stop();
  });

  async function compare(
    name: string,
    file: Uint8Array,
    passphrase = PASSPHRASE,
    maxBytes?: number,
  ): Promise<Comparison> {
    const [library, second] = [
      await libraryOutcome(file, passphrase, maxBytes),
      await pythonOutcome(python, file, passphrase, maxBytes),
    ];
    return { name, library, python: second };
  }

  /** Both say the same of every case; and there are cases of just these codes. */
  function expectAgreement(comparisons: readonly Comparison[], codes: readonly string[]): void {
    const names = comparisons.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(comparisons.map(({ name, library }) => [name, library.code])).toEqual(
      comparisons.map(({ name, python }) => [name, python.code]),
    );
    for (const { name, library, python } of comparisons) {
      expect({ name, message: library.message }).toEqual({ name, message: python.message });
    }
    expect(new Set(comparisons.map(({ python }) => python.code))).toEqual(new Set(codes));
  }

  test('header', async () => {
    const comparisons: Comparison[] = [];
    for (const [name, ...edit_header] of HEADER_CASES) {
      comparisons.push(await compare(name, await python.make({ ...SMALL, edit_header })));
    }
    expectAgreement(comparisons, [
      'success',
      'NOT_AN_ENVELOPE',
      'UNSUPPORTED_VERSION',
      'LIMIT',
      'DID_NOT_OPEN',
      'DAMAGED',
    ]);
  });

  test.each(['data', 'html'] as const)('text of the %s form', async (form) => {
    const file = await python.make({ ...SMALL, form });
    const comparisons: Comparison[] = [];
    for (const [name, changed] of form === 'data' ? dataFormCases(file) : htmlCases(file)) {
      comparisons.push(await compare(name, changed));
      comparisons.push(await compare(`${name}, and a wrong passphrase`, changed, 'three'));
    }
    expectAgreement(comparisons, ['success', 'NOT_AN_ENVELOPE', 'UNSUPPORTED_VERSION', 'DID_NOT_OPEN', 'DAMAGED']);
  });

  test('blocks', async () => {
    const file = await python.make({
      ...SMALL,
      plaintext: plaintextOfLength(66 * 16_384, [], Buffer.from('{"headers":{},"parts":[]}')),
    });
    const comparisons: Comparison[] = [];
    for (const [name, changed] of blockCases(file)) comparisons.push(await compare(name, changed));
    expectAgreement(comparisons, ['success', 'DAMAGED']);
    expect(comparisons.filter(({ library }) => library.code === 'success').length).toBe(1);
  });

  test('plaintext, manifest and parts', async () => {
    const comparisons: Comparison[] = [];
    for (const { name, plaintext, maxBytes } of manifestCases()) {
      comparisons.push(await compare(name, await python.make({ ...SMALL, plaintext }), PASSPHRASE, maxBytes));
    }
    expectAgreement(comparisons, ['success', 'LIMIT', 'DAMAGED']);
  });
});
