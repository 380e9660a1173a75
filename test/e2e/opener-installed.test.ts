import { createServer } from 'node:http';
import path from 'node:path';
import { openerFiles } from '@sealpost/reader/opener';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSPHRASE, sealText } from '../../packages/reader/test/support/envelope-file.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { en } from '../../packages/reader/src/opener/i18n/en.js';
import { listen } from '../support/http-server.js';
import { chromiumArgs, findChromium } from '../../tools/lib/browsers.mjs';
import { describeInEachEngine } from './driver/engines.js';
import { startSite, TYPES, type Site } from './driver/site.js';
import { Visit } from './driver/visit.js';
import { openInOpener } from './opener.js';

const MESSAGE = { text: 'marzipan' };
/** A page of the same site that shares a file as a phone's system does: by a form. */
const SHARING =
  '<form method=post enctype=multipart/form-data action=share><input type=file name=file><button>go</button></form>';

let envelope: Uint8Array;

beforeAll(async () => {
  envelope = await sealText(MESSAGE);
});

function serve(onRequest?: (asked: string) => void): Promise<Site> {
  const files = [...openerFiles()].map(([name, bytes]) => [`/${name}`, bytes] as const);
  const pages = { ...Object.fromEntries(files), '/': openerFiles().get('index.html') ?? '', '/sharing.html': SHARING };
  return startSite(pages, '127.0.0.1', onRequest);
}

describeInEachEngine('the opener, served', (engine) => {
  it('asks for its own files alone, and works without a network once it was there', async () => {
    const asked: string[] = [];
    const site = await serve((one) => asked.push(one));
    const browser = await engine.launch();
    try {
      const visit = await Visit.address(browser, `${site.origin}/`);
      await visit.waitFor(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
      const kept = await visit.run(async () => {
        const names = await caches.keys();
        const cache = await caches.open(names[0] ?? '');
        return [names.length, (await cache.keys()).map(({ url }) => new URL(url).pathname).sort()];
      });
      expect(kept).toEqual([1, ['/', '/icon-192.png', '/icon-512.png', '/index.html', '/manifest.webmanifest']]);
      await site.close();
      for (const address of ['/', '/index.html', '/?again']) {
        await visit.goto(`${site.origin}${address}`);
        await openInOpener(visit, { name: 'securedoc.html', content: envelope });
        await unlock(visit);
        expect(await visit.body.find('.text').text()).toBe(MESSAGE.text);
      }
      const known = new Set(['/', '/sw.js', '/favicon.ico', ...[...openerFiles().keys()].map((name) => `/${name}`)]);
      expect(asked.filter((one) => !known.has(one))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

/** How a server may answer besides plainly. */
type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string };

/** The opener in these folders of one site, with what a server makes of it; `down` from the moment it is to be there no more. */
async function serveFolders(
  folders: readonly string[],
  change: (path: string, file: string) => Answer | undefined,
): Promise<Site & { down: boolean }> {
  const server = createServer(({ url = '' }, response) => {
    if (site.down) return void response.destroy();
    const folder = folders.find((one) => url.startsWith(one));
    const name = url.slice(folder?.length) || 'index.html';
    const bytes = folder === undefined ? undefined : openerFiles().get(name);
    if (bytes === undefined) return void response.writeHead(404).end();
    const { status = 200, headers = {}, body } = change(url, Buffer.from(bytes).toString('latin1')) ?? {};
    const type = TYPES[path.extname(name)] ?? 'text/html';
    response.writeHead(status, { 'content-type': type, ...headers }).end(body ?? bytes);
  });
  const { port, close } = await listen(server, '127.0.0.1');
  const site = { origin: `http://127.0.0.1:${port}`, close, down: false };
  return site;
}

describeInEachEngine('the opener, on a site of its own ways', (engine) => {
  const ready = (visit: Visit): Promise<void> =>
    visit.waitFor(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');

  it.each<[string, (asked: string) => Answer | undefined]>([
    [
      'sends index.html elsewhere',
      (asked) => (asked === '/index.html' ? { status: 302, headers: { location: '/' } } : undefined),
    ],
    ['says that answers vary', () => ({ headers: { vary: 'accept' } })],
  ])('works without a network where the site %s', async (_, change) => {
    const site = await serveFolders(['/'], change);
    const browser = await engine.launch();
    try {
      const visit = await Visit.address(browser, `${site.origin}/`);
      await ready(visit);
      site.down = true;
      for (const address of ['/', '/index.html']) {
        await visit.goto(`${site.origin}${address}`);
        await openInOpener(visit, { name: 'securedoc.html', content: envelope });
      }
    } finally {
      await browser.close();
      await site.close();
    }
  });

  it('leaves another opener in another folder as it is', async () => {
    const site = await serveFolders(['/one/', '/two/'], (asked, file) =>
      asked === '/two/sw.js'
        ? { body: file.replace(/(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])/, '0123456789abcdef') }
        : undefined,
    );
    const browser = await engine.launch();
    try {
      const visit = await Visit.address(browser, `${site.origin}/one/`);
      await ready(visit);
      await visit.goto(`${site.origin}/two/`);
      await ready(visit);
      site.down = true;
      for (const folder of ['one', 'two']) {
        await visit.goto(`${site.origin}/${folder}/`);
        await openInOpener(visit, { name: 'securedoc.html', content: envelope });
      }
    } finally {
      await browser.close();
      await site.close();
    }
  });

  it('keeps nothing of a site that gives another page in its place', async () => {
    const site = await serveFolders(['/'], (asked) =>
      asked === '/index.html' ? { body: '<title>Log in</title>' } : undefined,
    );
    const browser = await engine.launch();
    try {
      const visit = await Visit.address(browser, `${site.origin}/`);
      await visit.find('html[data-opener=ready]').wait();
      await visit.waitFor(async () => {
        const found = await navigator.serviceWorker.getRegistration();
        return found === undefined || (found.installing === null && found.waiting === null && found.active === null);
      });
      expect(await visit.run(() => caches.keys())).toEqual([]);
    } finally {
      await browser.close();
      await site.close();
    }
  });
});

const executable = findChromium();

describe.skipIf(executable === undefined)('the opener, installed by Chromium', () => {
  let browser: Browser;
  let site: Site;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executable ?? '', args: [...chromiumArgs()] });
    site = await serve();
    page = await (await browser.newContext()).newPage();
    await page.goto(`${site.origin}/`);
    await page.evaluate(() => navigator.serviceWorker.ready);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  it("keeps the browser's own criteria of what can be installed", async () => {
    const devtools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A window that keeps nothing has this one, whatever the page.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    // The criteria are looked at: a page without a manifest does not keep them.
    const other = await page.context().newPage();
    await other.goto(`${site.origin}/sharing.html`);
    const asking = await page.context().newCDPSession(other);
    const refused = await asking.send('Page.getInstallabilityErrors');
    expect(refused.installabilityErrors.map(({ errorId }) => errorId)).toContain('no-manifest');
    await other.close();
    const { errors, data = '' } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { share_target: target } = JSON.parse(data) as { share_target: { action: string; params: object } };
    expect(target).toMatchObject({ action: 'share', method: 'POST', enctype: 'multipart/form-data' });
  });

  it('receives a file that is shared with it, and asks before it opens what any page may have sent', async () => {
    await page.goto(`${site.origin}/sharing.html`);
    await page.setInputFiles('input', { name: 'securedoc.html', mimeType: 'text/html', buffer: Buffer.from(envelope) });
    await page.click('button');
    await page.waitForURL(`${site.origin}/`);
    await page.waitForSelector('.results h2');
    expect(await page.textContent('.results h2')).toBe(en.received);
    expect(await page.locator('input[type=password]').count()).toBe(0);
    await page.click('.results button');
    await page.fill('#sealpost-passphrase', PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-state=open]');
    // It is kept nowhere.
    await page.goto(`${site.origin}/`);
    await page.waitForSelector('html[data-opener=ready]');
    expect(await page.locator('.results h2').count()).toBe(0);
  });

  it('takes a new release as soon as it is there, and keeps none of the old one', async () => {
    const names = (): Promise<readonly string[]> => page.evaluate(() => caches.keys());
    await page.evaluate(() => caches.open('sealpost-opener-/#older'));
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.unregister();
    });
    await page.goto(`${site.origin}/`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(names).toHaveLength(1);
    expect((await names())[0]).not.toContain('older');
  });
});
