import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  makeEnvelopeFolder,
  PASSPHRASE,
  type EnvelopeFolder,
} from '../../packages/reader/test/support/envelope-file.js';
import { describeUnless } from './driver/describe-unless.js';
import { until } from './driver/until.js';
import { pagesOf } from './paper/pdf.js';
import { printers, type PrintingPage } from './paper/printer.js';

const headers = {
  subject: 'On three pages',
  from: [{ name: 'Riverside Clinic', address: 'letters@clinic.example' }],
  to: [{ name: 'Ada Okafor', address: 'ada@home.example' }],
  date: '2026-11-22T12:30:00Z',
};
const PARAGRAPHS = 22;
const SENTENCE = 'The blood count is within the normal range, and so are the values for liver and kidney. ';
const html = Array.from(
  { length: PARAGRAPHS },
  (_, index) => `<p>Paragraph ${index + 1} begins here. ${SENTENCE.repeat(3)}Paragraph ${index + 1} ends here.</p>`,
).join('');
const HEADER = [
  'On three pages',
  'From: Riverside Clinic <letters@clinic.example>',
  'To: Ada Okafor <ada@home.example>',
  'Date: Sunday, November 22, 2026',
];

for (const { name, missing, start } of printers) {
  describeUnless(missing, `a message on paper, from ${name}`, () => {
    let page: PrintingPage;
    let folder: EnvelopeFolder;

    beforeAll(async () => {
      folder = makeEnvelopeFolder();
      page = await start();
    });
    afterAll(async () => {
      await page.close();
      folder.remove();
    });

    async function open(...sealing: Parameters<EnvelopeFolder['seal']>): Promise<void> {
      await page.goto(pathToFileURL(await folder.seal(...sealing)).href);
      await shows(`document.activeElement?.id === 'sealpost-passphrase'`);
      await page.type('#sealpost-passphrase', PASSPHRASE);
      await page.press('Enter');
      await shows(`document.documentElement.dataset.state === 'open'`);
    }

    async function shows(expression: string): Promise<void> {
      await until(
        async () => (await page.evaluate(expression)) === true,
        () => `this did not become true: ${expression}`,
      );
    }

    const frame = `(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight].join())(document.querySelector('iframe'))`;

    it.each([
      ['the page’s button', () => page.click('[data-action="print"]')],
      // What the browser's menu does, too.
      ['the browser’s own command', () => page.evaluate('setTimeout(print) > 0')],
    ])('is whole on three pages, the first with its headers, by %s', async (_, print) => {
      await open({ html, headers });
      const before = await page.evaluate(frame);
      const pages = await pagesOf(await page.print(print));
      expect(pages).toHaveLength(3);
      for (const text of HEADER) expect(pages[0]).toContain(text);
      for (const text of pages) expect(text).toContain(SENTENCE.trim());
      expect(pages.join(' ').split('On three pages')).toHaveLength(2);
      for (let number = 1; number <= PARAGRAPHS; number++) {
        expect(pages.join(' ')).toContain(`Paragraph ${number} begins here.`);
        expect(pages.join(' ')).toContain(`Paragraph ${number} ends here.`);
      }
      // Nothing that can be pressed, and nothing about the page.
      expect(pages.join(' ')).not.toMatch(/Print|Lock|Saved files/);
      // The window has its message back as it was.
      await shows(`${frame} === ${JSON.stringify(before)}`);
    });

    it('has its headers where the message has no text', async () => {
      await open({ headers, attachments: [{ name: 'a.bin', type: 'application/pdf', content: Buffer.from('x') }] });
      const pages = await pagesOf(await page.print(() => page.click('[data-action="print"]')));
      expect(pages).toHaveLength(1);
      expect(pages[0]).toMatch(/On three pages From Riverside Clinic[^]*a\.bin/);
    });

    it('is printed by the keys for printing as by the button', async () => {
      await open({ html, headers });
      await page.evaluate(
        `globalThis.asked = []; document.querySelector('iframe').contentWindow.print = () => asked.push('frame'); globalThis.print = () => asked.push('page'); 0`,
      );
      const press = (target: string, init: string): string =>
        `${target}.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true, cancelable: true, ${init} }))`;
      const inFrame = `document.querySelector('iframe').contentDocument.body`;
      // `false`: the browser is told to do nothing itself.
      expect(await page.evaluate(press('document.body', 'ctrlKey: true'))).toBe(false);
      expect(await page.evaluate(press(inFrame, 'metaKey: true'))).toBe(false);
      expect(await page.evaluate(press('document.body', ''))).toBe(true);
      expect(await page.evaluate('asked.join()')).toBe('frame,frame');
    });
  });
}
