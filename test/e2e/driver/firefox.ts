import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer, { type BrowserContext, type KeyInput, type Page } from 'puppeteer-core';
import { findFirefox } from '../../../tools/lib/browsers.mjs';
import { Cleanup } from './cleanup.js';
import type { Driven, Engine, Key, LaunchOptions, Saved, Tab } from './engine.js';
import { openDoorway, withoutNetwork } from './isolation.js';
import { takeSaved } from './saved.js';
import { until } from './until.js';

/** Firefox by puppeteer-core, over WebDriver BiDi. */
export const firefoxEngine: Engine = {
  name: 'Firefox',
  missing: findFirefox() === undefined ? 'no Firefox: install one or set FIREFOX_PATH' : undefined,
  launch,
};

function launch({ network, proxyPort }: LaunchOptions = {}): Promise<Driven> {
  const executable = findFirefox();
  if (executable === undefined) throw new Error(firefoxEngine.missing);
  const cleanup = new Cleanup();
  return cleanup.unlessDone(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-firefox-'));
    cleanup.add(() => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    });
    const doorway = network === 'none' ? await openDoorway() : undefined;
    cleanup.add(() => doorway?.close());
    const browser = await puppeteer.launch({
      browser: 'firefox',
      headless: true,
      executablePath: doorway === undefined ? executable : withoutNetwork,
      env: {
        ...process.env,
        LC_ALL: 'C.UTF-8',
        MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
        ...(doorway && { ...doorway.env, BROWSER: executable }),
      },
      ...(doorway && { debuggingPort: doorway.port }),
      extraPrefsFirefox: {
        ...preferences,
        ...savingTo(folder),
        ...(proxyPort !== undefined && throughProxy(proxyPort)),
      },
      protocolTimeout: 120_000,
    });
    // Where it did not close when it was asked to.
    cleanup.add(() => browser.process()?.kill());
    cleanup.add(() => browser.close());
    return {
      async openTab() {
        const context = await browser.createBrowserContext();
        return new FirefoxTab(context, await context.newPage(), folder);
      },
      close: () => cleanup.run(),
    };
  });
}

const preferences = {
  // puppeteer switches it off; with it, as everywhere outside of tests, each local file is an origin of its own.
  'security.fileuri.strict_origin_policy': true,
  // Requests of the browser's own.
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.region.network.url': '',
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'dom.push.connection.enabled': false,
  // A document that is loaded twice is not to be cached with its form.
  'browser.sessionstore.resume_from_crash': false,
};

function savingTo(folder: string): Record<string, unknown> {
  return {
    'browser.download.dir': folder,
    'browser.download.folderList': 2,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.download.useDownloadDir': true,
    'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream',
    'browser.download.manager.showWhenStarting': false,
    // Else the list of downloads takes the focus from the page, and no key does anything there.
    'browser.download.alwaysOpenPanel': false,
    // Else it shows a saved PDF in a tab of its own, and the page behind it can no longer be clicked.
    'pdfjs.disabled': true,
  };
}

function throughProxy(port: number): Record<string, unknown> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': port,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': port,
    'network.proxy.no_proxies_on': '',
    'network.proxy.allow_hijacking_localhost': true,
  };
}

class FirefoxTab implements Tab {
  readonly dialogs: string[] = [];
  readonly said: string[] = [];
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #folder: string;

  constructor(context: BrowserContext, page: Page, folder: string) {
    this.#context = context;
    this.#page = page;
    this.#folder = folder;
    page.on('console', (message) =>
      this.said.push(`${message.type() === 'warn' ? 'warning' : message.type()}: ${message.text()}`),
    );
    page.on('pageerror', (error) => this.said.push(`error: ${error instanceof Error ? error.message : String(error)}`));
    page.on('dialog', (dialog) => {
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async back(): Promise<void> {
    await this.#leave('history.back()');
  }

  async reload(): Promise<void> {
    await this.#leave('location.reload()');
  }

  /** Not puppeteer's own way, which waits for a load: Firefox may bring the other page back from its memory. */
  async #leave(action: string): Promise<void> {
    const from = await this.#page.evaluate('performance.timeOrigin');
    await this.#page.evaluate(`setTimeout(() => { ${action}; })`);
    await until(
      async () => {
        try {
          const [origin, state] = (await this.#page.evaluate('[performance.timeOrigin, document.readyState]')) as [
            number,
            string,
          ];
          return origin !== from && state === 'complete';
        } catch {
          // Between two pages there is none.
          return false;
        }
      },
      () => `${action} led nowhere`,
    );
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

  async press(key: Key): Promise<void> {
    const { keyboard } = this.#page;
    const [modifier, ...rest] = key === 'Select all' ? ['Control', 'a'] : key.split('+');
    if (rest[0] === undefined) return keyboard.press((key === 'Space' ? ' ' : key) as KeyInput);
    await keyboard.down(modifier as KeyInput);
    await keyboard.press(rest[0] as KeyInput);
    await keyboard.up(modifier as KeyInput);
  }

  resize(width: number, height: number): Promise<void> {
    return this.#page.setViewport({ width, height });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#page.screenshot());
  }

  takeSaved(): Promise<readonly Saved[]> {
    return takeSaved(this.#folder);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
