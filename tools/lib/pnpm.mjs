import { readFileSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';

/**
 * Runs the pnpm that `packageManager` in package.json pins. It comes through npx, so that Node and npm are all a
 * machine needs.
 *
 * @param {readonly string[]} args
 */
export function runPnpm(args) {
  /** @type {{ packageManager: string }} */
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return run('npx', ['-y', manifest.packageManager, ...args]);
}
