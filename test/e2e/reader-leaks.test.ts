import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { inTurn } from './driver/in-turn.js';
import { useCountingProxy } from './driver/use-counting-proxy.js';
import { Visit } from './driver/visit.js';
import { leaksAlone, leaksTo, noLeaks } from './hostile/leak-mails.js';
import { readHostile } from './hostile/read-hostile.js';

const SENTENCE = 'This mail can be read.';

describeInEachEngine(
  'a mail that calls home',
  (engine) => {
    const proxy = useCountingProxy();
    const reader = useReader(engine, () => ({ proxyPort: proxy.port }));

    it('9: reaches nobody in any one of its ways alone', async () => {
      const mails = leaksAlone();
      expect(mails.length).toBeGreaterThan(50);
      const visit = await reader.visit(reader.write('blank.html', ''));
      for (const { name, html } of inTurn(mails, engine)) {
        const { ran, covered } = await readHostile(visit, await reader.seal({ html }));
        expect([ran, covered], name).toEqual([[], []]);
      }
      await sleep(1_500);
      expect([proxy.requests, proxy.connections]).toEqual([[], 0]);
    }, 300_000);

    // The last one: its control is counted.
    it('9: reaches nobody, neither by a request nor by a connection', async () => {
      const html = leaksTo('leak.test').replace('<body>', `$&<p>${SENTENCE}</p>`);

      const visit = await reader.open({ html });
      expect(await visit.body.find('body').text()).toContain(SENTENCE);
      expect(await visit.find('.notice').text()).toContain('left out');
      await visit.body.find('summary, p').hover();
      await sleep(1_500);
      // Nor when it is left.
      await visit.gotoFile(reader.write('blank.html', ''));
      expect([proxy.requests, proxy.connections]).toEqual([[], 0]);

      // The same mail without the page around it: the proxy does count.
      await Visit.file(reader.browser, reader.write('control.html', html));
      await expect.poll(() => proxy.requests.length, { timeout: 30_000 }).toBeGreaterThan(20);
    });
  },
  noLeaks,
);
