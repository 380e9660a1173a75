import { findChromium } from './browsers.mjs';
import { installDebianPackages } from './debian-package.mjs';

/**
 * Makes sure of a Chromium for the browser tests: where there is none, root may install Debian's. Says what it does.
 *
 * @returns {Promise<void>}
 */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  await installDebianPackages('chromium', ['chromium'], {
    without: 'the browser tests (test/e2e) will be skipped',
  });
}
