import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Download, Page } from 'playwright-core';

/** A page opened from a file, and everything it did that an envelope's page should not do unasked. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console messages, as `type: text`. */
  readonly console: readonly string[];
  /** Uncaught errors. */
  readonly errors: readonly Error[];
  /** Addresses of all requests, the file's own first. */
  readonly requests: readonly string[];
  /** Texts of alert, confirm, prompt and beforeunload dialogs; each is dismissed at once. */
  readonly dialogs: readonly string[];
  readonly downloads: readonly Download[];
  /** Closes the page and its context: storage, cache and downloads go with it. */
  readonly close: () => Promise<void>;
}

/** Opens a file as `file://`, in a fresh context of the browser. */
export async function visitFile(browser: Browser, file: string): Promise<Visit> {
  const context = await browser.newContext({ acceptDownloads: true });
  const messages: string[] = [];
  const errors: Error[] = [];
  const requests: string[] = [];
  const dialogs: string[] = [];
  const downloads: Download[] = [];

  context.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => errors.push(error.error()));
  context.on('request', (request) => requests.push(request.url()));
  context.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  context.on('page', (opened) => {
    opened.on('download', (download) => downloads.push(download));
  });

  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  return { page, context, console: messages, errors, requests, dialogs, downloads, close: () => context.close() };
}
