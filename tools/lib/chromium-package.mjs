import { findChromium } from './browsers.mjs';
import { startClock } from './clock.mjs';
import { run } from './run.mjs';

const apt = ['-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
const attempts = 3;

/**
 * Makes sure of a Chromium for the browser tests: where there is none, root may install Debian's. Says what it does.
 *
 * @returns {Promise<void>}
 */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  const obstacle = await findObstacle();
  if (obstacle !== undefined) {
    console.log(`chromium: none here, and ${obstacle}: the browser tests (test/e2e) will be skipped`);
    return;
  }
  const elapsed = startClock();
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { code, output } = await install();
    if (code === 0) {
      console.log(`chromium: installed in ${elapsed()}`);
      return;
    }
    console.log(`${output}chromium: apt-get failed, attempt ${attempt} of ${attempts}`);
  }
  console.log('chromium: not installed: the browser tests (test/e2e) will be skipped');
}

async function findObstacle() {
  if (process.getuid?.() !== 0) return 'only root may install one';
  const { code } = await run('apt-get', ['--version']);
  return code === 0 ? undefined : 'there is no apt-get to install one with';
}

async function install() {
  const update = await run('apt-get', [...apt, 'update'], { env });
  if (update.code !== 0) return update;
  const plan = await run('apt-get', [...apt, '--no-install-recommends', '--assume-no', 'install', 'chromium'], { env });
  const size = plan.output.match(/^(?:Need to get|After this operation).*$/gm) ?? [];
  console.log(`chromium: none here, installing Debian's. ${size.join(' ')}`);
  return run('apt-get', [...apt, '--no-install-recommends', 'install', 'chromium'], { env });
}
