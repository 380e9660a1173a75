// From nothing to an opened envelope: `npm run demo`. Needs Node and npm; a browser makes the last step.
import { existsSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { findBrowser } from './lib/browsers.mjs';
import { build } from './lib/build.mjs';
import { startClock } from './lib/clock.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';
import { runScript } from './lib/run.mjs';
import { takeScreenshot } from './lib/screenshot.mjs';

const mail = 'examples/mail/discharge-letter.eml';
const envelope = inRoot('securedoc.html');
const picture = /** @type {const} */ (`${inRoot('securedoc')}.png`);

await runMain(async () => {
  const elapsed = startClock();
  for (const needed of [mail, 'packages/cli/src/main.ts']) {
    if (!existsSync(inRoot(needed))) throw new Failure(`demo: not yet: ${needed} does not exist`);
  }
  await build();

  rmSync(envelope, { force: true });
  rmSync(picture, { force: true });
  const passphrase = await seal();
  console.log(`
Sealed ${mail}

  envelope    ${envelope}
  passphrase  ${passphrase}

Open it in any browser, with the network off if you like: ${pathToFileURL(envelope).href}
`);

  const browser = findBrowser();
  if (browser === undefined) {
    console.log('No Chromium, Chrome or Firefox found here, so the demo stops before opening it.');
  } else {
    await takeScreenshot(browser, { envelope, passphrase, picture });
    console.log(`Opened it in ${browser.executable} with that passphrase; this is what it showed: ${picture}`);
  }
  console.log(`demo: done in ${elapsed()}`);
  return 0;
});

/** Seals the example mail with the command; returns the passphrase that it made. */
async function seal() {
  const face = ['--org', 'Klinikum Lindenhöhe', '--contact', 'Station 3B, +49 555 0100', '--brand-color', '#1f6f68'];
  const hint = ['--hint', 'The ward tells you the five words on the telephone.'];
  const args = [
    'seal',
    mail,
    '--generate',
    '-o',
    envelope,
    '--language',
    'en,de',
    '--reply',
    'reply,forward',
    ...face,
    ...hint,
  ];
  const { code, stdout, output } = await runScript('packages/cli/dist/main.js', args);
  if (code !== 0) throw new Failure(`${output}demo: sealing failed with exit code ${code}`);
  return stdout.trim();
}
