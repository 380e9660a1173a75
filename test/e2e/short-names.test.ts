import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shortNames } from '../../packages/reader/scripts/page-options.mjs';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

/** The page's build gives these properties other names, so that no object of the browser's may have them. */
const names = Object.keys(shortNames);

describeInEachEngine('names that the page shortens', (engine) => {
  let folder: string;
  let browser: Driven;
  let visit: Visit;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sealpost-names-'));
    writeFileSync(path.join(folder, 'page.html'), '<!doctype html><title>names</title>');
    browser = await engine.launch();
    visit = await Visit.file(browser, path.join(folder, 'page.html'));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('are properties of nothing that a page can reach from its window', async () => {
    // Some that must be found, each in another way.
    const probes = ['innerHTML', 'digest', 'createObjectURL', 'byteOffset', 'currentScript', 'backgroundColor'];
    const found = await visit.run(findNames, [...names, ...probes]);
    expect(found).toEqual(expect.arrayContaining(probes));
    expect(found.filter((name) => names.includes(name))).toEqual([]);
  });
});

/** In the page: which of the names are properties of a global object, a constructor, or what a constructor makes. */
function findNames(wanted: readonly string[]): readonly string[] {
  const seen = new Set<object>();
  const known = new Set<string>();
  const rest: unknown[] = [window, document.createElement('a').style];
  while (rest.length > 0) {
    const value = rest.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const name of Object.getOwnPropertyNames(value)) {
      known.add(name);
      // Accessors of prototypes throw without an instance; what they give is reached from its constructor.
      try {
        rest.push((value as Readonly<Record<string, unknown>>)[name]);
      } catch {
        continue;
      }
    }
    rest.push(Object.getPrototypeOf(value));
  }
  return wanted.filter((name) => known.has(name));
}
