import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { languageBlocks } from '@sealpost/reader';
import { encodeText, transplant, type FailureCode, type Section } from '@sealpost/vectors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealText } from '../../packages/reader/test/support/envelope-file.js';
import { passphrase } from '../tamper/envelopes.js';
import { positions, positionsEnvelope } from '../tamper/positions.js';
import { launchChromium, noChromium } from './driver/chromium.js';
import { describeUnless } from './driver/describe-unless.js';

const all = positions();

/** The sentences of the page, by the names that its language block gives them. */
const { strings } = JSON.parse(languageBlocks.en.json) as { readonly strings: Readonly<Record<string, string>> };

/** With which sentence the alert may begin for each outcome, and how the page stands then. */
const answers: Readonly<Record<FailureCode, { readonly state: string; readonly sentences: readonly string[] }>> = {
  NOT_AN_ENVELOPE: { state: 'refused', sentences: ['notEnvelope'] },
  UNSUPPORTED_VERSION: { state: 'refused', sentences: ['version'] },
  LIMIT: { state: 'refused', sentences: ['limit'] },
  DID_NOT_OPEN: { state: 'locked', sentences: ['wrong'] },
  DAMAGED: { state: 'locked', sentences: ['damaged', 'altered', 'cutOff'] },
};

describeUnless(noChromium, `${all.length} altered pages in Chromium`, () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  let frame: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sealpost-tamper-'));
    browser = await launchChromium();
    page = await browser.newPage();
    frame = Buffer.from(await sealText({ text: 'Another message, which lends its page.' })).toString('latin1');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('opens the page that is not altered', async () => {
    await visit(positionsEnvelope().sections);
    await unlock();
    await page.waitForSelector('html[data-state="open"]');
    expect(await page.frameLocator('#sealpost-body').locator('.text').textContent()).toContain('All good.');
  });

  it.each(all.map(({ name, expected, sections }) => [name, expected, sections] as const))(
    '%s: %s',
    async (_name, expected, sections) => {
      const { state, sentences } = answers[expected];
      await visit(sections);
      if (state === 'locked') await unlock();
      await page.waitForSelector('#sealpost-alert:not(:empty)');
      const [sentence] = (await page.locator('#sealpost-alert').innerText()).split('\n');
      expect(sentences.map((key) => strings[key])).toContain(sentence);
      expect(await page.evaluate(() => document.documentElement.dataset['state'])).toBe(state);
      expect(await page.locator('iframe').count()).toBe(0);
    },
  );

  async function visit(sections: readonly Section[]): Promise<void> {
    const file = path.join(folder, 'securedoc.html');
    writeFileSync(file, encodeText(transplant(frame, sections)));
    await page.goto(pathToFileURL(file).href);
  }

  async function unlock(): Promise<void> {
    await page.fill('#sealpost-passphrase', passphrase);
    await page.keyboard.press('Enter');
  }
});
