import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeEnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile } from '../../packages/reader/test/support/reading.js';
import { startCountingProxy } from './driver/counting-proxy.js';
import { describeInEachEngine } from './driver/engines.js';
import { inTurn } from './hostile/in-turn.js';
import { Visit } from './driver/visit.js';
import { leaksAlone, leaksTo, noLeaks } from './hostile/leak-mails.js';
import { readHostile } from './hostile/read-hostile.js';

const SENTENCE = 'This mail can be read.';

describeInEachEngine(
  'a mail that calls home',
  (engine) => {
    it('[9] reaches nobody, neither by a request nor by a connection', async () => {
      const proxy = await startCountingProxy();
      const browser = await engine.launch({ proxyPort: proxy.port });
      const folder = makeEnvelopeFolder();
      try {
        const html = leaksTo('leak.test').replace('<body>', `$&<p>${SENTENCE}</p>`);

        const visit = await openEnvelopeFile(browser, await folder.seal({ html }));
        expect(await visit.body.find('body').text()).toContain(SENTENCE);
        expect(await visit.find('.notice').text()).toContain('left out');
        await visit.body.find('summary, p').hover();
        await sleep(1_500);
        await visit.close();
        expect([proxy.requests, proxy.connections]).toEqual([[], 0]);

        // The same mail without the page around it: the proxy does count.
        await Visit.file(browser, folder.write('control.html', html));
        await expect.poll(() => proxy.requests.length, { timeout: 30_000 }).toBeGreaterThan(20);
      } finally {
        await browser.close();
        await proxy.close();
        folder.remove();
      }
    });

    it('[9] reaches nobody in any one of its ways alone', async () => {
      const mails = leaksAlone();
      expect(mails.length).toBeGreaterThan(50);
      const proxy = await startCountingProxy();
      const browser = await engine.launch({ proxyPort: proxy.port });
      const folder = makeEnvelopeFolder();
      try {
        const visit = await Visit.file(browser, folder.write('blank.html', ''));
        for (const { name, html } of inTurn(mails, engine)) {
          const { ran, covered } = await readHostile(visit, await folder.seal({ html }));
          expect([ran, covered], name).toEqual([[], []]);
        }
        await sleep(1_500);
        expect([proxy.requests, proxy.connections]).toEqual([[], 0]);
      } finally {
        await browser.close();
        await proxy.close();
        folder.remove();
      }
    }, 300_000);
  },
  noLeaks,
);
