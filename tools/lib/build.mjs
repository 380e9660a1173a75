import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startClock } from './clock.mjs';
import { Failure } from './failure.mjs';
import { inRoot } from './root.mjs';
import { runScript, runTool } from './run.mjs';
import { ensureInstalled } from './setup.mjs';

const bundleScript = 'packages/reader/scripts/bundle.mjs';
const stamp = inRoot('node_modules', '.cache', 'sealpost-build');

/**
 * Makes the reader's runtime, then compiles every package. The runtime is a generated source file, hence this order.
 * Installs first if need be. Progress goes to standard error.
 *
 * @returns {Promise<void>}
 */
export async function build() {
  await ensureInstalled();
  if (existsSync(inRoot(bundleScript))) await step('reader runtime', runScript(bundleScript));
  else console.error(`build: no reader runtime yet (${bundleScript} does not exist)`);
  await step('packages', runTool('tsc', ['-b']));
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

/** Builds if nothing was built yet or a source is newer than the last build. */
export async function ensureBuilt() {
  if (!isBuilt()) await build();
}

/**
 * @param {string} name
 * @param {ReturnType<typeof runTool>} result
 */
async function step(name, result) {
  const elapsed = startClock();
  const { code, output } = await result;
  if (code !== 0) throw new Failure(`${output}build: ${name} failed after ${elapsed()}`);
  console.error(`build: ${name}, ${elapsed()}`);
}

function isBuilt() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  return readdirSync(inRoot('packages')).every((name) => {
    const folder = inRoot('packages', name);
    return existsSync(path.join(folder, 'dist')) && newest(folder) <= built;
  });
}

/**
 * The newest modification time of a package's own files: what it is built from, not what comes out of it.
 *
 * @param {string} folder
 * @returns {number} milliseconds
 */
function newest(folder) {
  const times = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'generated', 'test'].includes(name))
    .map((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? newest(file) : statSync(file).mtimeMs;
    });
  return Math.max(0, ...times);
}
