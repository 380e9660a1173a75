// Everything: install, browser, build, checks, tests. `npm test`; `npm run test:full` (`--full`) adds the slow tests. The last
// line is for machines that count tests.
import { ensureBrowsers } from './lib/browser-packages.mjs';
import { runChecks } from './lib/checks.mjs';
import { startClock } from './lib/clock.mjs';
import { runMain } from './lib/failure.mjs';
import { ensurePostfix } from './lib/postfix-package.mjs';
import { ensurePython } from './lib/python-packages.mjs';
import { ensureInstalled } from './lib/setup.mjs';
import { runTests } from './lib/tests.mjs';

await runMain(async () => {
  const elapsed = startClock();
  await ensureInstalled();
  await ensureBrowsers();
  await ensurePostfix();
  await ensurePython();

  const checking = startClock();
  const failedChecks = await runChecks();
  console.log(`checks: ${failedChecks === 0 ? 'everything passed' : `${failedChecks} failed`} in ${checking()}`);

  const testing = startClock();
  if (process.argv.includes('--full')) process.env['SLOW'] = '1';
  const { passed, failed, skipped } = await runTests();
  console.log(`tests: done in ${testing()}; everything together took ${elapsed()}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failedChecks === 0 && failed === 0 ? 0 : 1;
});
