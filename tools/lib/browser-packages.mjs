import { findChromium, findFirefox, findWebKit } from './browsers.mjs';
import { installDebianPackages } from './debian-package.mjs';
import { run } from './run.mjs';

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

/**
 * Makes sure of a Chromium, of letters for Japanese and Arabic, and of a program that makes pictures smaller: all that the pictures of
 * the page need. Where a system has fonts and Chromium, about 9 MB of disk.
 *
 * @returns {Promise<string | undefined>} Chromium's executable
 */
export async function ensurePictureTools() {
  const missing = [
    ...(findChromium() === undefined ? ['chromium'] : []),
    // A fallback for all of East Asia writes Japanese as if it were Chinese.
    ...((await hasFont('ja', /^(?!.*Fallback).+/m)) ? [] : ['fonts-vlgothic']),
    ...((await hasFont('ar', /./)) ? [] : ['fonts-dejavu-core']),
    ...((await run('pngquant', ['--version'])).code === 0 ? [] : ['pngquant']),
  ];
  if (missing.length > 0) {
    await installDebianPackages('pictures', missing, {
      without: 'some letters may be missing, or pictures larger',
    });
  }
  return findChromium();
}

/**
 * @param {string} language
 * @param {RegExp} names of the font families that will do
 */
async function hasFont(language, names) {
  const { code, stdout } = await run('fc-list', [`:lang=${language}`, 'family']);
  return code === 0 && names.test(stdout);
}
