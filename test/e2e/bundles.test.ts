import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectOutcome, type Outcome } from '../runtimes/behaviour.js';
import { bundleWithEsbuild, bundleWithVite, IN_PAGE, inWorker } from '../runtimes/bundles.js';
import { install } from '../runtimes/installation.js';
import { serve } from '../runtimes/serve.js';
import { describeUnless } from './driver/describe-unless.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { noOwnAddress, ownAddress } from './driver/site.js';

const installed = await install();
const slow = process.env['SLOW'] === '1' ? undefined : 'slow: npm run test:full';

let folder: string;

beforeAll(async () => {
  if (installed.obstacle !== undefined) return;
  folder = mkdtempSync(path.join(tmpdir(), 'sealpost-bundles-'));
  await bundleWithEsbuild(installed.folder, path.join(folder, 'esm'), 'esm');
  if (slow !== undefined) return;
  await bundleWithEsbuild(installed.folder, path.join(folder, 'iife'), 'iife');
  await bundleWithVite(installed.folder, path.join(folder, 'vite'));
});
afterAll(() => {
  if (installed.obstacle !== undefined) return;
  rmSync(folder, { recursive: true });
  installed.remove();
});

describeInEachEngine(
  'a page that bundles the library',
  (engine) => {
    let browser: Driven;

    beforeAll(async () => {
      browser = await engine.launch();
    });
    afterAll(async () => {
      await browser.close();
    });

    /** Compares what expressions do in a page, which says nothing meanwhile, with what they are to do. */
    async function expectIn(page: string, expressions: readonly string[], host?: string): Promise<void> {
      const server = await serve(folder, host);
      const tab = await browser.openTab();
      try {
        await tab.goto(`${server.origin}/${page}`);
        for (const expression of expressions)
          await expectOutcome((await tab.evaluate(expression)) as Outcome, 'page', { keys: host === undefined });
        expect(await tab.evaluate('isSecureContext')).toBe(host === undefined);
        expect(tab.said ?? []).toEqual([]);
      } finally {
        await tab.close();
        await server.close();
      }
    }

    it('seals and opens as a module, and so does its module worker', async () => {
      await expectIn('esm/index.html', [IN_PAGE, inWorker(`new Worker('web-worker.js', { type: 'module' })`)]);
    });

    describeUnless(slow, 'in other ways', () => {
      it('seals and opens as a classic script, and so does its classic worker', async () => {
        await expectIn('iife/index.html', [IN_PAGE, inWorker(`new Worker('web-worker.js')`)]);
      });

      it('seals and opens as Vite built it, and so does its module worker', async () => {
        await expectIn('vite/index.html', [IN_PAGE, inWorker('startWorker()')]);
      });

      it.skipIf(noOwnAddress !== undefined)('seals and opens over plain http, without crypto.subtle', async () => {
        await expectIn('esm/index.html', [IN_PAGE], ownAddress);
      });
    });
  },
  installed.obstacle,
);
