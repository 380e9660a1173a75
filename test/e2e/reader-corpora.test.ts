import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { makeEnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile, unlock } from '../../packages/reader/test/support/reading.js';
import { corpusNames, noCorpora, readCorpusMail } from './corpora/mails.js';
import { chromiumEngine, noChromium } from './driver/chromium.js';
import { startCountingProxy } from './driver/counting-proxy.js';
import { describeUnless } from './driver/describe-unless.js';
import { Visit } from './driver/visit.js';

/** As many as `test/corpora` seals. */
const MAILS = 223;

const slow = process.env['SLOW'] === '1' ? undefined : 'slow: npm run test:full';
const obstacle = noCorpora ?? noChromium ?? slow;
if (obstacle !== undefined) console.log(`SKIPPED ${MAILS} mails in Chromium: ${obstacle}`);

describeUnless(obstacle, 'mails from the wild, opened in Chromium', () => {
  const folder = makeEnvelopeFolder();
  afterAll(() => {
    folder.remove();
  });

  it('opens every one, without an error, a complaint or a request', { timeout: 600_000 }, async () => {
    const proxy = await startCountingProxy();
    const browser = await chromiumEngine.launch({ proxyPort: proxy.port });
    const faults: string[] = [];
    const start = performance.now();
    let longest = 0;
    let frames = 0;
    try {
      const visit = await openEnvelopeFile(browser, await folder.seal({ html: '<p>first' }));
      for (const name of corpusNames) {
        const file = await folder.seal(await readCorpusMail(name));
        const [said, asked, opened] = [visit.said?.length, proxy.requests.length, performance.now()];
        try {
          await visit.gotoFile(file);
          await unlock(visit);
          if ((await visit.find('#sealpost-body').count()) > 0) {
            frames++;
            await visit.body.find('body').wait();
          } else {
            // Nothing but attachments.
            await visit.find('.body .empty').wait();
          }
        } catch (error) {
          faults.push(`${name}: ${String(error)}`);
        }
        longest = Math.max(longest, performance.now() - opened);
        faults.push(...(visit.said ?? []).slice(said).map((text) => `${name} said ${text}`));
        faults.push(...proxy.requests.slice(asked).map((request) => `${name} asked for ${request}`));
      }
      await sleep(1_000);
      expect(faults).toEqual([]);
      expect([proxy.requests, proxy.connections]).toEqual([[], 0]);
      expect(corpusNames).toHaveLength(MAILS);

      // The same browser, proxy and console do notice what a mail without its envelope does.
      const control = '<img src="http://leak.test/seen"><script>console.error("said"); unknown();</script>';
      const loose = await Visit.file(browser, folder.write('control.html', control));
      await expect.poll(() => proxy.requests).toContain('GET http://leak.test/seen');
      await expect.poll(() => loose.said?.join()).toMatch(/error: said[^]*error: unknown is not defined/);
    } finally {
      await browser.close();
      await proxy.close();
    }
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    console.log(
      `${corpusNames.length} mails opened in Chromium, ${frames} of them with a body, in ${seconds} s; the slowest took ${longest.toFixed(0)} ms`,
    );
  });
});
