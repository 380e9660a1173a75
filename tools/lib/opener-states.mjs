// States of the opener, and how a user comes to them: for pictures (tools/screenshots.mjs) and for the tests of accessibility.

/**
 * @import { Page } from 'playwright-core'
 *
 * @typedef {object} OpenerState
 * @property {string} name
 * @property {string} shows what there is to look at, in a few words
 * @property {(page: Page, envelope: Buffer, passphrase: string) => Promise<void>} reach from the opener as it greets, with an envelope in the HTML form
 */

/** @type {readonly OpenerState[]} */
export const openerStates = [
  { name: 'opener', shows: 'the opener, as it greets', reach: async () => {} },
  {
    name: 'opener-nothing',
    shows: 'the opener, after files that are no envelopes',
    async reach(page) {
      await choose(page, [
        ['Invoice 2026-118.pdf', Buffer.from('%PDF-1.7')],
        ['holiday.jpg', Buffer.from('no picture')],
      ]);
      await page.locator('#sealpost-alert:not(:empty)').waitFor();
    },
  },
  {
    name: 'opener-several',
    shows: 'the opener, with two envelopes to choose from',
    async reach(page, envelope) {
      await choose(page, [
        ['securedoc.html', envelope],
        ['securedoc (1).html', envelope],
      ]);
      await page.locator('.results h2').waitFor();
    },
  },
  {
    name: 'opener-locked',
    shows: 'an envelope in the opener, which knows its page',
    async reach(page, envelope) {
      await choose(page, [['securedoc.html', envelope]]);
      await judged(page);
    },
  },
  {
    name: 'opener-unknown',
    shows: 'an envelope in the opener, which does not know its page',
    async reach(page, envelope) {
      await choose(page, [
        ['securedoc.html', Buffer.from(envelope.toString('latin1').replace('<body>', '<body> '), 'latin1')],
      ]);
      await judged(page);
    },
  },
  {
    name: 'opener-message',
    shows: 'a message in the opener',
    async reach(page, envelope, passphrase) {
      await choose(page, [['securedoc.html', envelope]]);
      await judged(page);
      await page.locator('#sealpost-passphrase').fill(passphrase);
      await page.keyboard.press('Enter');
      await page.locator('html[data-state=open]').waitFor({ timeout: 60_000 });
    },
  },
];

/**
 * @param {Page} page
 * @param {readonly (readonly [name: string, buffer: Buffer])[]} files
 */
async function choose(page, files) {
  await page
    .locator('input[type=file]')
    .setInputFiles(files.map(([name, buffer]) => ({ name, buffer, mimeType: 'application/octet-stream' })));
}

/** @param {Page} page */
async function judged(page) {
  await page.locator('.opened-file [role=status]:not(:empty)').waitFor();
}
