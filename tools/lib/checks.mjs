import { existsSync } from 'node:fs';
import { build } from './build.mjs';
import { startClock } from './clock.mjs';
import { Failure } from './failure.mjs';
import { checkPacked } from './packed.mjs';
import { inRoot } from './root.mjs';
import { runScript, runTool } from './run.mjs';

/** @typedef {import('./run.mjs').Result} Result */

/** @type {readonly (readonly [name: string, check: () => Promise<Result>])[]} */
const checks = [
  ['build', checkBuild],
  ['format', () => runTool('prettier', ['--check', '--log-level', 'warn', '.'])],
  ['lint', () => runTool('eslint', ['.'])],
  ['types of tests and tools', () => runTool('tsc', ['-b', 'tsconfig.test.json'])],
  ['imports', () => runTool('depcruise', ['--config', '.dependency-cruiser.cjs', 'packages'])],
  ['unused code', () => runTool('knip', [])],
  ['registry', () => runScript('tools/check-registry.mjs')],
  ['page', () => runScript('tools/check-page.mjs')],
  ['names', () => runScript('tools/check-names.mjs')],
  ['packed packages', checkPacked],
  ['emitted types', checkEmittedTypes],
];

/**
 * Runs every check in turn, also after one has failed. Prints a line for each, and what a failed one said.
 *
 * @returns {Promise<number>} how many failed
 */
export async function runChecks() {
  let failures = 0;
  for (const [name, check] of checks) {
    const elapsed = startClock();
    const { code, output } = await check();
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}, ${elapsed()}`);
    if (code !== 0) failures += 1;
    if (code !== 0 || output.startsWith('not yet')) process.stdout.write(output.replace(/^(?=.)/gm, '       '));
  }
  return failures;
}

/** @returns {Promise<Result>} */
async function checkBuild() {
  try {
    await build();
    return { code: 0, stdout: '', output: '' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: 1, stdout: '', output: `${error.message}\n` };
  }
}

/**
 * Compiles what users of core and reader compile against, with `skipLibCheck` off and no types but the platform's.
 *
 * @returns {Promise<Result>}
 */
async function checkEmittedTypes() {
  const files = ['core/dist/index.d.ts', 'core/dist/wordlist.d.ts', 'reader/dist/index.d.ts'];
  const emitted = files.map((file) => `packages/${file}`).filter((file) => existsSync(inRoot(file)));
  if (emitted.length === 0) return { code: 0, stdout: '', output: 'not yet: no .d.ts was emitted\n' };
  const options = '--noEmit --strict --skipLibCheck false --target es2022 --module nodenext --lib es2022,webworker';
  return runTool('tsc', [...options.split(' '), '--types', '', ...emitted]);
}
