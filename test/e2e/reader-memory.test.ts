import { createHash, randomFillSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeEnvelopeFolder, PASSPHRASE } from '../../packages/reader/test/support/envelope-file.js';
import { measurePage, SEALPOST_PAGE } from '../bench/page-memory.js';
import { noResident } from '../bench/resident.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';

const SIZE = 25_000_000;

describeUnless(noChromium ?? noResident, 'memory of an envelope of 25 MB in Chromium', () => {
  it('is at most 1.5 times the attachment above the locked page once it is saved', async () => {
    const folder = makeEnvelopeFolder();
    const browser = await launchChromium();
    try {
      const content = randomFillSync(new Uint8Array(SIZE));
      const attachment = { name: 'scan.bin', type: 'application/octet-stream', content };
      const file = await folder.seal({ text: 'x', attachments: [attachment] });
      const { opened, saved, sha256 } = await measurePage(browser, { file, passphrase: PASSPHRASE, ...SEALPOST_PAGE });
      console.log(`above the locked page: opened ${inMegabytes(opened)}, saved ${inMegabytes(saved)} MB`);
      expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect(opened / SIZE).toBeLessThan(0.5);
      expect(saved / SIZE).toBeLessThan(1.5);
    } finally {
      await browser.close();
      folder.remove();
    }
  });
});

function inMegabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
