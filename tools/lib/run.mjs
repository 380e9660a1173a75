import { spawn } from 'node:child_process';
import { inRoot, root } from './root.mjs';

// On Windows npx and the tools of node_modules/.bin are .cmd files, which only a shell can start.
const shell = process.platform === 'win32';

/**
 * @typedef {object} Result
 * @property {number} code exit code; 127 when the program could not be started, 1 when a signal ended it
 * @property {string} stdout
 * @property {string} output standard output and standard error in the order they came
 */

/**
 * Runs a program, in the checkout where nothing else is said, without standard input and collects what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ live?: boolean, env?: Record<string, string>, cwd?: string }} [options] `live` also prints everything at once
 * @returns {Promise<Result>}
 */
export function run(command, args, { live = false, env = {}, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (/** @type {string} */ text) => {
        output += text;
        if (stream === child.stdout) stdout += text;
        if (live) process.stdout.write(text);
      });
    }
    child.on('error', (error) => {
      resolve({ code: 127, stdout, output: `${output}${error.message}\n` });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, stdout, output });
    });
  });
}

/**
 * Runs one of the tools that are installed as development dependencies.
 *
 * @param {string} tool its name in `node_modules/.bin`
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(tool, args, options) {
  return run(inRoot('node_modules', '.bin', tool), args, options);
}

/**
 * Runs a script of the project.
 *
 * @param {string} script its path in the checkout
 * @param {readonly string[]} [args]
 */
export function runScript(script, args = []) {
  return run(process.execPath, [inRoot(script), ...args]);
}
