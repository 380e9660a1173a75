import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Builder, Key as Keys, Origin, type WebDriver } from 'selenium-webdriver';
import { findWebKit } from '../../../tools/lib/browsers.mjs';
import { freePort } from '../../support/free-port.js';
import { Cleanup } from './cleanup.js';
import type { Driven, Engine, Key, LaunchOptions, Saved, Tab } from './engine.js';
import { openDoorway, withoutNetwork } from './isolation.js';
import { takeSaved } from './saved.js';
import { Service } from './service.js';
import { until } from './until.js';
import { startDisplay } from './x-display.js';

/** WebKitGTK's own small browser by WebKitWebDriver. */
export const webkitEngine: Engine = {
  name: 'WebKitGTK',
  missing: findWebKit() === undefined ? 'no WebKitGTK: install webkit2gtk-driver and xvfb' : undefined,
  launch,
};

/** A driver has one session, and a session one storage: so each tab is a browser of its own, and a launch only their display. */
function launch(options: LaunchOptions = {}): Promise<Driven> {
  const cleanup = new Cleanup();
  let display: Promise<string> | undefined;
  return Promise.resolve({
    async openTab() {
      display ??= startDisplay(cleanup);
      const tab = await openTab(options, await display);
      cleanup.add(() => tab.close());
      return tab;
    },
    close: () => cleanup.run(),
  });
}

function openTab({ network, proxyPort }: LaunchOptions, display: string): Promise<Tab> {
  const found = findWebKit();
  if (found === undefined) throw new Error(webkitEngine.missing);
  const cleanup = new Cleanup();
  return cleanup.unlessDone(async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'sealpost-webkit-'));
    // The browser may still write into it while it ends.
    cleanup.add(() => {
      rmSync(home, { recursive: true, force: true, maxRetries: 10 });
    });
    const doorway = network === 'none' ? await openDoorway() : undefined;
    cleanup.add(() => doorway?.close());
    const port = doorway?.port ?? (await freePort());
    const service = new Service(doorway === undefined ? found.driver : withoutNetwork, ['-p', String(port)], {
      ...process.env,
      ...doorway?.env,
      BROWSER: found.driver,
      DISPLAY: display,
      // Without a folder for downloads, files are saved into the home folder, under names of the machine's character set.
      HOME: home,
      LC_ALL: 'C.UTF-8',
    });
    cleanup.add(() => service.end());
    await untilListening(port, service);
    const driver = await startSession(port, found.browser, proxyPort);
    cleanup.add(() => driver.quit());
    return new WebKitTab(driver, home, cleanup);
  });
}

function startSession(port: number, binary: string, proxyPort: number | undefined): Promise<WebDriver> {
  const proxy = `127.0.0.1:${proxyPort ?? 0}`;
  return new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({
      browserName: 'MiniBrowser',
      unhandledPromptBehavior: 'ignore',
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      ...(proxyPort !== undefined && {
        proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy, noProxy: [] },
      }),
    })
    .build();
}

async function untilListening(port: number, service: Service): Promise<void> {
  let ended: string | undefined;
  void service.ended.then((how) => (ended = how));
  await until(
    async () => {
      if (ended !== undefined) throw new Error(ended);
      const answer = fetch(`http://127.0.0.1:${port}/status`, { signal: AbortSignal.timeout(2_000) });
      return answer.then(
        () => true,
        () => false,
      );
    },
    () => 'WebKitWebDriver does not answer',
  );
}

const keys: Readonly<Record<Exclude<Key, 'Shift+Tab' | 'Select all'>, string>> = {
  Enter: Keys.ENTER,
  Escape: Keys.ESCAPE,
  Tab: Keys.TAB,
  Space: Keys.SPACE,
  ArrowDown: Keys.ARROW_DOWN,
};

class WebKitTab implements Tab {
  readonly dialogs: string[] = [];
  // The driver cannot tell what the console says.
  readonly said = undefined;
  readonly #driver: WebDriver;
  readonly #home: string;
  readonly #cleanup: Cleanup;

  constructor(driver: WebDriver, home: string, cleanup: Cleanup) {
    this.#driver = driver;
    this.#home = home;
    this.#cleanup = cleanup;
  }

  goto(url: string): Promise<void> {
    return this.#noting(() => this.#driver.get(url));
  }

  back(): Promise<void> {
    return this.#noting(() => this.#driver.navigate().back());
  }

  reload(): Promise<void> {
    return this.#noting(() => this.#driver.navigate().refresh());
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#noting(() => this.#driver.executeScript(`return (${expression})`));
  }

  click(x: number, y: number): Promise<void> {
    return this.#noting(() =>
      this.#driver.actions().move({ x, y, duration: 0, origin: Origin.VIEWPORT }).click().perform(),
    );
  }

  move(x: number, y: number): Promise<void> {
    return this.#noting(() => this.#driver.actions().move({ x, y, duration: 0, origin: Origin.VIEWPORT }).perform());
  }

  type(text: string): Promise<void> {
    return this.#noting(() => this.#driver.actions().sendKeys(text).perform());
  }

  press(key: Key): Promise<void> {
    return this.#noting(() => {
      const actions = this.#driver.actions();
      if (key === 'Shift+Tab') return actions.keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
      if (key === 'Select all') return actions.keyDown(Keys.CONTROL).sendKeys('a').keyUp(Keys.CONTROL).perform();
      return actions.sendKeys(keys[key]).perform();
    });
  }

  async resize(width: number, height: number): Promise<void> {
    const window = this.#driver.manage().window();
    await window.setRect({ width, height });
    // The page learns of its new size some time after the window has it.
    for (let attempt = 0; attempt < 20; attempt++) {
      const [innerWidth, innerHeight] = (await this.evaluate('[innerWidth, innerHeight]')) as [number, number];
      if (innerWidth === width && innerHeight === height) return;
      const outer = await window.getRect();
      await window.setRect({ width: outer.width + width - innerWidth, height: outer.height + height - innerHeight });
      await sleep(100);
    }
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#driver.takeScreenshot(), 'base64');
  }

  async takeSaved(): Promise<readonly Saved[]> {
    // A page behind a dialog saves nothing.
    await this.evaluate('0');
    return takeSaved(this.#home);
  }

  close(): Promise<void> {
    return this.#cleanup.run();
  }

  /** An open dialog fails every command: its text is noted, it is dismissed, and the command is given again. */
  async #noting<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'UnexpectedAlertOpenError')) throw error;
      const dialog = await this.#driver.switchTo().alert();
      this.dialogs.push(await dialog.getText());
      await dialog.dismiss();
      return this.#noting(command);
    }
  }
}
