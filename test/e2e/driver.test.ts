import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, noChromium, noIsolation } from './driver/chromium.js';
import { startCountingProxy, type CountingProxy } from './driver/counting-proxy.js';
import { describeUnless } from './driver/describe-unless.js';
import { visitFile } from './driver/visit.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sealpost-driver-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function writePage(name: string, body: string): Promise<string> {
  const file = path.join(folder, `${name}.html`);
  await writeFile(file, `<!doctype html><meta charset="utf-8"><title>${name}</title>${body}`);
  return file;
}

/** Long enough for a browser to do what it does unasked. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}

describeUnless(noChromium, 'a visit', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  test('shows a page from file:// as a secure context', async () => {
    const visit = await visitFile(browser, await writePage('plain', '<h1>Good morning</h1>'));
    expect(await visit.page.textContent('h1')).toBe('Good morning');
    expect(await visit.page.evaluate(() => [location.protocol, isSecureContext])).toEqual(['file:', true]);
    expect(visit.requests).toHaveLength(1);
    expect([visit.console, visit.errors, visit.dialogs, visit.downloads]).toEqual([[], [], [], []]);
    await visit.close();
  });

  test('collects console messages, errors, requests, dialogs and downloads', async () => {
    const script = `
      console.warn('careful');
      alert('hello');
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['saved']));
      link.download = 'note.txt';
      link.click();
      setTimeout(() => { throw new Error('broken'); });
    `;
    const visit = await visitFile(browser, await writePage('noisy', `<img src="none.png"><script>${script}</script>`));
    await expect.poll(() => visit.downloads.map((download) => download.suggestedFilename())).toEqual(['note.txt']);
    await expect.poll(() => visit.errors.map((error) => error.message)).toEqual(['broken']);
    expect(visit.console).toContain('warning: careful');
    expect(visit.dialogs).toEqual(['hello']);
    expect(visit.requests.map((address) => path.basename(address))).toEqual(['noisy.html', 'none.png']);
    await visit.close();
  });
});

describeUnless(noChromium, 'the counting proxy', () => {
  let proxy: CountingProxy;
  let browser: Browser;

  beforeAll(async () => {
    proxy = await startCountingProxy();
    browser = await launchChromium({ proxyPort: proxy.port });
  });

  afterAll(async () => {
    await browser.close();
    await proxy.close();
  });

  // In this order: were the counter deaf, the first test would pass for the wrong reason and the second would fail.
  test('counts nothing for a page without remote content', async () => {
    const visit = await visitFile(browser, await writePage('offline', '<p>nothing to fetch</p>'));
    await settle();
    expect(proxy.requests).toEqual([]);
    expect(proxy.connections).toBe(0);
    await visit.close();
  });

  test('counts exactly one request for one remote image', async () => {
    const visit = await visitFile(browser, await writePage('control', '<img src="http://control.invalid/x.png">'));
    await settle();
    expect(proxy.requests).toEqual(['GET http://control.invalid/x.png']);
    expect(proxy.connections).toBe(1);
    await visit.close();
  });
});

describeUnless(noIsolation, 'a browser without a network', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium({ network: 'none' });
  });

  afterAll(async () => {
    await browser.close();
  });

  test.each(['http://127.0.0.1:9/', 'http://192.0.2.1/', 'https://control.invalid/'])(
    'loads a page, from which %s is out of reach',
    async (address) => {
      const visit = await visitFile(browser, await writePage('isolated', '<h1>alone</h1>'));
      expect(await visit.page.textContent('h1')).toBe('alone');
      const outcome = await visit.page.evaluate(
        (url) =>
          fetch(url, { mode: 'no-cors' }).then(
            () => 'reached',
            () => 'failed',
          ),
        address,
      );
      expect(outcome).toBe('failed');
      expect(visit.console.join()).toContain('net::ERR_');
      await visit.close();
    },
  );
});
