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
    const page = await openEnvelopeFile(browser, await folder.seal({ text: '!\n'.repeat(30_000) }));
    await page.find('.notice').wait();
    expect(await page.find('.notice').text()).toBe(en.strings.tooLong);
    expect((await page.body.find('.text').text()).match(/!/g)).toHaveLength(20_000);
    await page.close();
  });

  it('9: of many marks above one letter the first are shown', async () => {
    const page = await openEnvelopeFile(browser, await folder.seal({ text: `a${'\u0300'.repeat(400_000)}b` }));
    expect((await page.body.find('.text').text()).length).toBeLessThan(100);
    await page.close();
  }, 15_000);

  it('9: a text whose direction changes too often is shown in part, and the page says so', async () => {
    const page = await openEnvelopeFile(browser, await folder.seal({ text: '\u05d0a'.repeat(400_000) }));
    await page.find('.notice').wait();
    expect(await page.find('.notice').text()).toBe(en.strings.tooLong);
    await page.close();
  }, 15_000);

  it('9: of a long subject and of long names the beginning is shown', async () => {
    const long = `a${'\u0300'.repeat(200_000)}${'\u05d0a'.repeat(200_000)}`;
    const headers = {
      subject: long,
      from: [{ name: long, address: 'a@example.org' }],
      to: [{ name: '', address: long }],
    };
    const page = await openEnvelopeFile(browser, await folder.seal({ text: 'x', headers }));
    const shown = [page.find('h1'), page.find('.who'), page.body.find('.paper')];
    for (const place of shown) expect((await place.text()).length).toBeLessThan(4_000);
    await page.close();
  }, 15_000);

  it('9: many long names of attachments are shortened', async () => {
    const attachments = Array.from({ length: 500 }, (_, index) => ({
      name: `${'\u05d0'.repeat(1_900)}${index}.pdf`,
      type: 'application/pdf',
      content: new Uint8Array(1),
    }));
    const page = await openEnvelopeFile(browser, await folder.seal({ text: 'x', attachments }));
    const names = await page.find('.files .name bdi').texts();
    expect(names).toHaveLength(500);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    await page.close();
  }, 15_000);
});
