import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { expectDemoShown, sealDemo, type Demo } from './demo.js';
import { describeInEachEngine } from './driver/engines.js';
import { noOwnAddress, ownAddress, startSite } from './driver/site.js';
import { Visit } from './driver/visit.js';

let demo: Demo;

beforeAll(async () => {
  demo = await sealDemo();
});

describeInEachEngine(
  "the demo's envelope over plain http, from an address that is not loopback",
  (engine) => {
    it('7: opens where there is no crypto.subtle, says that it is slower there, and saves every attachment', async () => {
      const asked: string[] = [];
      const site = await startSite({ '/securedoc.html': demo.page }, ownAddress, (path) => asked.push(path));
      const browser = await engine.launch();
      try {
        const visit = await Visit.address(browser, `${site.origin}/securedoc.html`);
        expect(await visit.run(() => [isSecureContext, typeof crypto.subtle])).toEqual([false, 'undefined']);
        expect(await visit.find('.notice').shown()).toMatch(/slow/i);

        await enterPassphrase(visit, 'not this one');
        await visit.find('#sealpost-alert:not(:empty)').wait();
        await enterPassphrase(visit, demo.passphrase);
        await visit.state('open');
        await expectDemoShown(visit, demo.message);
        await visit.find('[data-action="lock"]').click();
        await sleep(1_000);
        // A browser may look for an icon; the page itself asks for nothing.
        expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/securedoc.html']);
        expect(visit.said?.filter((line) => !line.includes('favicon.ico')) ?? []).toEqual([]);
      } finally {
        await browser.close();
        await site.close();
      }
    });
  },
  noOwnAddress,
);
