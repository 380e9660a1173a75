import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile, unlock } from '../../packages/reader/test/support/reading.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { startCountingProxy } from './driver/counting-proxy.js';
import { describeUnless } from './driver/describe-unless.js';
import { visitFile } from './driver/visit.js';

const leaks = new URL('../../../shared/vectors/leaks.html', import.meta.url);
/** A picture of 2 by 2 pixels. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP8z8DAwMDAxMDAwMAAAA0GAQPmZQAAAABJRU5ErkJggg==',
  'base64',
);

describeUnless(
  noChromium ?? (existsSync(leaks) ? undefined : '../shared/vectors is not there'),
  'a mail that calls home',
  () => {
    it('[9] reaches nobody, neither by a request nor by a connection', async () => {
      const proxy = await startCountingProxy();
      const browser = await launchChromium({ proxyPort: proxy.port });
      const folder = makeEnvelopeFolder();
      const html = readFileSync(leaks, 'utf8')
        .replaceAll('{{BASE_NOSCHEME}}', '//leak.test')
        .replaceAll('{{BASE}}', 'http://leak.test');

      const { page, body, requests, close } = await openEnvelopeFile(browser, await folder.seal({ html }));
      expect(await body.locator('body').textContent()).toContain('b');
      expect(await page.textContent('.notice')).toContain('left out');
      await body.locator('summary, p').first().hover();
      await page.waitForTimeout(1500);
      expect(requests.filter((url) => !/^(?:file|blob|about):/.test(url))).toEqual([]);
      await close();
      expect([proxy.requests, proxy.connections]).toEqual([[], 0]);

      // The same mail without the page around it: the proxy does count.
      const control = await visitFile(browser, folder.write('control.html', html));
      await control.page.waitForTimeout(1500);
      await control.close();
      expect(proxy.requests.length).toBeGreaterThan(20);

      await browser.close();
      await proxy.close();
      folder.remove();
    });
  },
);

describeUnless(noChromium, 'an opened message', () => {
  let browser: Browser;
  let folder: EnvelopeFolder;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = makeEnvelopeFolder();
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  const open = async (...sealing: Parameters<EnvelopeFolder['seal']>): ReturnType<typeof openEnvelopeFile> =>
    openEnvelopeFile(browser, await folder.seal(...sealing));

  it('[12] has a frame with exactly these permissions', async () => {
    const { page, close } = await open({ html: '<p>x' });
    expect(await page.getAttribute('#sealpost-body', 'sandbox')).toBe(
      'allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals',
    );
    await close();
  });

  it('[3] has one Trusted Types policy, and no other can be made', async () => {
    const { page, close } = await open({ html: '<p>x' });
    const refused = await page.evaluate(() => {
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): void };
      };
      return ['sealpost', 'default', 'other'].map((name) => {
        try {
          trustedTypes.createPolicy(name, {});
          return 'made';
        } catch {
          return 'refused';
        }
      });
    });
    expect(refused).toEqual(['refused', 'refused', 'refused']);
    await close();
  });

  it('[16] cannot draw over the page, nor make itself endlessly high', async () => {
    const html =
      '<div style="position:fixed;top:0;left:0;width:100vw;height:100vh;background:red;z-index:9">x</div><p style="height:100%">y</p><div style="height:9999999px">z</div>';
    const { page, close } = await open({ html });
    const box = await page.evaluate(() => {
      const frame = document.querySelector('iframe')!;
      return {
        height: frame.offsetHeight,
        positions: [...frame.contentDocument!.querySelectorAll('body div')].map(
          (one) => getComputedStyle(one).position,
        ),
      };
    });
    expect(box.height).toBeLessThanOrEqual(200_002);
    expect(box.height).toBeGreaterThan(199_000);
    expect(new Set(box.positions)).toEqual(new Set(['static']));
    await close();
  });

  it('[16] has a height that comes to rest', async () => {
    const html =
      '<style>html,body{height:100%;min-height:100vh;margin:40px;overflow:hidden}</style><body><table height="100%"><tr><td>x</table>';
    const { page, close } = await open({ html });
    const height = (): Promise<number> => page.evaluate(() => document.querySelector('iframe')!.offsetHeight);
    const first = await height();
    await page.waitForTimeout(400);
    expect(await height()).toBe(first);
    expect(first).toBeLessThan(300);
    await close();
  });

  it('[13] shows where a link leads, whatever the mail’s style says', async () => {
    const html =
      '<style>a span,#m-a span{display:none!important;font-size:0!important;color:#fff!important}</style><header>mail</header><a id=a href="https://evil.example">x</a>';
    const { body, close } = await open({ html });
    expect(await body.locator('.host').isVisible()).toBe(true);
    expect(await body.locator('.host').textContent()).toBe('evil.example');
    expect(await body.locator('header').isVisible()).toBe(true);
    await close();
  });

  it('shows pictures of the message, and lists only the others', async () => {
    const attachments = [
      { name: 'shown.png', type: 'image/png', content: png, contentId: 'one@x', inline: true },
      { name: 'unused.png', type: 'image/png', content: png, contentId: 'two@x', inline: true },
      {
        name: 'drawing.svg',
        type: 'image/svg+xml',
        content: Buffer.from('<svg/>'),
        contentId: 'three@x',
        inline: true,
      },
    ];
    const { page, close } = await open({
      html: '<img src="cid:one@x"><img src="cid:three@x" alt="drawing">',
      attachments,
    });
    await page.waitForFunction(() => {
      const image = document.querySelector('iframe')!.contentDocument!.querySelector('img');
      return image?.complete === true && image.naturalWidth === 2;
    });
    await page.waitForSelector('.files');
    expect(await page.frameLocator('#sealpost-body').locator('img').count()).toBe(1);
    expect(await page.locator('.files .name bdi').allTextContents()).toEqual(['unused.png', 'drawing.svg']);
    await close();
  });

  it('lists pictures that the mail hides, or that are none', async () => {
    const names = ['seen', 'display', 'size', 'attribute', 'visibility', 'broken'];
    const attachments = names.map((name) => ({
      name,
      type: 'image/png',
      content: name === 'broken' ? Buffer.from('x') : png,
      contentId: name,
      inline: true,
    }));
    const html =
      '<img src="cid:seen"><img src="cid:display" style="display:none"><img src="cid:size" width=0 height=0><img src="cid:attribute" hidden>' +
      '<img src="cid:visibility" style="visibility:hidden"><img src="cid:broken">';
    const { page, close } = await open({ html, attachments });
    await page.waitForSelector('.files');
    expect(await page.locator('.files .name bdi').allTextContents()).toEqual(names.slice(1));
    await close();
  });

  it.each([
    ['HTML that is nested endlessly', { html: '<div>'.repeat(100_000) + 'x' }, true],
    ['HTML with ends that end nothing', { html: '<div></x>'.repeat(100_000) + 'x' }, true],
    ['text with links upon links', { text: 'http://a.bc '.repeat(20_000) }, false],
    ['text without end', { text: 'hello wo '.repeat(500_000) }, true],
    ['HTML that is all text', { html: 'hello wo '.repeat(500_000) }, true],
  ])('[16] opens %s in a short time, and says where it left something out', async (_, message, tooLong) => {
    const start = performance.now();
    const { page, close } = await open(message);
    expect(performance.now() - start).toBeLessThan(8_000);
    expect((await page.locator('.notice').allTextContents()).join('').includes('extremely long')).toBe(tooLong);
    await close();
  });

  it('shows text where there is no layout, and either where there are both', async () => {
    const { page, body, close } = await open({
      html: '<p>with <b>layout</b>',
      text: 'as text\n  kept as it is https://x.example/a?b.',
    });
    expect(await body.locator('b').textContent()).toBe('layout');
    await page.click('button:text-is("Show text only")');
    await body.locator('.text').waitFor();
    expect(await body.locator('.text').textContent()).toBe('as text\n  kept as it is https://x.example/a?b.');
    expect(await body.locator('a').getAttribute('href')).toBe('https://x.example/a?b');
    await page.click('button:text-is("Show with layout")');
    await body.locator('b').waitFor();
    await close();
    const empty = await open({ headers: {} });
    expect(await empty.page.locator('.body').textContent()).toBe('This message has no text.');
    await empty.close();
  });

  it('shows headers and notes as text, in the reader’s own time', async () => {
    const person = (n: number): { name: string; address: string } => ({
      name: `<b>${n}</b>`,
      address: `p${n}@x.example`,
    });
    const headers = {
      subject: '<i>s</i>',
      from: [person(0)],
      to: [person(1)],
      cc: [2, 3, 4, 5].map(person),
      date: '2026-11-22T05:30:00+09:00',
    };
    const { page, close } = await open(
      { text: 'x', headers },
      { notes: { handling: '<u>n</u>', expires: 1_800_000_000 } },
    );
    expect(await page.textContent('h1')).toBe('<i>s</i>');
    expect(await page.locator('.who dd').first().textContent()).toBe('<b>0</b> p0@x.example');
    expect(await page.locator('details .person').count()).toBe(3);
    const local = await page.evaluate(() =>
      new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'short' }).format(1_795_293_000_000),
    );
    expect(await page.textContent('time')).toBe(local);
    expect(await page.textContent('.note')).toMatch(/<u>n<\/u>[^]*not to keep this message after January/);
    await close();
  });

  it('[25] lock drops the frame, the keys, the addresses and everything shown', async () => {
    const attachments = [{ name: 'a.png', type: 'image/png', content: png, contentId: 'a', inline: true }];
    const { page, close } = await open({ html: '<p>marzipan<img src="cid:a">', attachments });
    const address = await page.waitForFunction(
      () => document.querySelector('iframe')!.contentDocument!.querySelector('img')!.src,
    );
    const url = await address.jsonValue();
    expect(url).toMatch(/^blob:/);
    await page.click('[data-action="lock"]');
    expect(await page.locator('iframe').count()).toBe(0);
    expect(await page.inputValue('#sealpost-passphrase')).toBe('');
    expect(await page.textContent('#sealpost-status')).toBe('The message is locked.');
    expect(await page.content()).not.toMatch(/marzipan|Test subject|a\.png/);
    const loads = await page.evaluate(
      (src) =>
        new Promise((resolve) =>
          Object.assign(new Image(), {
            onload: () => {
              resolve(true);
            },
            onerror: () => {
              resolve(false);
            },
            src,
          }),
        ),
      url,
    );
    expect(loads).toBe(false);
    await unlock(page);
    await close();
  });

  it('[25] locks by itself after the minutes that the sender asked for', async () => {
    const file = await folder.seal({ text: 'marzipan' }, { idleLock: 2 });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(pathToFileURL(file).href);
    await unlock(page);
    await page.clock.runFor(100_000);
    await page.mouse.move(5, 5);
    await page.clock.runFor(100_000);
    expect(await page.locator('iframe').count()).toBe(1);
    await page.clock.runFor(30_000);
    expect(await page.locator('iframe').count()).toBe(0);
    await context.close();
  });

  it('[25] locks a page that slept too long, at the first sign of anybody', async () => {
    const file = await folder.seal({ text: 'marzipan' }, { idleLock: 2 });
    for (const sign of ['pointermove', 'keydown', 'visibilitychange', 'pageshow']) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(pathToFileURL(file).href);
      await unlock(page);
      // The clock goes on without its timers.
      await page.clock.setSystemTime(Date.now() + 3_600_000);
      expect(await page.locator('iframe').count()).toBe(1);
      await page.evaluate((type) => dispatchEvent(new Event(type)), sign);
      expect(await page.locator('iframe').count(), sign).toBe(0);
      await context.close();
    }
  });

  it('[27] prints its own header, whatever the mail’s style says', async () => {
    const hide = 'display:none!important;color:#fff!important;font-size:0!important;visibility:hidden!important';
    const { page, body, close } = await open({
      html: `<style>@media print{html,body,div,h1,p,*,.paper,:root,html>div,div p:first-child{${hide}}}</style><body style="${hide}"><h1>Forged</h1><p>From: forged`,
      headers: { subject: 'On paper', from: [{ name: 'A', address: 'a@x.example' }] },
    });
    await page.emulateMedia({ media: 'print' });
    const header = body.locator('.paper');
    expect(await header.locator('h1').evaluate((title) => title.getBoundingClientRect().height)).toBeGreaterThan(30);
    expect(await header.innerText()).toMatch(/On paper[^]*From: A <a@x\.example>/);
    expect(
      await header.locator('p').evaluate((line) => {
        const { color, fontSize, visibility } = getComputedStyle(line);
        return [color, fontSize, visibility];
      }),
    ).toEqual(['rgb(0, 0, 0)', '16px', 'visible']);
    await close();
  });

  it('[27] prints the message with its headers, by the user’s button only', async () => {
    const { page, close } = await open({
      html: '<p>x',
      headers: { subject: 'On paper', from: [{ name: 'A', address: 'a@x.example' }] },
    });
    await page.evaluate(() => {
      const frame = document.querySelector('iframe')!.contentWindow!;
      Object.assign(globalThis, { printed: 0 });
      frame.print = () => (globalThis as unknown as { printed: number }).printed++;
    });
    const printed = (): Promise<number> => page.evaluate(() => (globalThis as unknown as { printed: number }).printed);
    expect(await printed()).toBe(0);
    await page.click('[data-action="print"]');
    expect(await printed()).toBe(1);
    const header = page.frameLocator('#sealpost-body').locator('.paper');
    expect(await header.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await header.innerText()).toMatch(/On paper[^]*From: A <a@x\.example>/);
    await close();
  });

  it('can be read and saved with the keyboard alone', async () => {
    const { page, close } = await open({
      text: 'x',
      attachments: [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('x') }],
    });
    const reached: string[] = [];
    for (let step = 0; step < 6; step++) {
      reached.push(
        await page.evaluate(
          () => document.activeElement?.getAttribute('data-action') ?? document.activeElement?.tagName ?? '',
        ),
      );
      await page.keyboard.press('Tab');
    }
    expect(reached[0]).toBe('H1');
    expect(reached).toContain('save');
    expect(reached).toContain('IFRAME');
    await page.keyboard.press('Shift+Tab');
    await close();
  });
});

describeUnless(noChromium, 'attachments', () => {
  let browser: Browser;
  let folder: EnvelopeFolder;
  let page: Page;
  let visit: Awaited<ReturnType<typeof openEnvelopeFile>>;
  const big = Buffer.alloc(3_000_000, 'sealpost ');
  const attachments = [
    { name: 'letter.pdf', type: 'application/pdf', content: Buffer.from('%PDF') },
    { name: '../../\u202efdp.exe', type: 'application/octet-stream', content: Buffer.from('MZ') },
    { name: 'page.html', type: 'text/html', content: Buffer.from('<script>alert(1)</script>') },
    { name: 'big.bin', type: 'application/x-big; x="\u202egpj"', content: big },
    { name: '', type: 'image/svg+xml', content: Buffer.from('<svg/>') },
  ];

  beforeAll(async () => {
    browser = await launchChromium();
    folder = makeEnvelopeFolder();
    visit = await openEnvelopeFile(
      browser,
      await folder.seal({ text: 'x', attachments, original: Buffer.from('From: a\r\n\r\nx') }),
    );
    ({ page } = visit);
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  const saveButton = (index: number): ReturnType<Page['locator']> =>
    page.locator('.files li').nth(index).locator('[data-action="save"]');

  it('[19] are neither decrypted nor saved before somebody asks for one', async () => {
    await page.waitForTimeout(200);
    expect(visit.downloads).toHaveLength(0);
    // The one address that was used is the worker's.
    expect(visit.requests.filter((url) => url.startsWith('blob:'))).toHaveLength(1);
  });

  it('[19] are saved byte for byte, with a harmless type, from an address that soon dies', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), saveButton(0).click()]);
    expect(download.suggestedFilename()).toBe('letter.pdf');
    expect(readFileSync(await download.path(), 'utf8')).toBe('%PDF');
    expect(await page.locator('.files li').first().locator('[role="status"]').textContent()).toBe('Saved');
    expect(await saveButton(0).getAttribute('aria-label')).toBe('Save letter.pdf');
  });

  it('[20] have a name that hides nothing and leads nowhere', async () => {
    const names = await page.locator('.files .name bdi').allTextContents();
    expect(names).toEqual(['letter.pdf', '_.._fdp.exe', 'page.html', 'big.bin', 'attachment-5', 'Original message']);
    expect(await page.locator('.files .kind').allTextContents()).toEqual(['pdf', 'exe', 'html', 'bin', '', 'eml']);
  });

  it('[20] have a type that says nothing else', async () => {
    expect(await page.locator('.files small').nth(3).textContent()).toBe('3 MB \u00b7 application/x-big');
  });

  it('[21] of a dangerous kind are saved after a second question only', async () => {
    for (const index of [1, 2, 4]) {
      const item = page.locator('.files li').nth(index);
      await saveButton(index).click();
      expect(await item.locator('[role="status"]').textContent()).toContain('can run a program');
      await page.waitForTimeout(100);
      expect(visit.downloads).toHaveLength(1);
      await item.locator('button:text-is("Cancel")').click();
      expect(await item.locator('[role="status"]').textContent()).toBe('');
    }
    await saveButton(1).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-action="save-anyway"]')]);
    expect(readFileSync(await download.path(), 'utf8')).toBe('MZ');
  });

  it('of many bytes are saved whole', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), saveButton(3).click()]);
    const saved = readFileSync(await download.path());
    expect(createHash('sha256').update(saved).digest('hex')).toBe(createHash('sha256').update(big).digest('hex'));
  });
});
