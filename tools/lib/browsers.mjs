import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} InstalledBrowser
 * @property {'chrome' | 'firefox'} kind `chrome` is Chromium as well as Google Chrome
 * @property {string} executable
 */

const chromeNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const chromePlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];
const firefoxNames = ['firefox', 'firefox-esr', 'firefox.exe'];
const miniBrowserPlaces = ['x86_64', 'aarch64'].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);
const firefoxPlaces = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/**
 * Command line of a Chromium that makes no requests of its own, so that every request counted is the page's.
 *
 * @returns {string[]}
 */
export function chromiumArgs() {
  const args = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-quic',
    '--disable-sync',
    '--no-first-run',
    // Two requests at start heed none of the above: for the list of accounts and for a component "on demand".
    '--gaia-url=http://127.0.0.1:9',
    '--component-updater=url-source=about:blank',
  ];
  // Chromium's sandbox refuses to start as root; everybody else keeps it.
  return process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args;
}

/**
 * The Chromium or Chrome of this machine: `CHROMIUM_PATH` if set, else the first one found.
 *
 * @returns {string | undefined} its executable
 */
export function findChromium() {
  const { CHROMIUM_PATH: chosen = '' } = process.env;
  return chosen === '' ? find(chromeNames, chromePlaces) : chosen;
}

/**
 * The Firefox of this machine: `FIREFOX_PATH` if set, else the first one found.
 *
 * @returns {string | undefined} its executable
 */
export function findFirefox() {
  const { FIREFOX_PATH: chosen = '' } = process.env;
  return chosen === '' ? find(firefoxNames, firefoxPlaces) : chosen;
}

/**
 * WebKitGTK's own small browser, its driver, and the X server that both need.
 *
 * @returns {{ driver: string, browser: string } | undefined} their executables; undefined where one is missing
 */
export function findWebKit() {
  const driver = find(['WebKitWebDriver'], []);
  const browser = find([], miniBrowserPlaces);
  const display = find(['Xvfb'], []);
  return driver === undefined || browser === undefined || display === undefined ? undefined : { driver, browser };
}

/**
 * A browser that can be driven: Chromium or Chrome, else Firefox.
 *
 * @returns {InstalledBrowser | undefined}
 */
export function findBrowser() {
  const chrome = findChromium();
  if (chrome !== undefined) return { kind: 'chrome', executable: chrome };
  const firefox = findFirefox();
  return firefox === undefined ? undefined : { kind: 'firefox', executable: firefox };
}

/**
 * @param {readonly string[]} names looked for in PATH
 * @param {readonly string[]} places
 */
function find(names, places) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const inPath = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...inPath, ...places].find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
