import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { difference } from '../vectors/outcome.js';
import type { BrowserOutcome } from '../vectors/browser-entry.js';
import { browserScript, carriedVectors, isForPages } from '../vectors/browser-script.js';
import { knownFaults } from '../vectors/known-faults.js';
import { readVectors } from '../vectors/published.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

/** So few at once that no driver's patience for one answer ends. */
const together = 16;

const all = readVectors();
const vectors = all.filter(isForPages).filter(({ name }) => !knownFaults.includes(name));

describeInEachEngine(`${vectors.length} vectors`, (engine) => {
  let folder: string;
  let browser: Driven;
  let visit: Visit;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sealpost-vectors-'));
    writeFileSync(path.join(folder, 'run.js'), await browserScript());
    writeFileSync(path.join(folder, 'vectors.js'), `vectors = ${carriedVectors(vectors)};`);
    writeFileSync(
      path.join(folder, 'page.html'),
      '<!doctype html><meta charset="utf-8"><script src="run.js"></script><script src="vectors.js"></script>',
    );
    browser = await engine.launch();
    visit = await Visit.file(browser, path.join(folder, 'page.html'));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('come out as their index says, on both backends', { timeout: 600_000 }, async () => {
    const outcomes: BrowserOutcome[] = [];
    for (let first = 0; first < vectors.length; first += together) {
      outcomes.push(...(await visit.run(runSome, first, first + together)));
    }
    const faults = outcomes.map((outcome) => {
      const fault = difference(
        vectors.find(({ name }) => name === outcome.name)!,
        outcome,
      );
      return fault === undefined ? [] : [`${outcome.name}, ${outcome.run}: ${fault}`];
    });
    const skipped = `SKIPPED ${all.length - vectors.length} vectors of key slots, which no page opens, of signatures that do not verify, and of faults that are known`;
    console.log(
      `vectors, ${engine.name}: ${outcomes.length - faults.flat().length} runs as they should be, ${skipped}`,
    );
    expect(faults.flat()).toEqual([]);
    expect(outcomes).toHaveLength(2 * vectors.length);
  });
});

/** In the page. */
function runSome(first: number, behind: number): Promise<readonly BrowserOutcome[]> {
  const { runVectors, vectors: all } = globalThis as unknown as {
    readonly runVectors: (json: string) => Promise<readonly BrowserOutcome[]>;
    readonly vectors: readonly unknown[];
  };
  return runVectors(JSON.stringify(all.slice(first, behind)));
}
