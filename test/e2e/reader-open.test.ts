import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, sealText, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile, unlock, visitEnvelope } from '../../packages/reader/test/support/reading.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';

const SECRET_TEXT = 'The secret word is marzipan.';
const message = { text: SECRET_TEXT, headers: { subject: 'Hidden subject' } };

describeUnless(noChromium, 'opening an envelope', () => {
  let browser: Browser;
  let folder: EnvelopeFolder;
  let file: string;
  let text: string;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = makeEnvelopeFolder();
    file = await folder.seal(message);
    text = readFileSync(file, 'ascii');
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  it('[4] [26] opens from file://, asks nobody for anything, says nothing on the console and keeps its title', async () => {
    const { page, body, requests, console, errors, close } = await openEnvelopeFile(browser, file);
    expect(await body.locator('.text').textContent()).toBe(SECRET_TEXT);
    expect(await page.locator('h1').textContent()).toBe('Hidden subject');
    expect(await page.title()).toBe('Secure message');
    expect(page.url()).toBe(pathToFileURL(file).href);
    await page.click('[data-action="lock"]');
    expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([pathToFileURL(file).href]);
    await close();
    expect([console, errors]).toEqual([[], []]);
  });

  it('says which passphrase was wrong by nothing but one sentence, and takes the right one afterwards', async () => {
    const { page, alert, passphrase, close } = await visitEnvelope(browser, file);
    expect(await alert.textContent()).toBe('');
    await page.click('button:text-is("Open")');
    expect(await alert.textContent()).toBe('Please type the passphrase.');
    await passphrase.fill('copper lantern');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#sealpost-alert:not(:empty)');
    expect(await alert.textContent()).toMatch(/^This passphrase did not open the message\./);
    expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('locked');
    await unlock(page);
    await close();
  });

  it('runs the key derivation in a worker with progress, and can be cancelled', async () => {
    const slow = await folder.seal(message, { passes: 10 });
    const heavy = readFileSync(slow, 'ascii');
    const { page, close } = await visitEnvelope(
      browser,
      folder.write('heavy.html', heavy.replace('"m":64', '"m":99999')),
    );
    await page.fill('#sealpost-passphrase', 'anything');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('progress')!.value > 0.02);
    expect(page.workers()).toHaveLength(1);
    expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('unlocking');
    await page.click('text=Cancel');
    await page.waitForSelector('html[data-state="locked"]');
    expect(await page.inputValue('#sealpost-passphrase')).toBe('anything');
    await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBe(0);
    await close();
  });

  it('derives on the main thread where no worker starts, and says so', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, 'Worker', { value: undefined });
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      new MutationObserver(() => seen.push(document.querySelector('#sealpost-status')?.textContent ?? '')).observe(
        document.body,
        { childList: true, subtree: true },
      );
    });
    await unlock(page);
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen.some((status) => status.includes('stands still'))).toBe(true);
    await context.close();
  });

  it('[7] opens without crypto.subtle', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await unlock(page);
    expect(await page.frameLocator('#sealpost-body').locator('.text').textContent()).toBe(SECRET_TEXT);
    await context.close();
  });

  it('[6] shows what to do where scripts do not run', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    const shown = await page.locator('body').innerText();
    expect(shown).toContain('Save the file and open it in a browser.');
    expect(shown).toContain('On a phone');
    expect(shown).toContain('Open the saved file in a browser');
    await context.close();
  });

  it('tells an old browser what it needs', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, 'DecompressionStream', { value: undefined });
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    expect(await page.textContent('#sealpost-alert')).toContain('too old');
    expect(await page.locator('input').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('refused');
    await context.close();
  });

  it('[8] refuses to run inside another page', async () => {
    const outer = folder.write('outer.html', `<!doctype html><iframe src="${pathToFileURL(file).href}"></iframe>`);
    const { page, close } = await visitEnvelope(browser, outer);
    const inner = page.frameLocator('iframe');
    await inner.locator('#sealpost-alert').waitFor();
    expect(await inner.locator('#sealpost-alert').textContent()).toContain('inside another one');
    expect(await inner.locator('input').count()).toBe(0);
    await close();
  });

  it.each([
    ['CRLF', (page: string) => Buffer.from(page.replaceAll('\n', '\r\n'), 'ascii')],
    ['CR', (page: string) => Buffer.from(page.replaceAll('\n', '\r'), 'ascii')],
    ['a byte order mark', (page: string) => Buffer.from(`\ufeff${page}`, 'utf8')],
    ['UTF-16', (page: string) => Buffer.from(`\ufeff${page}`, 'utf16le')],
  ])('[5] opens a copy with %s', async (_, change) => {
    const { body, close } = await openEnvelopeFile(browser, folder.write('changed.html', change(text)));
    expect(await body.locator('.text').textContent()).toBe(SECRET_TEXT);
    await close();
  });

  it('keeps its first paint where the script was changed on the way', async () => {
    const { page, close } = await visitEnvelope(
      browser,
      folder.write('blank.html', text.replace('id="sealpost-open">', '$& ')),
    );
    expect(await page.locator('input').count()).toBe(0);
    expect(await page.locator('body').innerText()).toContain('There is no field for the passphrase?');
    await close();
  });

  it('[24] [36] keeps browsers from storing, correcting or sending the passphrase', async () => {
    const { passphrase, page, close } = await visitEnvelope(browser, file);
    const attributes = await passphrase.evaluate((input) =>
      Object.fromEntries([...input.attributes].map(({ name, value }) => [name, value])),
    );
    expect(attributes).toMatchObject({
      type: 'password',
      autocomplete: 'off',
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'none',
      translate: 'no',
    });
    expect(await page.evaluate(() => [document.documentElement.translate, document.documentElement.className])).toEqual(
      [false, 'notranslate'],
    );
    await page.click('text=Show');
    expect(await passphrase.getAttribute('type')).toBe('text');
    await close();
  });

  it('[24] is locked and empty after the back button and after loading again', async () => {
    const { page, passphrase, close } = await openEnvelopeFile(browser, file);
    await page.goto('about:blank');
    await page.goBack();
    await page.waitForSelector('html[data-state="locked"]');
    expect(await passphrase.inputValue()).toBe('');
    expect(await page.content()).not.toContain('marzipan');
    await unlock(page);
    await page.reload();
    await page.waitForSelector('html[data-state="locked"]');
    await close();
  });

  it('[24] shows the locked page when the browser brings it back from its memory', async () => {
    const { page, close } = await openEnvelopeFile(browser, file);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe('locked');
    expect(await page.content()).not.toContain('marzipan');
    await close();
  });

  it('[23] stores nothing', async () => {
    const { page, context, close } = await openEnvelopeFile(browser, file);
    const stored = await page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      (await indexedDB.databases()).length,
      self.name,
    ]);
    expect(stored).toEqual([0, 0, '', 0, '']);
    expect(await context.cookies()).toEqual([]);
    await close();
  });

  it('[38] a copy saved by the browser is a locked envelope again, whenever it was saved', async () => {
    const { page, close } = await visitEnvelope(browser, file);
    const save = (name: string): Promise<string> =>
      page
        .evaluate(() => `<!doctype html>${document.documentElement.outerHTML}`)
        .then((copy) => folder.write(name, copy));
    const copies = [await save('before.html')];
    await unlock(page);
    copies.push(await save('during.html'));
    await page.click('[data-action="lock"]');
    copies.push(await save('after.html'));
    await close();
    expect(readFileSync(copies[2]!, 'utf8')).not.toMatch(/marzipan|Hidden subject/);
    for (const copy of copies) {
      const reading = await visitEnvelope(browser, copy);
      expect(await reading.page.evaluate(() => document.documentElement.dataset['state'])).toBe('locked');
      expect(await reading.page.locator('main').count()).toBe(1);
      expect(await reading.page.locator('body').innerText()).not.toContain('Hidden subject');
      await unlock(reading.page);
      expect(await reading.body.locator('.text').textContent()).toBe(SECRET_TEXT);
      await reading.close();
    }
  });

  it('shows the face as text and keeps a place for the logo', async () => {
    const face = {
      org: '<b>Org</b> & "Sons"',
      contact: "<script>alert('x')</script>",
      hint: '<i>here</i>',
      subject: 'S',
      date: 1_795_321_800,
    };
    const { page, close } = await visitEnvelope(browser, await folder.seal(message, { face }));
    expect(await page.locator('.org').textContent()).toBe(face.org);
    expect(await page.locator('.care').textContent()).toContain(face.contact);
    expect(await page.locator('#sealpost-hint').textContent()).toContain(face.hint);
    expect(await page.locator('dd').nth(1).textContent()).toMatch(/November 22, 2026/);
    await close();
  });

  it('speaks the first of the reader’s languages that the envelope has', async () => {
    const three = await folder.seal(message, { languages: ['en', 'fr', 'de'] });
    const context = await browser.newContext({ locale: 'de-CH' });
    const page = await context.newPage();
    await page.goto(pathToFileURL(three).href);
    expect(await page.textContent('h1')).toBe('Sichere Nachricht');
    await page.fill('#sealpost-passphrase', 'half a pass');
    await page.selectOption('select', 'fr');
    expect(await page.inputValue('#sealpost-passphrase')).toBe('half a pass');
    expect(await page.textContent('h1')).toBe('Message s\u00e9curis\u00e9');
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
    await unlock(page);
    await page.selectOption('select', 'de');
    await page.waitForSelector('html[lang="de"]');
    expect(await page.textContent('[data-action="lock"]')).toBe('Sperren');
    await context.close();
  });
});

describeUnless(noChromium, 'a file that was changed', () => {
  let browser: Browser;
  let folder: EnvelopeFolder;
  let text: string;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = makeEnvelopeFolder();
    const noise = crypto.getRandomValues(new Uint8Array(60_000));
    const content = Buffer.concat(Array.from({ length: 40 }, (_, index) => Buffer.from(noise).fill(index, 0, 1)));
    text = Buffer.from(await sealText({ ...message, attachments: [{ name: 'a.bin', type: 'x/y', content }] })).toString(
      'ascii',
    );
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  const block = (n: number | string): RegExp =>
    new RegExp(
      `<script type="application/vnd\\.sealpost\\.payload" id="sealpost-payload-${String(n)}">[^]*?</script>\\n?`,
    );
  const header = /<script type="application\/vnd\.sealpost\.header\+json"[^]*?<\/script>\n/;

  async function refusal(changed: string): Promise<string> {
    const { page, alert, close } = await visitEnvelope(browser, folder.write('damaged.html', changed));
    if ((await page.evaluate(() => document.documentElement.dataset['state'])) === 'locked') {
      await page.fill('#sealpost-passphrase', 'copper lantern river maple');
      await page.keyboard.press('Enter');
    }
    await page.waitForSelector('#sealpost-alert:not(:empty)');
    expect(await page.locator('iframe').count()).toBe(0);
    const said = (await alert.textContent()) ?? '';
    await close();
    return said;
  }

  it.each([
    ['two headers', (page: string) => page.replace(header, '$&$&'), 'not a complete secure message'],
    [
      'a second header at the end',
      (page: string) => page.replace(/<\/body>\n<\/html>\n$/, () => header.exec(page)![0]),
      'not a complete secure message',
    ],
    ['no header', (page: string) => page.replace(header, ''), 'not a complete secure message'],
    ['a header of a later version', (page: string) => page.replace('{"v":1', '{"v":2'), 'newer version'],
    ['a key derivation that costs too much', (page: string) => page.replace('"m":64', '"m":9999999'), 'goes beyond'],
    ['a block that is missing', (page: string) => page.replace(block(0), ''), 'damaged'],
    ['a block twice', (page: string) => page.replace(block(1), '$&$&'), 'damaged'],
    [
      'blocks out of order',
      (page: string) => page.replace(block(0), '').replace(block(1), (second) => second + block(0).exec(page)![0]),
      'damaged',
    ],
    ['an end block that is missing', (page: string) => page.replace(block('end'), ''), 'end of this file is missing'],
    ['another salt', (page: string) => page.replace(/"salt":"./, '"salt":"Z'), 'did not open'],
    ['a changed face', (page: string) => page.replace('"face":{', '"face":{"org":"x"'), 'changed on its way'],
  ])('[39] refuses %s', async (_, change, sentence) => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(await refusal(changed)).toContain(sentence);
  });

  it('warns before anybody types where the end is missing, and names both reasons after a wrong passphrase', async () => {
    const { page, close } = await visitEnvelope(browser, folder.write('cut.html', text.slice(0, text.length / 2)));
    expect(await page.locator('.notice:not(:empty)').textContent()).toContain('end of this file is missing');
    await page.fill('#sealpost-passphrase', 'wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#sealpost-alert:not(:empty)');
    expect(await page.textContent('#sealpost-alert')).toMatch(/did not open[^]*end of this file is missing/);
    await close();
  });
});
