import { pathToFileURL } from 'node:url';
import { chromiumArgs } from './browsers.mjs';

/**
 * Opens an envelope in a headless browser as its recipient would, and takes a picture of the opened message.
 *
 * Puppeteer, where the end-to-end tests use Playwright: it drives a Firefox as its distribution ships it as well.
 *
 * @param {import('./browsers.mjs').InstalledBrowser} browser
 * @param {{ envelope: string, passphrase: string, picture: `${string}.png` }} options `envelope` and `picture` are files
 * @returns {Promise<void>} rejects when the message is not shown within a minute
 */
export async function takeScreenshot({ kind, executable }, { envelope, passphrase, picture }) {
  // Imported late: the demo installs the dependencies itself.
  const { launch } = await import('puppeteer-core');
  const session = await launch({
    browser: kind,
    executablePath: executable,
    args: kind === 'chrome' ? chromiumArgs() : [],
    defaultViewport: { width: 1024, height: 900 },
  });
  try {
    const page = await session.newPage();
    await page.goto(pathToFileURL(envelope).href);
    await page.type('#sealpost-passphrase', passphrase);
    await page.keyboard.press('Enter');
    await page.waitForSelector('html[data-state="open"]', { timeout: 60_000 });
    await page.screenshot({ path: picture });
  } finally {
    await session.close();
  }
}
