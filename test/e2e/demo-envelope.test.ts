import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { seal, type Message } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium, noIsolation } from './driver/chromium.js';
import { startCountingProxy } from './driver/counting-proxy.js';
import { describeUnless } from './driver/describe-unless.js';
import { visitFile } from './driver/visit.js';

const MAIL = fileURLToPath(new URL('../../examples/mail/discharge-letter.eml', import.meta.url));

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describeUnless(noIsolation, "the demo's envelope", () => {
  let folder: string;
  let file: string;
  let message: Message;
  let passphrase: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sealpost-demo-'));
    file = path.join(folder, 'securedoc.html');
    message = await readMail(readFileSync(MAIL));
    const sealed = await seal(message);
    passphrase = sealed.passphrase ?? '';
    writeFileSync(file, await sealed.bytes());
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('checklist 4: opens from file:// without a network; body and inline image show, every attachment is saved byte for byte', async () => {
    const browser = await launchChromium({ network: 'none' });
    try {
      const { page, errors, console } = await visitFile(browser, file);
      await page.fill('#sealpost-passphrase', passphrase);
      await page.keyboard.press('Enter');
      await page.waitForSelector('html[data-state="open"]');

      const body = page.frameLocator('#sealpost-body');
      expect(await body.locator('body').innerText()).toContain('Sehr geehrter Herr Müller');
      const image = body.locator('img');
      await expect
        .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
        .toBeGreaterThan(0);

      const listed = (message.attachments ?? []).filter(({ inline }) => inline !== true);
      expect(listed).toHaveLength(3);
      const saves = page.locator('[data-action="save"]');
      expect(await saves.count()).toBe(listed.length);
      for (const [index, { name, content }] of listed.entries()) {
        const [download] = await Promise.all([page.waitForEvent('download'), saves.nth(index).click()]);
        expect(download.suggestedFilename()).toBe(name);
        if (!(content instanceof Uint8Array)) throw new TypeError('readMail gives bytes');
        expect(sha256(readFileSync(await download.path()))).toBe(sha256(content));
      }
      expect([errors, console]).toEqual([[], []]);
    } finally {
      await browser.close();
    }
  });

  it('checklist 4: a logging proxy sees no request while it is opened, read and saved, and one from a control page', async () => {
    const proxy = await startCountingProxy();
    const browser = await launchChromium({ proxyPort: proxy.port });
    try {
      const { page } = await visitFile(browser, file);
      await page.fill('#sealpost-passphrase', passphrase);
      await page.keyboard.press('Enter');
      await page.waitForSelector('html[data-state="open"]');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('[data-action="save"]').first().click(),
      ]);
      await download.path();
      await page.click('[data-action="lock"]');
      await page.waitForTimeout(1_500);
      expect([proxy.requests, proxy.connections]).toEqual([[], 0]);

      const control = path.join(folder, 'control.html');
      writeFileSync(control, '<!doctype html><img src="http://control.invalid/image.png">');
      await visitFile(browser, control);
      await expect.poll(() => proxy.requests).toEqual(['GET http://control.invalid/image.png']);
    } finally {
      await browser.close();
      await proxy.close();
    }
  });
});
