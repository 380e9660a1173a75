import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium, findFirefox, findWebKit } from '../../../tools/lib/browsers.mjs';
import { Cleanup } from '../driver/cleanup.js';
import { until } from '../driver/until.js';
import { startDisplay } from '../driver/x-display.js';

/** A page in a browser that prints into files, without asking anybody. */
export interface PrintingPage {
  readonly goto: (url: string) => Promise<void>;
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly type: (selector: string, text: string) => Promise<void>;
  readonly press: (key: 'Enter') => Promise<void>;
  readonly click: (selector: string) => Promise<void>;
  /** Does something that prints, and gives the PDF. */
  readonly print: (action: () => Promise<unknown>) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** A browser with everything that lies between `print()` and the paper; only the dialog is left out. */
export interface Printer {
  readonly name: string;
  /** Why it cannot print on this machine; undefined where it can. */
  readonly missing: string | undefined;
  readonly start: () => Promise<PrintingPage>;
}

const noDisplay = findWebKit() === undefined ? 'no Xvfb' : undefined;

export const printers: readonly Printer[] = [
  { name: 'Chromium', missing: findChromium() === undefined ? 'no Chromium' : noDisplay, start: startChromium },
  { name: 'Firefox', missing: findFirefox() === undefined ? 'no Firefox' : undefined, start: startFirefox },
];

/** With a window, since only there does `print()` print: in kiosk mode, at once, to what was chosen last. */
function startChromium(): Promise<PrintingPage> {
  const cleanup = new Cleanup();
  return cleanup.unlessDone(async () => {
    const { profile, paper } = makeFolders(cleanup);
    const lastTime = {
      version: 2,
      recentDestinations: [{ id: 'Save as PDF', origin: 'local', account: '' }],
      isHeaderFooterEnabled: false,
      mediaSize: { name: 'ISO_A4', width_microns: 210_000, height_microns: 297_000 },
    };
    const preferences = {
      printing: { print_preview_sticky_settings: { appState: JSON.stringify(lastTime) } },
      savefile: { default_directory: paper },
    };
    mkdirSync(path.join(profile, 'Default'));
    writeFileSync(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const display = await startDisplay(cleanup);
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium() ?? '',
      headless: false,
      env: { ...process.env, DISPLAY: display, LC_ALL: 'C.UTF-8' },
      args: [...chromiumArgs(), '--kiosk-printing'],
    });
    cleanup.add(() => context.close());
    const page = await context.newPage();
    return {
      async goto(url) {
        await page.goto(url);
      },
      evaluate: (expression) => page.evaluate(expression),
      type: (selector, text) => page.locator(selector).fill(text),
      press: (key) => page.keyboard.press(key),
      click: (selector) => page.click(selector),
      print: (action) => printed(paper, action),
      close: () => cleanup.run(),
    };
  });
}

function startFirefox(): Promise<PrintingPage> {
  const cleanup = new Cleanup();
  return cleanup.unlessDone(async () => {
    const { paper } = makeFolders(cleanup);
    const printer = 'print.printer_Mozilla_Save_to_PDF';
    const browser = await puppeteer.launch({
      browser: 'firefox',
      headless: true,
      executablePath: findFirefox() ?? '',
      extraPrefsFirefox: {
        'print.always_print_silent': true,
        print_printer: 'Mozilla Save to PDF',
        [`${printer}.print_to_file`]: true,
        [`${printer}.print_to_filename`]: path.join(paper, 'printed.pdf'),
        [`${printer}.print_paper_id`]: 'iso_a4',
        'security.fileuri.strict_origin_policy': true,
      },
    });
    cleanup.add(() => browser.close());
    const page = await browser.newPage();
    return {
      async goto(url) {
        await page.goto(url);
      },
      evaluate: (expression) => page.evaluate(expression),
      type: (selector, text) => page.type(selector, text),
      press: (key) => page.keyboard.press(key),
      click: (selector) => page.click(selector),
      print: (action) => printed(paper, action),
      close: () => cleanup.run(),
    };
  });
}

function makeFolders(cleanup: Cleanup): { readonly profile: string; readonly paper: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-print-'));
  cleanup.add(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  const [profile, paper] = [path.join(folder, 'profile'), path.join(folder, 'paper')];
  mkdirSync(profile);
  mkdirSync(paper);
  return { profile, paper };
}

/** The one PDF that an action leaves in a folder. */
async function printed(folder: string, action: () => Promise<unknown>): Promise<Uint8Array> {
  await action();
  let bytes = Buffer.alloc(0);
  await until(
    () => {
      const [name] = existsSync(folder) ? readdirSync(folder).filter((one) => one.endsWith('.pdf')) : [];
      if (name !== undefined) bytes = readFileSync(path.join(folder, name));
      return Promise.resolve(bytes.subarray(-16).includes('%%EOF'));
    },
    () => 'nothing was printed',
  );
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  return bytes;
}
