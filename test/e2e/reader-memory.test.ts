import { createHash, randomFillSync } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { makeEnvelopeFolder, PASSPHRASE } from '../../packages/reader/test/support/envelope-file.js';
import { measurePage, SEALPOST_PAGE } from '../bench/page-memory.js';
import { noResident } from '../bench/resident.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';

const SIZE = 25_000_000;
const content = randomFillSync(new Uint8Array(SIZE));
const attachments = [{ name: 'scan.bin', type: 'application/octet-stream', content }];
const sha256 = createHash('sha256').update(content).digest('hex');

describeUnless(noChromium ?? noResident, 'memory of an envelope of 25 MB in Chromium', () => {
  it('is at most 1.5 times the attachment above the locked page once it is saved', async () => {
    const folder = makeEnvelopeFolder();
    const browser = await launchChromium();
    try {
      const file = await folder.seal({ text: 'x', attachments });
      const { opened, saved, ...rest } = await measurePage(browser, { file, passphrase: PASSPHRASE, ...SEALPOST_PAGE });
      console.log(`above the locked page: opened ${inMegabytes(opened)}, saved ${inMegabytes(saved)} MB`);
      expect(rest.sha256).toBe(sha256);
      expect(opened / SIZE).toBeLessThan(0.5);
      expect(saved / SIZE).toBeLessThan(1.5);
    } finally {
      await browser.close();
      folder.remove();
    }
  });
});

describeUnless(noChromium, 'time of an envelope of 25 MB in Chromium', () => {
  it('saving it holds up the page for short times only', async () => {
    const folder = makeEnvelopeFolder();
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ acceptDownloads: true });
      await page.goto(pathToFileURL(await folder.seal({ text: 'x', attachments })).href);
      await page.fill(SEALPOST_PAGE.field, PASSPHRASE);
      await page.press(SEALPOST_PAGE.field, 'Enter');
      await page.locator(SEALPOST_PAGE.save).first().waitFor({ timeout: 60_000 });
      await page.evaluate(() => {
        const tasks: number[] = [];
        new PerformanceObserver((list) => {
          tasks.push(...list.getEntries().map(({ duration }) => duration));
        }).observe({ entryTypes: ['longtask'] });
        const blobs: number[] = [];
        globalThis.Blob = class extends Blob {
          constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
            super(parts, options);
            blobs.push(parts.reduce((most, part) => Math.max(most, part instanceof Uint8Array ? part.length : 0), 0));
          }
        };
        Object.assign(globalThis, { measured: { tasks, blobs }, start: performance.now() });
      });
      await Promise.all([page.waitForEvent('download'), page.click(SEALPOST_PAGE.save)]);
      const { whole, tasks, blobs } = await page.evaluate(async () => {
        const { measured, start } = globalThis as unknown as { measured: Record<string, number[]>; start: number };
        const whole = performance.now() - start;
        // Long tasks are told of a little later.
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { whole, tasks: measured['tasks'] ?? [], blobs: measured['blobs'] ?? [] };
      });
      console.log(`saved in ${whole.toFixed()} ms; long tasks: ${tasks.join(', ') || 'none'} ms`);
      expect(Math.max(...blobs)).toBeLessThan(1_000_000);
      expect(Math.max(0, ...tasks)).toBeLessThan(Math.max(200, whole / 4));
    } finally {
      await browser.close();
      folder.remove();
    }
  });
});

function inMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
