import { readFileSync } from 'node:fs';
import { LANGUAGES } from '@sealpost/reader';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { png } from '../../packages/reader/test/support/png.js';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

const message = { text: 'marzipan', headers: { subject: 'Hidden subject' } };
const face = {
  org: 'Clinic of the City and the County of Somewhere',
  logo: new Uint8Array(png),
  contact: 'Patient office, +49 30 1234567, help@clinic.example',
  subject: 'Your letter of Friday, and what we talked of on the phone',
  date: 1_795_321_800,
  hint: 'In the text message that you were sent on Thursday, or on the letter from the ward.',
};
/** The longest words, the longest sentences, another script and the other direction; all of them in `npm run test:full`. */
const SPOKEN = LANGUAGES.filter((code) => process.env['SLOW'] !== undefined || ['de', 'fr', 'ja', 'ar'].includes(code));
/** The widths of a screen and a phone; 447 is the least of WebKitGTK's window. */
const WIDTHS = [1280, 320];

/** Where the parts of the card stand that the first paint shares with the running page. */
const places = (visit: Visit): Promise<Readonly<Record<string, readonly number[]>>> =>
  visit.run(() => {
    const found: Record<string, number[]> = {};
    for (const part of ['.card', '.logo', '.org', 'h1', '.lead', '.hint', 'dl', '.place', '.care', '.never'])
      for (const element of document.querySelectorAll(part)) {
        const { left, top, width } = element.getBoundingClientRect();
        found[part] = [left, top, width];
      }
    return found;
  });

describeInEachEngine('the look of the locked page', (engine) => {
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

  it.each([
    ['all that a sender can show', face, 10],
    ['nothing of the sender', {}, 6],
  ])(
    'nothing moves when the script takes over, wide and narrow, in every direction and script, with %s',
    async (_, shown, parts) => {
      const visit = await Visit.file(browser, folder.write('blank.html', '<!doctype html>'));
      for (const language of SPOKEN) {
        const running = await folder.seal(message, { face: shown, languages: [language] });
        // A blank breaks the script's hash: scripts are on, but this one does not run.
        const changed = readFileSync(running, 'ascii').replace('id="sealpost-open">', '$& ');
        const first = folder.write('first.html', changed);
        for (const width of WIDTHS) {
          await visit.resize(width, 800);
          await visit.gotoFile(first);
          expect(await visit.find('input').count()).toBe(0);
          const expected = await places(visit);
          expect(Object.keys(expected).length).toBe(parts);
          await visit.gotoFile(running);
          await visit.state('locked');
          expect(await places(visit), `${language} at ${String(width)}`).toEqual(expected);
        }
      }
      await visit.close();
    },
  );

  it('scrolls in one direction only, whatever the sender shows, in any language', async () => {
    const endless = { org: 'Musterstadt'.repeat(18), subject: 'x'.repeat(500), hint: 'y'.repeat(400) };
    const shown = { ...face, ...endless, contact: 'z'.repeat(400) };
    const file = await folder.seal(message, { face: shown, languages: [...LANGUAGES] });
    const visit = await Visit.file(browser, file);
    await enterPassphrase(visit, 'not it');
    await visit.find('#sealpost-alert:not(:empty)').wait();
    // 640 pixels are a screen of 1280 at 200 %.
    for (const width of [...WIDTHS, 640]) {
      await visit.resize(width, 800);
      for (const language of LANGUAGES) {
        await visit.find('select').select(language);
        const over = await visit.run(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
          const { scrollWidth, clientWidth } = document.documentElement;
          return [document.documentElement.lang, scrollWidth > clientWidth];
        });
        expect(over, `at ${String(width)}`).toEqual([language, false]);
      }
    }
    await visit.close();
  });

  it('can be read in any brand colour, light and dark', async () => {
    const visit = await Visit.file(browser, folder.write('blank.html', '<!doctype html>'));
    for (const color of ['#ffffff', '#000000', '#ffff00', '#0000ff', '#ff0000', '#808080', undefined]) {
      const file = await folder.seal(message, { face: { ...face, ...(color === undefined ? {} : { color }) } });
      const light = readFileSync(file, 'ascii');
      // In the style alone: the script, whose hash is in the policy, holds the same words.
      const [head = '', ...rest] = light.split('</style>');
      const dark = [head.replace(/\(prefers-color-scheme: ?dark\)/g, '(min-width:1px)'), ...rest].join('</style>');
      const grounds: string[] = [];
      for (const page of [light, dark]) {
        await visit.gotoFile(folder.write('colored.html', page));
        await visit.state('locked');
        const { ground, parts } = await visit.run(measureContrast);
        const unreadable = Object.entries(parts).filter(([, { contrast, least }]) => !(contrast >= least));
        expect(unreadable, `${String(color)} on ${ground}`).toEqual([]);
        expect(Object.keys(parts).length).toBeGreaterThan(12);
        grounds.push(ground);
      }
      expect(new Set(grounds).size).toBe(2);
    }
    await visit.close();
  });

  it('has no motion of its own', async () => {
    const visit = await Visit.file(browser, await folder.seal(message, { face }));
    const moving = await visit.run(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName !== 'none' || parseFloat(transitionDuration) > 0;
        }).length,
    );
    expect(moving).toBe(0);
    await visit.close();
  });
});

/** Runs in the page: the contrast of every text with what lies below it, and of the button and the line with the card. */
function measureContrast(): {
  readonly ground: string;
  readonly parts: Readonly<Record<string, { readonly contrast: number; readonly least: number }>>;
} {
  const luminance = (color: string): number => {
    const parts = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((value) => {
      const part = Number(value) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
  };
  const contrast = (one: string, other: string): number => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const below = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return /^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor) ? below(element.parentElement) : backgroundColor;
  };
  const parts: Record<string, { contrast: number; least: number }> = {};
  for (const details of document.querySelectorAll('details')) details.open = true;
  const texts = document.createTreeWalker(document.querySelector('main') ?? document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode() !== null) {
    const element = texts.currentNode.parentElement;
    if (element === null || element.offsetHeight === 0 || texts.currentNode.textContent?.trim() === '') continue;
    const text = `${element.tagName} ${texts.currentNode.textContent ?? ''}`;
    parts[text] = { contrast: contrast(getComputedStyle(element).color, below(element)), least: 4.5 };
  }
  const card = document.querySelector('.card') ?? document.body;
  const button = document.querySelector('form .primary') ?? card;
  const line = getComputedStyle(card).borderTopColor;
  parts['the button on the card'] = { contrast: contrast(below(button), below(card)), least: 3 };
  parts['the line on the card'] = { contrast: contrast(line, below(card)), least: 3 };
  parts['the line on the desk'] = { contrast: contrast(line, below(document.documentElement)), least: 3 };
  return { ground: below(card), parts };
}
