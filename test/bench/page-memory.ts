import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { residentAfterCollection } from './resident.js';

/** A page that holds a message with an attachment, and how its reader gets at it. */
export interface LockedPage {
  readonly file: string;
  readonly passphrase: string;
  /** Selectors: the passphrase field, what is there when the message is, and what saves the attachment. */
  readonly field: string;
  readonly opened: string;
  readonly save: string;
}

/** Bytes of resident memory above those of the locked page, after a forced collection. */
export interface PageMemory {
  readonly opened: number;
  /** With the attachment on the disk. */
  readonly saved: number;
  /** SHA-256 of what is on the disk, in hexadecimal. */
  readonly sha256: string;
}

/** Opens a page and saves its attachment, in a browser that does nothing else. */
export async function measurePage(browser: Browser, page: LockedPage): Promise<PageMemory> {
  const context = await browser.newContext({ acceptDownloads: true });
  try {
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(page.file).href);
    await tab.waitForSelector(page.field, { state: 'visible' });
    const locked = await residentAfterCollection(tab);
    await tab.fill(page.field, page.passphrase);
    await tab.press(page.field, 'Enter');
    await tab.waitForSelector(page.opened, { timeout: 60_000 });
    const opened = await residentAfterCollection(tab);
    const [download] = await Promise.all([tab.waitForEvent('download'), tab.click(page.save)]);
    const hash = createHash('sha256');
    for await (const piece of createReadStream(await download.path())) hash.update(piece as Buffer);
    const saved = await residentAfterCollection(tab);
    return { opened: opened - locked, saved: saved - locked, sha256: hash.digest('hex') };
  } finally {
    await context.close();
  }
}

/** How a Sealpost envelope is opened, and its only attachment saved. */
export const SEALPOST_PAGE = {
  field: '#sealpost-passphrase',
  opened: 'html[data-state="open"] #sealpost-body',
  save: '[data-action="save"]',
} as const;
