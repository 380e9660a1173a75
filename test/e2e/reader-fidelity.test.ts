import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MailMessage } from 'sealpost/mail';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { CHOSEN } from './corpora/chosen.js';
import { measureLayout, type Box } from './corpora/layout.js';
import { noCorpora, readCorpusMail } from './corpora/mails.js';
import { chromiumEngine, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';
import type { Driven } from './driver/engine.js';
import { Visit } from './driver/visit.js';

const names = Object.keys(CHOSEN);
const obstacle = noCorpora ?? noChromium;
if (obstacle !== undefined) console.log(`SKIPPED ${names.length} mails beside their plain rendering: ${obstacle}`);

/**
 * What both renderings begin with: the page's font and line height instead of the browser's Times, and its padding instead of a margin.
 * Everything else of the page's style is a difference to be seen. The doctype is the page's as well: of a mail's, a browser heeds
 * nothing but whether it is an old one, and then lays lines out as browsers did before there were standards.
 */
const BASE = `<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>html { font: 16px/1.5 system-ui, sans-serif } body { margin: 0; padding: 20px; overflow-wrap: break-word }</style>
`;

/** The larger of so many pixels, and this part of a size, or of the page for a place. */
const PIXELS = 2;
const PART = 0.05;

describeUnless(obstacle, 'mails from the wild beside Chromium’s plain rendering', () => {
  let browser: Driven;
  let folder: EnvelopeFolder;
  let ours: Visit;
  let plain: Visit;
  let pair: Visit;

  beforeAll(async () => {
    browser = await chromiumEngine.launch();
    folder = makeEnvelopeFolder();
    const blank = folder.write('blank.html', '<!doctype html>');
    [ours, plain, pair] = [
      await Visit.file(browser, blank),
      await Visit.file(browser, blank),
      await Visit.file(browser, blank),
    ];
    await ours.resize(1_000, 800);
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  it('are twenty', () => {
    expect(names).toHaveLength(20);
  });

  it.each(names)('%s has the same text and the same boxes', async (name) => {
    const mail = await readCorpusMail(name);
    await ours.gotoFile(await folder.seal(mail));
    await unlock(ours);
    await ours.waitFor(() =>
      [...document.querySelector('iframe')!.contentDocument!.images].every(
        ({ complete, naturalWidth }) => complete && naturalWidth > 0,
      ),
    );
    const width = await ours.run(() => document.querySelector('iframe')!.clientWidth);
    await plain.resize(width, 800);
    await plain.gotoFile(folder.write('plain.html', BASE + withPictures(mail)));
    await writePair(name);

    const [shown, expected] = [await ours.run(measureLayout, true), await plain.run(measureLayout, false)];
    expect(folded(expected.text).length + expected.boxes.length).toBeGreaterThan(0);
    expect(folded(shown.text)).toBe(folded(expected.text));
    expect(shown.boxes.map((box) => box.name)).toEqual(expected.boxes.map((box) => box.name));
    const height = Math.max(0, ...expected.boxes.map((box) => box.y + box.height));
    const apart = shown.boxes.filter((box, index) => !agrees(box, expected.boxes[index]!, { width, height }));
    expect(apart.map((box) => box.name)).toEqual(CHOSEN[name]?.apart?.boxes ?? []);
  });

  it('13: shows a host in one line in front of a link in a narrow cell, and none where nothing can be clicked', async () => {
    const html =
      '<style>.large { display: block; width: 9em; height: 9em }</style><table width="100%"><tr><td width="1">' +
      '<a href="https://narrow.example/1">x</a><td width="1"><a href="https://gone.example/"><img src="https://gone.example/1"></a>' +
      '<td><a class="large" href="https://gone.example/"> <b></b></a></table>';
    await ours.gotoFile(await folder.seal({ html }));
    await unlock(ours);
    expect(await ours.body.find('.host').texts()).toEqual(['narrow.example']);
    expect(await ours.body.find('.host').run((host) => host.getBoundingClientRect().height)).toBeLessThan(20);
    expect(await ours.body.find('a[href]').texts()).toEqual(['narrow.examplex']);
  });

  it('would tell a word, an element, a place and a size that differ', async () => {
    const boxesOf = async (html: string): Promise<readonly Box[]> => {
      await plain.gotoFile(folder.write('plain.html', BASE + html));
      return (await plain.run(measureLayout, false)).boxes;
    };
    await plain.resize(800, 800);
    const page = { width: 800, height: 200 };
    const [box] = await boxesOf('<p style="margin:0;width:200px">one');
    const [wider] = await boxesOf('<p style="margin:0;width:212px">one');
    const [lower] = await boxesOf('<p style="margin:12px 0 0;width:200px">one');
    const [alike] = await boxesOf('<p style="margin:4px 0 0;width:208px">one');
    expect([wider, lower, alike].map((other) => agrees(box!, other!, page))).toEqual([false, false, true]);
    expect((await boxesOf('<div><p>one</div><img src="http://x.test/"><b>two')).map(({ name }) => name)).toEqual([
      'div',
      'p',
    ]);
  });

  /** Both renderings beside each other, for people: the whole page of ours, plates, alternative texts and all. */
  async function writePair(name: string): Promise<void> {
    const pictures: string[] = [];
    for (const visit of [ours, plain]) {
      const [wide, high] = await visit.run(() => [innerWidth, document.documentElement.scrollHeight] as const);
      await visit.resize(wide, Math.min(high, 3_000));
      pictures.push((await visit.screenshot()).toString('base64'));
      await visit.resize(wide, 800);
    }
    const images = pictures.map((picture) => `<img src="data:image/png;base64,${picture}">`).join('');
    const style =
      'body { display: flex; align-items: start; gap: 20px; margin: 0; background: #999; width: max-content }';
    await pair.gotoFile(folder.write('pair.html', `<!doctype html><style>${style}</style>${images}`));
    const [wide, high] = await pair.run(() => [document.body.offsetWidth, document.body.offsetHeight] as const);
    await pair.resize(wide, high);
    const file = new URL(`pairs/${name.replaceAll('/', '-').replace('.eml', '.png')}`, import.meta.url);
    writeFileSync(fileURLToPath(file), await pair.screenshot());
  }
});

function agrees(a: Box, b: Box, page: { readonly width: number; readonly height: number }): boolean {
  const near = (one: number, other: number, whole: number): boolean =>
    Math.abs(one - other) <= Math.max(PIXELS, PART * whole);
  return (
    near(a.x, b.x, page.width) &&
    near(a.y, b.y, page.height) &&
    near(a.width, b.width, b.width) &&
    near(a.height, b.height, b.height)
  );
}

/** The mail's HTML with its own pictures in place of their content ids. */
function withPictures({ html = '', attachments }: MailMessage): string {
  return attachments.reduce((text, { contentId, type, content }) => {
    const picture = `data:${type};base64,${Buffer.from(content).toString('base64')}`;
    return contentId === undefined ? text : text.replaceAll(`cid:${contentId}`, picture);
  }, html);
}

function folded(text: string): string {
  // A blank without width is what the page puts into words of more than 300 letters.
  return text.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim();
}
