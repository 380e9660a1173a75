import { afterAll, beforeAll, expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile } from '../../packages/reader/test/support/reading.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';

describeInEachEngine('a plain text made to hang a reader', (engine) => {
  let browser: Driven;
  let folder: EnvelopeFolder;
  beforeAll(async () => {
    browser = await engine.launch();
    folder = makeEnvelopeFolder();
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  it('9: of many quotes, the first are looked at for what stands before them', async () => {
    // Each look reads all that stands before: together they took half a minute in Firefox.
    const text = '>\n>\n>\n!\n'.repeat(12_000);
    const page = await openEnvelopeFile(browser, await folder.seal({ text }));
    expect(await page.body.find('details').count()).toBe(0);
    await page.close();
  }, 15_000);

  it('9: of many web addresses the first are links', async () => {
    const text = 'http://a.example/b '.repeat(20_000);
    const page = await openEnvelopeFile(browser, await folder.seal({ text }));
    expect(await page.body.find('a').count()).toBe(2_000);
    expect(await page.body.find('.text').text()).toContain(text.trim().slice(-100));
    await page.close();
  });

  it('9: of many lines the first are shown, and the page says so', async () => {
    const page = await openEnvelopeFile(browser, await folder.seal({ text: '!\n'.repeat(60_000) }));
    await page.find('.notice').wait();
    expect(await page.find('.notice').text()).toBe(en.strings.tooLong);
    expect((await page.body.find('.text').text()).match(/!/g)).toHaveLength(50_000);
    await page.close();
  });
});
