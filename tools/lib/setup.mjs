import { existsSync, readFileSync } from 'node:fs';
import { startClock } from './clock.mjs';
import { Failure } from './failure.mjs';
import { runPnpm } from './pnpm.mjs';
import { inRoot } from './root.mjs';

/**
 * Installs the dependencies where they are missing or differ from the lockfile. Works in a fresh clone with nothing
 * but Node and npm. Progress goes to standard error.
 *
 * @returns {Promise<void>}
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.error('install: dependencies, from the lockfile');
  const elapsed = startClock();
  const { code, output } = await runPnpm(['install', '--frozen-lockfile', '--ignore-scripts']);
  if (code !== 0) throw new Failure(`${output}install: failed with exit code ${code} after ${elapsed()}`);
  console.error(`install: done in ${elapsed()}`);
}

/** pnpm keeps a copy of the lockfile that it installed: the contents say more than the times of the files. */
function isInstalled() {
  const installed = inRoot('node_modules', '.pnpm', 'lock.yaml');
  return existsSync(installed) && readFileSync(installed).equals(readFileSync(inRoot('pnpm-lock.yaml')));
}
