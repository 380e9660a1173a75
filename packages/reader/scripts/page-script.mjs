import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { pageOptions } from './page-options.mjs';
import { MAX_LINE } from './page-rules.mjs';

/** Where esbuild begins to look for a place to break a line. */
export const LINE = 900;

/**
 * A program as the page has it: one classic script, minified, in lines that keep the rules of transport. The whole way from the
 * sources to the bytes is here, so that tests can put other programs through it.
 *
 * @param {string} entryPoint
 */
export async function pageScript(entryPoint) {
  const { outputFiles } = await build({ ...pageOptions, entryPoints: [entryPoint], format: 'iife' });
  return wrap(await minifyAgain(onlyText(outputFiles)));
}

/**
 * The same program for people: neither minified nor with short names, for whoever compares a page with the sources.
 *
 * @param {string} entryPoint
 */
export async function readableScript(entryPoint) {
  const { outputFiles } = await build({
    ...pageOptions,
    entryPoints: [entryPoint],
    format: 'iife',
    // No name is this one: all stay long.
    mangleProps: /^$/,
    minify: false,
  });
  return onlyText(outputFiles);
}

/**
 * What esbuild's minifier leaves, which is nearly two kilobytes of every envelope: functions that are called once, arguments that
 * nobody reads, and `function` where an arrow does.
 *
 * @param {string} code
 */
function minifyAgain(code) {
  return terser(code, { compress: { passes: 3, keep_fargs: false, unsafe_arrows: true }, toplevel: true });
}

/**
 * The code in one spelling, whatever its lines.
 *
 * @param {string} code
 */
function printed(code) {
  return terser(code, { compress: false, mangle: false });
}

/**
 * @param {string} code
 * @param {import('terser').MinifyOptions} options
 */
async function terser(code, options) {
  const { code: written } = await minify(code, { ecma: 2020, format: { ascii_only: true }, ...options });
  if (written === undefined) throw new Error('terser wrote nothing');
  return written;
}

/**
 * Breaks the code into lines that keep the transport rules. esbuild breaks them, also inside strings, where it may. A line that
 * begins with a dot gets a blank before it; where that would change a string, or a line gets too long, they are broken elsewhere.
 * Characters outside ASCII are left in regular expressions, where an escape means the same.
 *
 * @param {string} code
 */
async function wrap(code) {
  const ascii = code.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const plain = await printed(await minified(ascii));
  for (let lineLimit = LINE; lineLimit > 60; lineLimit--) {
    const broken = (await minified(ascii, lineLimit)).trim().replace(/^(?=\.)/gm, ' ');
    if (broken.split('\n').some(({ length }) => length > MAX_LINE)) continue;
    if ((await printed(broken)) === plain) return broken;
  }
  throw new Error('no way to break the lines was found');
}

/**
 * @param {string} code
 * @param {number} [lineLimit]
 */
async function minified(code, lineLimit) {
  /** @type {import('esbuild').TransformOptions} */
  const options = { minify: true, target: 'es2022', charset: 'ascii' };
  if (lineLimit !== undefined) options.lineLimit = lineLimit;
  return (await transform(code, options)).code;
}

/** @param {readonly import('esbuild').OutputFile[] | undefined} files */
export function onlyText(files) {
  const [file] = files ?? [];
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return file.text;
}
