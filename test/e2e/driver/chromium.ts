import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Download, type Page } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../../tools/lib/browsers.mjs';
import type { Driven, Engine, Key, LaunchOptions, Saved, Tab } from './engine.js';

/** Why browser tests cannot run on this machine; undefined where they can. */
export const noChromium: string | undefined =
  findChromium() === undefined ? 'no Chromium: install one or set CHROMIUM_PATH' : undefined;

/** Chromium by Playwright, over a pipe, so that the driver needs no network. */
export const chromiumEngine: Engine = {
  name: 'Chromium',
  missing: noChromium,
  async launch(options) {
    return drive(await launchChromium(options));
  },
};

/** Starts a headless Chromium for those who need Playwright itself. The caller closes it. */
export async function launchChromium({ network, proxyPort }: LaunchOptions = {}): Promise<Browser> {
  const executable = findChromium();
  if (executable === undefined) throw new Error(noChromium);
  const args = chromiumArgs();
  if (proxyPort !== undefined) {
    args.push(`--proxy-server=127.0.0.1:${proxyPort}`, '--proxy-bypass-list=<-loopback>');
  }
  // Where the machine's character set is ASCII, Chromium offers no name but `download` for a file whose name is not.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  if (network === undefined) return chromium.launch({ executablePath: executable, env, args });
  return chromium.launch({
    executablePath: fileURLToPath(new URL('without-network.sh', import.meta.url)),
    env: { ...env, BROWSER: executable },
    args,
  });
}

function drive(browser: Browser): Driven {
  return {
    async openTab() {
      const context = await browser.newContext({ acceptDownloads: true });
      return new ChromiumTab(context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

class ChromiumTab implements Tab {
  readonly dialogs: string[] = [];
  readonly said: string[] = [];
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #downloads: Download[] = [];

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
    page.on('console', (message) => this.said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.said.push(`error: ${error.message}`));
    page.on('download', (download) => this.#downloads.push(download));
    page.on('dialog', (dialog) => {
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression);
  }

  click(x: number, y: number): Promise<void> {
    return this.#page.mouse.click(x, y);
  }

  move(x: number, y: number): Promise<void> {
    return this.#page.mouse.move(x, y);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  press(key: Key): Promise<void> {
    return this.#page.keyboard.press(key === 'Select all' ? 'ControlOrMeta+A' : key);
  }

  resize(width: number, height: number): Promise<void> {
    return this.#page.setViewportSize({ width, height });
  }

  emulatePrint(): Promise<void> {
    return this.#page.emulateMedia({ media: 'print' });
  }

  screenshot(): Promise<Buffer> {
    return this.#page.screenshot();
  }

  async takeSaved(): Promise<readonly Saved[]> {
    const taken = this.#downloads.splice(0);
    return Promise.all(
      taken.map(async (download) => ({
        name: download.suggestedFilename(),
        bytes: await readFile(await download.path()),
      })),
    );
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
