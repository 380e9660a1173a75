import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile } from '../../packages/reader/test/support/reading.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';

describeInEachEngine('a printed message', (engine) => {
  const headers = { subject: 'On paper', from: [{ name: 'A', address: 'a@x.example' }] };
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

  it('27: prints its own header, whatever the mail’s style says', async () => {
    const hide = 'display:none!important;color:#fff!important;font-size:0!important;visibility:hidden!important';
    const html = `<style>@media print{html,body,div,h1,p,*,.paper,:root,html>div,div p:first-child{${hide}}}</style><body style="${hide}"><h1>Forged</h1><p>From: forged`;
    const visit = await openEnvelopeFile(browser, await folder.seal({ html, headers }));
    await visit.showAsPrinted();
    const header = visit.body.find('.paper');
    const height = await header.find('h1').run((title) => title.getBoundingClientRect().height);
    expect(height).toBeGreaterThan(30);
    expect(await header.shown()).toMatch(/On paper[^]*From: A <a@x\.example>/);
    const style = await header.find('p').run((line) => {
      const { color, fontSize, visibility } = getComputedStyle(line);
      return [color, fontSize, visibility];
    });
    expect(style).toEqual(['rgb(0, 0, 0)', '16px', 'visible']);
    await visit.close();
  });

  it('27: prints the message with its headers, by the user’s button only', async () => {
    const visit = await openEnvelopeFile(browser, await folder.seal({ html: '<p>x', headers }));
    await visit.run(() => {
      const frame = document.querySelector('iframe')!.contentWindow!;
      Object.assign(globalThis, { printed: 0 });
      frame.print = () => {
        (globalThis as unknown as { printed: number }).printed++;
      };
    });
    const printed = (): Promise<number> => visit.run(() => (globalThis as unknown as { printed: number }).printed);
    expect(await printed()).toBe(0);
    await visit.find('[data-action="print"]').click();
    expect(await printed()).toBe(1);
    const header = visit.body.find('.paper');
    expect(await header.isVisible()).toBe(false);
    await visit.showAsPrinted();
    expect(await header.isVisible()).toBe(true);
    expect(await header.shown()).toMatch(/On paper[^]*From: A <a@x\.example>/);
    await visit.close();
  });

  it('27: prints what the sender notes, also above the text alone, and a title that says nothing', async () => {
    const notes = { handling: 'For the ward only.', expires: Date.UTC(2027, 0, 31, 12) / 1000 };
    const file = await folder.seal({ html: '<p>x', text: 'x', headers }, { notes });
    const visit = await openEnvelopeFile(browser, file);
    const header = visit.body.find('.paper');
    for (const kind of ['html', 'text']) {
      expect(await header.isVisible()).toBe(false);
      const printed = /On paper[^]*From: A <a@x\.example>[^]*For the ward only\.[^]*after January 31, 2027/;
      expect(await header.text(), kind).toMatch(printed);
      expect(await header.run(({ ownerDocument }) => ownerDocument.title)).toBe('Secure message');
      if (kind === 'text') break;
      await visit.find('.body button').click();
      await visit.body.find('.text').wait();
    }
    await visit.showAsPrinted();
    expect(await header.shown()).toContain('For the ward only.');
    await visit.close();
  });
});
