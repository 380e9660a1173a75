// Takes a picture of every state of the page: `npm run screenshots`, or of some: `npm run screenshots -- locked message`.
// The same envelope, day, place and language each time; what differs from run to run is random and cannot be seen.
import { ensurePictureTools } from './lib/browser-packages.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { startClock } from './lib/clock.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';

const folder = inRoot('docs/screenshots');

await runMain(async () => {
  const elapsed = startClock();
  await ensureBuilt();
  const executable = await ensurePictureTools();
  if (executable === undefined) throw new Failure('screenshots: no Chromium here: install one or set CHROMIUM_PATH');
  // Imported late: they need what was built.
  const { takePictures } = await import('./lib/pictures.mjs');
  const count = await takePictures(executable, folder, process.argv.slice(2));
  console.log(`screenshots: ${count} pictures in ${folder}, ${elapsed()}`);
  return 0;
});
