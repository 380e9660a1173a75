import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { LANGUAGES } from '@sealpost/reader';
import { pageStates, type PageState } from '../../tools/lib/page-states.mjs';
import { faults, smallTargets, widerThanWindow } from './accessibility.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';
import { reachState } from './page-state.js';

/** Every language where much is written, of its results in `npm run test:full`; elsewhere one in each direction. */
function languagesOf({ name }: PageState): readonly string[] {
  const all = process.env['SLOW'] === undefined ? ['reply'] : ['reply', 'reply-not-sent', 'forward-sealed'];
  return all.includes(name) ? LANGUAGES : ['en', 'ar'];
}

describeUnless(noChromium, 'the page is accessible', () => {
  let browser: Browser;
  let folder: EnvelopeFolder;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = makeEnvelopeFolder();
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  describe.each(
    pageStates.flatMap((state) => languagesOf(state).map((language) => [state.name, language, state] as const)),
  )('in the state "%s" in %s', (_, language, state) => {
    let page: Page;

    beforeAll(async () => {
      page = await reachState(browser, folder, state, { language });
    });
    afterAll(async () => {
      await page.context().close();
    });

    it.each(['light', 'dark'] as const)('axe finds nothing: %s', async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      expect(await faults(page)).toEqual([]);
    });

    // Those of CSS, in a window of 640 at 200 %.
    it('it fits 320 pixels, and can be touched', async () => {
      await page.setViewportSize({ width: 320, height: 512 });
      expect(await page.evaluate(widerThanWindow)).toEqual([]);
      expect(await page.evaluate(smallTargets)).toEqual([]);
    });
  });

  it('axe sees what is wrong', async () => {
    const page = await reachState(browser, folder, stateOf('locked'));
    await page.evaluate(() => {
      document.querySelector('label')?.remove();
      document.querySelector<HTMLElement>('.lead')?.style.setProperty('color', '#ccc');
      document.querySelector<HTMLElement>('.field button')?.style.setProperty('height', '10px');
      document.documentElement.removeAttribute('lang');
    });
    const found = (await faults(page)).map((fault) => fault.replace(/:.*/s, ''));
    expect(found).toEqual(expect.arrayContaining(['label', 'color-contrast', 'html-has-lang']));
    await page.context().close();
  });

  it('what is too wide, or too small to be touched, is seen', async () => {
    const page = await reachState(browser, folder, stateOf('locked'), { viewport: { width: 320, height: 512 } });
    await page.evaluate(() => {
      const wide = document.createElement('p');
      wide.style.cssText = 'width:400px;height:9px';
      const small = document.createElement('button');
      small.style.cssText = 'min-height:0;height:20px;padding:0';
      document.querySelector('main')?.append(wide, small);
    });
    expect(await page.evaluate(widerThanWindow)).not.toEqual([]);
    expect(await page.evaluate(smallTargets)).toEqual(['BUTTON  2x20']);
    await page.context().close();
  });

  it('nothing moves by itself, so that there is nothing to reduce', async () => {
    const page = await reachState(browser, folder, stateOf('opening'));
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName !== 'none' || transitionDuration !== '0s';
        })
        .map(({ tagName }) => tagName),
    );
    expect(moving).toEqual([]);
    await page.context().close();
  });

  it('in forced colours, what can be pressed or typed into has an edge', async () => {
    const page = await reachState(browser, folder, stateOf('locked'), { forcedColors: 'active' });
    for (const css of ['input', '.primary', 'select']) {
      const edge = await page.locator(css).evaluate((element) => {
        const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(element);
        return borderTopStyle !== 'none' && borderTopColor !== backgroundColor;
      });
      expect(edge, css).toBe(true);
    }
    await page.context().close();
  });
});

function stateOf(name: string): PageState {
  return pageStates.find((state) => state.name === name)!;
}
