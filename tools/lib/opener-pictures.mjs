import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { seal } from 'sealpost';
import { openerFiles } from 'sealpost/opener';
import { openerStates } from './opener-states.mjs';
import { face } from './page-states.mjs';
import { letter } from './sample-messages.mjs';

/**
 * @import { BrowserContextOptions, Page } from 'playwright-core'
 * @import { OpenerState } from './opener-states.mjs'
 *
 * @typedef {object} OpenerShot
 * @property {string} name
 * @property {OpenerState} state
 * @property {string} [language]
 * @property {BrowserContextOptions} [context]
 */

/** @type {readonly OpenerShot[]} */
export const openerShots = [
  ...openerStates.map((state) => ({ name: state.name, state })),
  ...of('dark', { context: { colorScheme: 'dark' } }),
  ...of('320', { context: { viewport: { width: 320, height: 640 } } }),
  ...of('ar', { language: 'ar' }),
];

/**
 * @param {string} suffix
 * @param {Omit<OpenerShot, 'name' | 'state'>} how
 * @returns {readonly OpenerShot[]}
 */
function of(suffix, how) {
  return openerStates.map((state) => ({ name: `${state.name}-${suffix}`, state, ...how }));
}

/**
 * What brings a page of a browser into a state of the opener.
 *
 * @param {string} scratch a folder that is taken away afterwards
 * @param {OpenerShot} shot
 * @param {import('sealpost').PreparedSecret} prepared
 * @param {string} passphrase
 * @returns {Promise<(page: Page) => Promise<void>>}
 */
export async function reachOpener(scratch, { state }, prepared, passphrase) {
  const folder = path.join(scratch, 'opener');
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of openerFiles()) writeFileSync(path.join(folder, name), bytes);
  const sealed = await seal(letter, { prepared, face });
  const envelope = Buffer.from(await sealed.bytes());
  return async (page) => {
    await page.goto(pathToFileURL(path.join(folder, 'index.html')).href);
    await page.locator('html[data-opener=ready]').waitFor();
    await state.reach(page, envelope, passphrase);
  };
}
