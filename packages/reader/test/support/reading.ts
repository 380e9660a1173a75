import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { visitFile, type Visit } from '../../../../test/e2e/driver/visit.js';
import { PASSPHRASE } from './envelope-file.js';

/** An envelope's page in a browser. */
export interface Reading extends Visit {
  readonly alert: Locator;
  readonly passphrase: Locator;
  readonly body: FrameLocator;
}

export async function visitEnvelope(browser: Browser, file: string): Promise<Reading> {
  const visit = await visitFile(browser, file);
  return { ...visit, ...parts(visit.page) };
}

/** Opens it with the right passphrase and waits for the message. */
export async function openEnvelopeFile(browser: Browser, file: string): Promise<Reading> {
  const reading = await visitEnvelope(browser, file);
  await unlock(reading.page);
  return reading;
}

export async function unlock(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await page.fill('#sealpost-passphrase', passphrase);
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-state="open"]');
}

function parts(page: Page): Pick<Reading, 'alert' | 'passphrase' | 'body'> {
  return {
    alert: page.locator('#sealpost-alert'),
    passphrase: page.locator('#sealpost-passphrase'),
    body: page.frameLocator('#sealpost-body'),
  };
}
