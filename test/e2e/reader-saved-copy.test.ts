import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  makeEnvelopeFolder,
  PASSPHRASE,
  type EnvelopeFolder,
} from '../../packages/reader/test/support/envelope-file.js';
import { openEnvelopeFile, unlock } from '../../packages/reader/test/support/reading.js';
import { inRoot } from '../../tools/lib/root.mjs';
import { describeUnless } from './driver/describe-unless.js';
import { describeInEachEngine } from './driver/engines.js';
import { firefoxEngine } from './driver/firefox.js';
import { Visit } from './driver/visit.js';
import { Marionette } from './saved-copy/marionette.js';
import { savePage, showFile } from './saved-copy/save-page.js';

const BODY = 'marzipan';
const SUBJECT = 'quillwort';
const FILE = 'ocelot.txt';
const FILE_BODY = 'umbrage';
const words = [BODY, SUBJECT, FILE, FILE_BODY, PASSPHRASE];
const message = {
  html: `<p>The word is <b>${BODY}</b>.`,
  headers: { subject: SUBJECT },
  attachments: [{ name: FILE, type: 'text/plain', content: Buffer.from(FILE_BODY) }],
};

let folder: EnvelopeFolder;
let file: string;

beforeAll(async () => {
  folder = makeEnvelopeFolder();
  file = await folder.seal(message);
});
afterAll(() => {
  folder.remove();
});

const found = (text: string): readonly string[] => words.filter((word) => text.includes(word));

it('28: the documentation says what a copy holds that is saved while the message is open', () => {
  const page = readFileSync(inRoot('docs/saving-a-copy.md'), 'utf8').replace(/\s+/g, ' ');
  expect(page).toContain('saved while the message is open holds it in clear text');
  expect(page).toContain('Press _Lock_ first');
});

describeInEachEngine('a copy of the page', (engine) => {
  it('28, 38: holds in clear text what is shown, while it is shown, and nothing of it before and afterwards', async () => {
    const browser = await engine.launch();
    try {
      const visit = await Visit.file(browser, file);
      // What browsers write: the tree of the page, and that of its frame.
      const copy = (): Promise<readonly string[]> =>
        visit.run(() => {
          const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument!);
          return [document, ...frames].map(({ documentElement }) => documentElement.outerHTML);
        });
      expect(found((await copy()).join())).toEqual([]);
      await unlock(visit);
      const [page = '', frame = ''] = await copy();
      expect([found(page), found(frame)]).toEqual([
        [SUBJECT, FILE],
        [BODY, SUBJECT],
      ]);
      await visit.find('[data-action="lock"]').click();
      expect(found((await copy()).join())).toEqual([]);
      await visit.close();
    } finally {
      await browser.close();
    }
  });
});

describeUnless(firefoxEngine.missing, 'a copy that Firefox saved as its menu does', () => {
  /** All that was written for one copy. */
  function written(copy: string): string {
    const beside = copy.replace(/\.html$/, '_files');
    const files = existsSync(beside) ? readdirSync(beside).map((name) => `${beside}/${name}`) : [];
    return [copy, ...files].map((name) => readFileSync(name, 'utf8')).join('\n');
  }

  it(
    '28, 38: opens as a locked envelope, whenever it was saved; while the message is open it holds it in clear text',
    { timeout: 240_000 },
    async () => {
      const copies = ['before', 'during', 'after'].map((name) => folder.write(`${name}.html`, ''));
      const [before, during, after] = copies as [string, string, string];
      const firefox = await Marionette.start();
      try {
        await showFile(firefox, file);
        await savePage(firefox, before);
        await firefox.run('content', OPEN, PASSPHRASE);
        await savePage(firefox, during);
        await firefox.run('content', LOCK);
        await savePage(firefox, after);
      } finally {
        await firefox.close();
      }
      expect([before, during, after].map((copy) => found(written(copy)))).toEqual([[], [BODY, SUBJECT, FILE], []]);

      const browser = await firefoxEngine.launch();
      try {
        for (const copy of copies) {
          const visit = await Visit.file(browser, copy);
          await visit.state('locked');
          expect(found(await visit.find('body').shown()), copy).toEqual([]);
          await visit.close();
          const reading = await openEnvelopeFile(browser, copy);
          expect(await reading.body.find('b').text()).toBe(BODY);
          await reading.close();
        }
      } finally {
        await browser.close();
      }
    },
  );
});

/** Run in the page. */
const OPEN = `async (passphrase) => {
  const field = document.querySelector('#sealpost-passphrase');
  field.value = passphrase;
  field.form.requestSubmit();
  while (document.documentElement.dataset.state !== 'open') await new Promise((resolve) => setTimeout(resolve, 50));
}`;
const LOCK = `async () => document.querySelector('[data-action="lock"]').click()`;
