import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seal, type Message } from 'sealpost';
import { readMail } from 'sealpost/mail';
import { beforeAll, expect, it } from 'vitest';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { describeInEachEngine } from './driver/engines.js';
import { noOwnAddress, ownAddress, startSite } from './driver/site.js';
import { Visit } from './driver/visit.js';

const MAIL = fileURLToPath(new URL('../../examples/mail/discharge-letter.eml', import.meta.url));

let message: Message;
let passphrase: string;
let page: Uint8Array;

beforeAll(async () => {
  message = await readMail(readFileSync(MAIL));
  const sealed = await seal(message);
  passphrase = sealed.passphrase ?? '';
  page = await sealed.bytes();
});

describeInEachEngine(
  "the demo's envelope over plain http, from an address that is not loopback",
  (engine) => {
    it('[7] opens where there is no crypto.subtle, says that it is slower there, and saves every attachment', async () => {
      const asked: string[] = [];
      const site = await startSite({ '/securedoc.html': page }, ownAddress, (path) => asked.push(path));
      const browser = await engine.launch();
      try {
        const visit = await Visit.address(browser, `${site.origin}/securedoc.html`);
        expect(await visit.run(() => [isSecureContext, typeof crypto.subtle])).toEqual([false, 'undefined']);
        expect(await visit.find('.notice').shown()).toMatch(/slow/i);

        await enterPassphrase(visit, 'not this one');
        await visit.find('#sealpost-alert:not(:empty)').wait();
        await enterPassphrase(visit, passphrase);
        await visit.state('open');
        expect(await visit.body.find('body').shown()).toContain('Sehr geehrter Herr Müller');
        const image = visit.body.find('img');
        await expect.poll(() => image.run((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

        const listed = (message.attachments ?? []).filter(({ inline }) => inline !== true);
        const saves = visit.find('[data-action="save"]');
        for (const [index, { name, content }] of listed.entries()) {
          const saved = await visit.save(() => saves.nth(index).click());
          expect(saved.name).toBe(name);
          expect(saved.bytes.equals(content as Uint8Array)).toBe(true);
        }
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
