import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectOutcome, type Outcome } from '../runtimes/behaviour.js';
import { bundleWithEsbuild, bundleWithVite, IN_PAGE, inWorker } from '../runtimes/bundles.js';
import { install, type Installation } from '../runtimes/installation.js';
import { serve, type FileServer } from '../runtimes/serve.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';

const installed = noChromium === undefined ? await install() : { obstacle: noChromium };
const slow = installed.obstacle ?? (process.env['SLOW'] === '1' ? undefined : 'slow: npm run test:full');

let folder: string;
let server: FileServer;
let browser: Browser;

beforeAll(async () => {
  if (installed.obstacle !== undefined) return;
  folder = mkdtempSync(path.join(tmpdir(), 'sealpost-bundles-'));
  server = await serve(folder);
  browser = await launchChromium();
});
afterAll(async () => {
  if (installed.obstacle !== undefined) return;
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
  installed.remove();
});

/** Compares what an expression does in a page, which says nothing meanwhile, with what it is to do. */
async function expectInPage(page: string, expression: string): Promise<void> {
  const tab = await browser.newPage();
  const said: string[] = [];
  tab.on('console', (message) => said.push(message.text()));
  tab.on('pageerror', (error) => said.push(error.message));
  await tab.goto(`${server.origin}/${page}`);
  await expectOutcome(await tab.evaluate<Outcome>(expression), 'page');
  expect(said).toEqual([]);
  await tab.close();
}

describeUnless(installed.obstacle, 'a page that esbuild bundled with the library', () => {
  const { folder: project } = installed as Installation;

  it('seals and opens, and so does its module worker', async () => {
    await bundleWithEsbuild(project, path.join(folder, 'esm'), 'esm');
    await expectInPage('esm/index.html', IN_PAGE);
    await expectInPage('esm/index.html', inWorker(`new Worker('web-worker.js', { type: 'module' })`));
  });
});

describeUnless(slow, 'a page with the library, in other ways,', () => {
  const { folder: project } = installed as Installation;

  it('seals and opens as a classic script, and so does its classic worker', async () => {
    await bundleWithEsbuild(project, path.join(folder, 'iife'), 'iife');
    await expectInPage('iife/index.html', IN_PAGE);
    await expectInPage('iife/index.html', inWorker(`new Worker('web-worker.js')`));
  });

  it('seals and opens where there is no crypto.subtle', async () => {
    await bundleWithEsbuild(project, path.join(folder, 'plain'), 'esm');
    await expectInPage('plain/without-subtle.html', IN_PAGE);
  });

  it('seals and opens as Vite built it, and so does its module worker', async () => {
    await bundleWithVite(project, path.join(folder, 'vite'));
    await expectInPage('vite/index.html', IN_PAGE);
    await expectInPage('vite/index.html', inWorker('startWorker()'));
  });
});
