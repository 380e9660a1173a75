// Everything about the code that can be said without running it: `npm run check`.
import { runChecks } from './lib/checks.mjs';
import { startClock } from './lib/clock.mjs';
import { runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/setup.mjs';

await runMain(async () => {
  const elapsed = startClock();
  await ensureInstalled();
  const failures = await runChecks();
  console.log(`check: ${failures === 0 ? 'everything passed' : `${failures} failed`} in ${elapsed()}`);
  return failures === 0 ? 0 : 1;
});
