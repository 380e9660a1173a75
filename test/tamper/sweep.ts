import { nobleBackend, webcryptoBackend } from '@sealpost/core';
import { expect, it } from 'vitest';
import { passphrase } from './envelopes.js';
import { openWithCore, openWithKit, type Opener, type Outcome } from './openers.js';
import { oracleFor } from './oracle.js';

/** One altered copy of a file. `name` says what was done to it. */
export interface Alteration {
  readonly name: string;
  readonly file: Uint8Array;
}

/** Every implementation that has to agree with the oracle. */
export const openers: readonly (readonly [name: string, opener: Opener])[] = [
  ['the kit', openWithKit],
  ['core on webcrypto', openWithCore(webcryptoBackend)],
  ['core on noble', openWithCore(nobleBackend)],
];

/** Wide enough that WebCrypto's threads have something to do. */
const together = 16;

export interface Sweep {
  readonly honest: Uint8Array;
  /** Made anew for each opener: all copies of a long file would not fit beside each other for long. */
  readonly alterations: () => Iterable<Alteration>;
  /** Names of the copies that may open: all of them and no others. Default: none. */
  readonly opening?: readonly string[];
  /** Default: {@link openers}. */
  readonly using?: typeof openers;
}

/**
 * One test for each opener: it must say of every altered copy what the oracle says, and give the honest message where that
 * is `opens`. Prints how often each outcome came.
 */
export function testSweep(name: string, { honest, alterations, opening = [], using = openers }: Sweep): void {
  const oracle = oracleFor(honest);
  it.each(using)(`${name}, %s`, { timeout: 120_000 }, async (openerName, open) => {
    const { digest } = await open(honest, passphrase);
    expect(digest).toBeDefined();
    const counts: Partial<Record<Outcome, number>> = {};
    const wrong: string[] = [];
    const opened: string[] = [];
    const check = async ({ name: copy, file }: Alteration): Promise<void> => {
      const expected = oracle(file);
      const result = await open(file, passphrase);
      counts[result.outcome] = (counts[result.outcome] ?? 0) + 1;
      if (result.outcome === 'opens') opened.push(copy);
      if (result.outcome !== expected) wrong.push(`${copy}: ${result.outcome}, not ${expected}`);
      else if (expected === 'opens' && result.digest !== digest) wrong.push(`${copy}: another message`);
    };
    for (const batch of batches(alterations(), together)) await Promise.all(batch.map(check));
    console.log(`tamper ${name}, ${openerName}: ${JSON.stringify(counts)}`);
    expect(wrong).toEqual([]);
    expect(opened.sort()).toEqual([...opening].sort());
  });
}

function* batches<T>(items: Iterable<T>, size: number): Generator<T[], void, undefined> {
  let batch: T[] = [];
  for (const item of items) {
    if (batch.push(item) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
