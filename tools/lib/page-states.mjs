// Every state of the page, and how a user comes to it: for pictures (tools/screenshots.mjs) and for the tests of accessibility.
import { generateIdentity, generateSigningIdentity } from 'sealpost';
import { circular, letter, picture } from './sample-messages.mjs';

/**
 * @import { Message, SealOptions } from 'sealpost'
 * @import { Page } from 'playwright-core'
 *
 * @typedef {object} PageState
 * @property {string} name
 * @property {string} shows what there is to look at, in a few words
 * @property {Message} message
 * @property {Pick<SealOptions, 'face' | 'notes' | 'idleLock' | 'reply' | 'questions' | 'signKey'>} options without questions, a passphrase opens it
 * @property {boolean} noScript
 * @property {(html: string) => string} change what happened to the file on its way
 * @property {() => void} before runs in the page, before its own script
 * @property {(page: Page, passphrase: string) => Promise<void>} reach
 */

/** What the page of an envelope shows of its sender. */
export const face = /** @satisfies {SealOptions['face']} */ ({
  org: 'Riverside Clinic',
  contact: 'Ward 3B, +44 20 7946 0123, ward-3b@example.org',
  hint: 'The ward has told you the five words on the telephone.',
  color: '#1f6f68',
  logo: picture,
});

/** Of the sender's side. Replies to it are for a time. */
const identity = await generateIdentity({ kem: 'p256' });

const signKey = await generateSigningIdentity();

/** The questions of a sender, who shows no hint to a passphrase. */
const asking = {
  face: { ...face, hint: 'The code is in the letter of 3 November.' },
  questions: [
    { question: 'In which town were you treated in 2019?', answer: 'Ulm' },
    { question: 'What is the name of the nurse who called you last week?', answer: 'Ines' },
  ],
};

/** A message that may be answered. @satisfies {Pick<SealOptions, 'face' | 'reply'>} */
const answerable = { face, reply: { actions: /** @type {const} */ (['reply', 'replyAll', 'forward']) } };

/** The same, with an endpoint at which nobody is. */
const sendable = { ...answerable, reply: { ...answerable.reply, endpoint: 'https://localhost:9/replies' } };

/** @type {readonly PageState[]} */
export const pageStates = [
  state('no-script', 'the first paint, where scripts do not run', { noScript: true }),
  state('locked', 'the form, as it greets'),
  state('locked-plain', 'the form of a sender who says nothing of itself', { options: {} }),
  state('locked-more', 'with everything that a sender can show before opening', {
    options: {
      face: {
        ...face,
        org: 'Federation of the Hospitals and Nursing Homes of the Upper and Lower Riverside, Department of Correspondence',
        subject: 'Your discharge letter',
        date: new Date('2026-11-21T10:15:00+01:00'),
        opener: 'https://open.example.org/secure-messages',
      },
    },
  }),
  state('help', 'the panel "Help", unfolded', { reach: (page) => page.locator('summary').first().click() }),
  state('forgot', 'the panel "Forgot the passphrase?", unfolded', {
    reach: (page) => page.locator('summary').last().click(),
  }),
  state('wrong', 'after a wrong passphrase', {
    async reach(page) {
      await enter(page, 'something else');
      await page.locator('#sealpost-alert:not(:empty)').waitFor({ timeout: 60_000 });
    },
  }),
  state('questions', 'the questions of a sender', { options: asking }),
  state('questions-wrong', 'after wrong answers', {
    options: asking,
    async reach(page) {
      for (const [index, text] of ['Bern', 'Ines', '7KQ4-MZ2P-X9RA'].entries())
        await page.locator('input').nth(index).fill(text);
      await page.keyboard.press('Enter');
      await page.locator('#sealpost-alert:not(:empty)').waitFor({ timeout: 60_000 });
    },
  }),
  state('signed', 'the key that signed a message', { options: { face, signKey }, reach: open }),
  state('opening', 'while the key is derived', {
    // A worker without a task: the page waits for as long as anybody looks.
    before: () => {
      Worker.prototype.postMessage = () => undefined;
    },
    async reach(page, passphrase) {
      await enter(page, passphrase);
      await page.locator('progress').evaluate((bar) => {
        /** @type {HTMLProgressElement} */ (bar).value = 0.4;
      });
    },
  }),
  state('cut-off', 'a file whose end is missing', {
    change: (html) => html.slice(0, html.lastIndexOf('<script', html.lastIndexOf('<script') - 1)),
    reach: (page) => page.locator('.notice:not(:empty)').waitFor(),
  }),
  state('refused', 'a file that is no whole envelope', {
    change: (html) => html.replace('"v":1', '"v":true'),
    reach: (page) => page.locator('html[data-state="refused"]').waitFor(),
  }),
  state('message', 'a message with layout', { reach: open }),
  state('message-text', 'its text alone', {
    async reach(page, passphrase) {
      await open(page, passphrase);
      await page.locator('.body button').click();
      await page.frameLocator('#sealpost-body').locator('.text').first().waitFor();
    },
  }),
  state('danger', 'the second question before a file that can run a program', {
    async reach(page, passphrase) {
      await open(page, passphrase);
      await page.locator('[data-action="save"]').last().click();
      await page.locator('[data-action="save-anyway"]').waitFor();
    },
  }),
  state('preview', 'previews of a picture and of a text', {
    async reach(page, passphrase) {
      await open(page, passphrase);
      for (const view of await page.locator('[data-action="view"]').all()) await view.click();
      await page.locator('.preview img').waitFor();
      await page.locator('.preview pre').waitFor();
    },
  }),
  state('quote', 'a quote, unfolded', {
    async reach(page, passphrase) {
      await open(page, passphrase);
      await page.frameLocator('#sealpost-body').locator('summary').click();
    },
  }),
  state('notes', "the sender's notes, many recipients, and what was left out", {
    message: circular,
    options: {
      face,
      notes: {
        handling: 'For the wards only. Please do not forward this outside of the clinic.',
        expires: new Date('2027-01-31T12:00:00Z'),
      },
      idleLock: 15,
    },
    async reach(page, passphrase) {
      await open(page, passphrase);
      await page.locator('.who summary').click();
    },
  }),
  state('reply', 'a reply, as it is begun', {
    options: answerable,
    async reach(page, passphrase) {
      await write(page, passphrase, 'reply', 'Thank you. May my sister come along?');
      await attach(page);
    },
  }),
  state('reply-discard', 'the question before what was written is discarded', {
    options: answerable,
    async reach(page, passphrase) {
      await write(page, passphrase, 'reply', 'Thank you.');
      await page.locator('form button').last().click();
    },
  }),
  state('reply-empty', 'a reply in which nothing was written', {
    options: answerable,
    async reach(page, passphrase) {
      await write(page, passphrase, 'reply', '');
      await page.locator('form .primary').click();
    },
  }),
  state('reply-sealed', 'a sealed reply, to be sent by mail', {
    options: answerable,
    async reach(page, passphrase) {
      await write(page, passphrase, 'reply', 'Thank you.');
      await seal(page);
    },
  }),
  state('reply-send', 'a sealed reply that the sender takes directly', {
    options: sendable,
    async reach(page, passphrase) {
      await write(page, passphrase, 'reply', 'Thank you.');
      await page.locator('form .primary').click();
      await page.locator('[data-action="send"]').waitFor();
    },
  }),
  state('reply-not-sent', 'a reply that could not be sent', {
    options: sendable,
    // No server has this name.
    async reach(page, passphrase) {
      await write(page, passphrase, 'reply', 'Thank you.');
      await page.locator('form .primary').click();
      await page.locator('[data-action="send"]').click();
      await page.locator('[data-action="save-reply"]').waitFor();
    },
  }),
  state('reply-over', 'a message to which no reply is taken any more', {
    options: { ...answerable, reply: { ...answerable.reply, identity } },
    before: () => {
      const later = Date.now() + 5e10;
      // Of the page's own time, which it asks for without an argument.
      globalThis.Date = new Proxy(Date, {
        /** @returns {Date} */
        construct(of, given) {
          return given.length === 0 ? new of(later) : new of(String(given[0]));
        },
      });
    },
    reach: open,
  }),
  state('forward', 'a forward, with the attachments of the message', {
    options: answerable,
    reach: (page, passphrase) => write(page, passphrase, 'forward', 'For your files.'),
  }),
  state('forward-sealed', 'a sealed forward, with its passphrase', {
    options: answerable,
    async reach(page, passphrase) {
      await write(page, passphrase, 'forward', '');
      await seal(page);
    },
  }),
  state('empty', 'a message without text', {
    message: { headers: { from: letter.headers.from, to: letter.headers.to } },
    reach: open,
  }),
  state('locked-again', 'after locking', {
    async reach(page, passphrase) {
      await open(page, passphrase);
      await page.locator('[data-action="lock"]').click();
    },
  }),
];

/**
 * @param {string} name
 * @param {string} shows
 * @param {Partial<PageState>} [rest]
 * @returns {PageState}
 */
function state(name, shows, rest = {}) {
  return {
    name,
    shows,
    message: letter,
    options: { face },
    noScript: false,
    change: (html) => html,
    before: () => undefined,
    reach: () => Promise.resolve(),
    ...rest,
  };
}

/**
 * @param {Page} page
 * @param {string} passphrase
 */
async function enter(page, passphrase) {
  await page.locator('#sealpost-passphrase').fill(passphrase);
  await page.keyboard.press('Enter');
}

/**
 * @param {Page} page
 * @param {string} passphrase
 */
async function open(page, passphrase) {
  await enter(page, passphrase);
  await page.locator('html[data-state="open"]').waitFor({ timeout: 60_000 });
  await page.locator('[data-action="save-mail"]').waitFor();
}

/**
 * @param {Page} page
 * @param {string} passphrase
 * @param {'reply' | 'forward'} action
 * @param {string} text
 */
async function write(page, passphrase, action, text) {
  await open(page, passphrase);
  await page.locator(`[data-action="${action}"]`).click();
  await page.keyboard.type(text);
}

/** @param {Page} page */
async function attach(page) {
  await page.locator('input[type=file]').setInputFiles([
    { name: 'Questions for the doctor.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(48_200) },
    { name: 'insurance.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(1_840_000) },
  ]);
}

/** @param {Page} page */
async function seal(page) {
  await page.locator('form .primary').click();
  await page.locator('[data-action="save-reply"]').waitFor({ timeout: 60_000 });
}
