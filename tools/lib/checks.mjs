import { build } from './build.mjs';
import { startClock } from './clock.mjs';
import { Failure } from './failure.mjs';
import { checkPacked } from './packed.mjs';
import { runScript, runTool } from './run.mjs';

/** @typedef {import('./run.mjs').Result} Result */

/** @type {readonly (readonly [name: string, check: () => Promise<Result>])[]} */
const checks = [
  ['build', checkBuild],
  ['format', () => runTool('prettier', ['--check', '--log-level', 'warn', '.'])],
  ['lint', () => runTool('eslint', ['.'])],
  ['types of tests and tools', () => runTool('tsc', ['-b', 'tsconfig.test.json'])],
  ['imports', () => runTool('depcruise', ['--output-type', 'err-long', 'packages'])],
  ['unused code', () => runTool('knip', ['--no-config-hints'])],
  ['registry', () => runScript('tools/check-registry.mjs')],
  ['vectors', () => runScript('tools/make-vectors.mjs', ['--check'])],
  ['page', () => runScript('tools/check-page.mjs')],
  ['names', () => runScript('tools/check-names.mjs')],
  ['packed packages', checkPacked],
  ['emitted types', () => runTool('tsc', ['-p', 'tsconfig.emitted.json'])],
];

/**
 * Runs every check in turn, also after one has failed. Prints a line for each, and below it what it said.
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
    process.stdout.write(output.replace(/^(?=.)/gm, '       '));
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
