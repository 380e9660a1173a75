import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { LANGUAGES } from '@sealpost/reader';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSPHRASE, sealText } from '../../packages/reader/test/support/envelope-file.js';
import { openerStates } from '../../tools/lib/opener-states.mjs';
import { faults, smallTargets, widerThanWindow } from './accessibility.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';
import { writeOpener } from './opener.js';

describeUnless(noChromium, 'the opener is accessible', () => {
  let browser: Browser;
  let folder: string;
  let opener: string;
  let envelope: Buffer;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = mkdtempSync(path.join(tmpdir(), 'sealpost-opener-'));
    opener = pathToFileURL(writeOpener(folder)).href;
    envelope = Buffer.from(await sealText({ text: 'marzipan' }, { face: { org: 'Klinik am See', color: '#ffe600' } }));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Every language where the opener alone speaks; elsewhere in `npm run test:full`. */
  const alone = ['opener', 'opener-nothing', 'opener-several'];
  const states = openerStates.flatMap((state) =>
    (alone.includes(state.name) || process.env['SLOW'] !== undefined ? LANGUAGES : (['en', 'ar'] as const)).map(
      (language) => [state.name, language, state] as const,
    ),
  );

  describe.each(states)('in the state "%s" in %s', (_, language, state) => {
    let page: Page;

    beforeAll(async () => {
      page = await (await browser.newContext({ locale: language })).newPage();
      await page.goto(opener);
      await page.locator('html[data-opener=ready]').waitFor();
      await state.reach(page, envelope, PASSPHRASE);
    });
    afterAll(async () => {
      await page.context().close();
    });

    it('axe finds nothing, in light and in dark', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await faults(page), colorScheme).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      // In which an answer that is written here greets.
      const first = await page.evaluate(() => document.querySelector('[id^=sealpost-lang-]')?.id);
      if (await page.evaluate(() => 'state' in document.documentElement.dataset))
        expect(first).toBe(`sealpost-lang-${language}`);
    });

    it('it fits 320 pixels, and can be touched', async () => {
      await page.setViewportSize({ width: 320, height: 512 });
      expect(await page.evaluate(widerThanWindow)).toEqual([]);
      expect(await page.evaluate(smallTargets)).toEqual([]);
    });
  });
});
