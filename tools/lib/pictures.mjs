import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { prepareSecret, seal } from 'sealpost';
import { chromiumArgs } from './browsers.mjs';
import { Failure } from './failure.mjs';
import { openerShots, reachOpener } from './opener-pictures.mjs';
import { face, pageStates } from './page-states.mjs';
import { translations } from './sample-messages.mjs';

/**
 * @import { Browser, BrowserContextOptions } from 'playwright-core'
 * @import { PageState } from './page-states.mjs'
 *
 * @typedef {object} Shot
 * @property {string} name of the file, without its ending
 * @property {PageState} state
 * @property {string} [language] default: English
 * @property {BrowserContextOptions} [context]
 * @property {boolean} [print]
 * @property {string} [color] of the brand
 */

const passphrase = 'copper lantern river maple teapot';

/** @type {readonly Shot[]} */
const shots = [
  ...pageStates.map((state) => ({ name: state.name, state })),
  ...of(
    'dark',
    [
      'locked',
      'help',
      'wrong',
      'questions',
      'opening',
      'message',
      'message-text',
      'preview',
      'notes',
      'signed',
      'reply',
      'forward-sealed',
    ],
    {
      context: { colorScheme: 'dark' },
    },
  ),
  ...of(
    '320',
    [
      'no-script',
      'locked',
      'locked-more',
      'forgot',
      'questions',
      'message',
      'danger',
      'notes',
      'signed',
      'reply',
      'reply-sealed',
      'forward-sealed',
    ],
    {
      context: { viewport: { width: 320, height: 640 } },
    },
  ),
  // As wide as a window of 640 at 200 %.
  ...of('zoomed', ['locked', 'message'], {
    context: { viewport: { width: 320, height: 450 }, deviceScaleFactor: 2 },
  }),
  ...of('wide', ['locked', 'message'], { context: { viewport: { width: 1600, height: 900 } } }),
  ...of(
    'ar',
    [
      'no-script',
      'locked',
      'help',
      'questions-wrong',
      'message',
      'danger',
      'signed',
      'reply',
      'reply-not-sent',
      'forward-sealed',
    ],
    {
      language: 'ar',
    },
  ),
  ...of('ar-320', ['locked', 'message'], { language: 'ar', context: { viewport: { width: 320, height: 640 } } }),
  ...of('ja', ['locked', 'help', 'message', 'reply', 'reply-sealed'], { language: 'ja' }),
  ...of('de', ['locked', 'forgot', 'questions', 'reply-discard', 'forward-sealed'], { language: 'de' }),
  ...of('forced-colours', ['locked', 'wrong', 'message'], { context: { forcedColors: 'active' } }),
  ...of('print', ['message', 'locked'], { print: true, context: { viewport: { width: 794, height: 1123 } } }),
  ...of('yellow', ['locked', 'message'], { color: '#ffe600' }),
  ...of('black', ['locked'], { color: '#000000' }),
  ...of('yellow-dark', ['locked'], { color: '#ffe600', context: { colorScheme: 'dark' } }),
  ...of('black-dark', ['locked', 'message'], { color: '#000000', context: { colorScheme: 'dark' } }),
];

/**
 * @param {string} suffix
 * @param {readonly string[]} names
 * @param {Omit<Shot, 'name' | 'state'>} how
 * @returns {readonly Shot[]}
 */
function of(suffix, names, how) {
  return names.map((name) => {
    const state = pageStates.find((one) => one.name === name);
    if (state === undefined) throw new Error(`there is no state ${name}`);
    return { name: `${name}-${suffix}`, state, ...how };
  });
}

/**
 * @param {string} executable of a Chromium
 * @param {string} folder
 * @param {readonly string[]} names of pictures; none: all
 * @returns {Promise<number>} how many were taken
 */
export async function takePictures(executable, folder, names) {
  const all = [...shots, ...openerShots].map(({ name }) => name);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new Failure(`screenshots: no picture "${unknown}"; there are ${all.join(', ')}`);
  }
  /** @param {{ readonly name: string }} shot */
  const isWanted = ({ name }) => names.length === 0 || names.includes(name);
  const wanted = shots.filter(isWanted);
  const wantedOfOpener = openerShots.filter(isWanted);
  const count = wanted.length + wantedOfOpener.length;
  console.log(`screenshots: ${count} pictures with ${executable}`);
  mkdirSync(folder, { recursive: true });
  // One derivation for all: the pages do it each anew.
  const { prepared } = await prepareSecret({ passphrase, kdf: 'light', allowWeak: true });
  const scratch = mkdtempSync(path.join(tmpdir(), 'sealpost-pictures-'));
  const browser = await chromium.launch({ executablePath: executable, args: [...chromiumArgs(), '--hide-scrollbars'] });
  try {
    for (const shot of wanted) {
      const file = path.join(scratch, `${shot.name}.html`);
      writeFileSync(file, await pageOf(shot, prepared));
      const { state } = shot;
      const picture = await take(browser, { ...shot, noScript: state.noScript }, async (page) => {
        await page.addInitScript(state.before);
        await page.goto(pathToFileURL(file).href);
        await state.reach(page, passphrase);
      });
      keep(shot.name, picture, state.shows);
    }
    for (const shot of wantedOfOpener) {
      const reach = await reachOpener(scratch, shot, prepared, passphrase);
      keep(shot.name, await take(browser, shot, reach), shot.state.shows);
    }
  } finally {
    await browser.close();
    rmSync(scratch, { recursive: true });
  }
  return count;

  /**
   * @param {string} name
   * @param {Buffer} picture
   * @param {string} shows
   */
  function keep(name, picture, shows) {
    writeFileSync(path.join(folder, `${name}.png`), smaller(picture));
    console.log(`  ${name}: ${shows}`);
  }
}

/**
 * @param {Shot} shot
 * @param {import('sealpost').PreparedSecret} prepared
 */
async function pageOf({ state, language = 'en', color = face.color }, prepared) {
  const { message, options } = state;
  const translated = language === 'ar' || language === 'ja' ? translations[language] : message;
  const sealed = await seal(translated, {
    ...(options.questions ? {} : { prepared }),
    ...options,
    ...(options.face && { face: { ...options.face, color } }),
    languages: language === 'en' ? ['en', 'de', 'fr'] : [language, 'en'],
  });
  return state.change(Buffer.from(await sealed.bytes()).toString('latin1'));
}

/**
 * @param {Browser} browser
 * @param {Pick<Shot, 'language' | 'context' | 'print'> & { readonly noScript?: boolean }} how
 * @param {(page: import('playwright-core').Page) => Promise<void>} reach
 */
async function take(browser, { language = 'en-GB', context, print, noScript = false }, reach) {
  const tab = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    // As on a phone, bars lie above the page, which then keeps no room for them.
    isMobile: true,
    locale: language,
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
    javaScriptEnabled: !noScript,
    ...context,
  });
  try {
    const page = await tab.newPage();
    await reach(page);
    if (print === true) await page.emulateMedia({ media: 'print' });
    return await page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' });
  } finally {
    await tab.close();
  }
}

/**
 * The same picture in 256 colours, where there is a program for it.
 *
 * @param {Buffer} picture
 */
function smaller(picture) {
  const { status, stdout } = spawnSync('pngquant', ['--speed', '1', '--strip', '256', '-'], { input: picture });
  return status === 0 ? stdout : picture;
}
