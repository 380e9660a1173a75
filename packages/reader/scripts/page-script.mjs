import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { withAliases } from './aliases.mjs';
import { withArrows } from './arrows.mjs';
import { withFurtherParameters } from './further-parameters.mjs';
import { inLines } from './lines.mjs';
import { pageOptions } from './page-options.mjs';
import { MAX_LINE } from './page-rules.mjs';
import { withHoles } from './shared-code.mjs';
import { withShortVariables } from './short-variables.mjs';
import { withNumberedKeys, withPlainKeys } from './text-keys.mjs';
import { withUniqueNames, withWideVariables } from './wide-variables.mjs';

/** Where esbuild begins to look for a place to break a line. */
export const LINE = 900;

/**
 * A program as the page has it: one classic script, minified, in lines that keep the rules of transport. The whole way from the
 * sources to the bytes is here, so that tests can put other programs through it.
 *
 * @param {string} entryPoint
 * @param {import('esbuild').BuildOptions} [options] default: those of `open`
 */
export async function pageScript(entryPoint, options = pageOptions) {
  const bundled = await bundle(entryPoint, { ...options, minify: false, minifySyntax: true });
  const small = await compressed(withWideVariables(withArrows(withNumberedKeys(bundled))));
  return wrap(await named(withAliases(await plain(withFurtherParameters(small)))));
}

/**
 * The same program for people: neither minified nor with short names, for whoever compares a page with the sources.
 *
 * @param {string} entryPoint
 * @param {import('esbuild').BuildOptions} [options] default: those of `open`
 */
export async function readableScript(entryPoint, options = pageOptions) {
  // No name is this one: all stay long.
  return withPlainKeys(await bundle(entryPoint, { ...options, minify: false, mangleProps: /^$/ }));
}

/**
 * @param {string} entryPoint
 * @param {import('esbuild').BuildOptions} options
 */
async function bundle(entryPoint, options) {
  const { outputFiles } = await build({ ...options, entryPoints: [entryPoint], format: 'iife', write: false });
  return withHoles(onlyText(outputFiles));
}

/**
 * What esbuild's minifier leaves, terser makes shorter: functions that are called once, arguments that nobody reads. It does not
 * know names of private members, which esbuild shortens, so it is asked twice. `pure_getters` and `unsafe` say of the code that it
 * reads no property only for what that does, and gives the language's own functions no other meaning.
 *
 * @param {string} code
 */
async function compressed(code) {
  const compress = {
    passes: 5,
    keep_fargs: false,
    pure_getters: true,
    sequences: false,
    unsafe: true,
    unsafe_arrows: true,
  };
  const once = await terser(code, { compress, toplevel: true });
  const { code: again } = await transform(once, { minify: true, target: 'es2022', charset: 'ascii' });
  return terser(again, { compress, toplevel: true });
}

/**
 * With the shortest names for variables, and nothing else changed: terser would take aliases for what they stand for. Looks whether
 * each name still means what it did.
 *
 * @param {string} code
 */
async function named(code) {
  const short = await plain(withShortVariables(await plain(code)));
  if (withUniqueNames(short) !== withUniqueNames(await plain(code))) throw new Error('a name means something else');
  return short;
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
 * Breaks the code into lines, and looks whether it is still the same code. Characters outside ASCII are left in regular expressions,
 * where an escape means the same.
 *
 * @param {string} code
 */
async function wrap(code) {
  const ascii = code.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // Some room is for the tags before the first line and behind the last, and for what `scriptText` escapes afterwards.
  const lines = inLines(ascii, MAX_LINE - 50);
  if ((await plain(lines)) !== (await plain(ascii))) throw new Error('the code is not the same in lines');
  return lines;
}

/**
 * The code in its shortest spelling, whatever its lines, and otherwise as it is.
 *
 * @param {string} code
 */
function plain(code) {
  return terser(code, { compress: false, mangle: false });
}

/** @param {readonly import('esbuild').OutputFile[] | undefined} files */
export function onlyText(files) {
  const [file] = files ?? [];
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return file.text;
}
