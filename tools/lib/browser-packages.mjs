import { findChromium, findFirefox, findWebKit } from './browsers.mjs';
import { installDebianPackages } from './debian-package.mjs';

/**
 * Makes sure of the three engines that the page is tested in: where one is missing, root may install Debian's. Says what it
 * does, and how much that is: about 815 MB of disk, 1.3 GB where a system has no fonts and no graphics yet.
 *
 * @returns {Promise<void>}
 */
export async function ensureBrowsers() {
  const missing = [
    ...(findChromium() === undefined ? ['chromium'] : []),
    ...(findFirefox() === undefined ? ['firefox-esr'] : []),
    ...(findWebKit() === undefined ? ['webkit2gtk-driver', 'xvfb'] : []),
  ];
  if (missing.length === 0) return;
  await installDebianPackages('browsers', missing, {
    without: 'the tests of the browsers that are missing (test/e2e) will be skipped',
  });
}
