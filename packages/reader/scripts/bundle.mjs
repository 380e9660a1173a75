// Bundles the page's script, style and languages to packages/reader/src/generated/runtime.ts. Runs from a fresh clone right
// after installation; two runs give equal bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { pageOptions, source } from './page-options.mjs';

const MAX_LINE = 990;
/** Where esbuild begins to look for a place to break a line. */
const LINE = 900;

const { scriptText, jsonText, languages } = await load();
const script = scriptText(await bundleScript());
const style = await bundleStyle();
check('script', script);
check('style', style);
if (style.includes('<')) throw new Error('style holds a "<"');

const blocks = languages.map((language) => ({ code: language.code, json: jsonText(language) }));
for (const { code, json } of blocks) check(`language ${code}`, json);

const codes = blocks.map(({ code }) => `'${code}'`);
const blocksByCode = Object.fromEntries(blocks.map((block) => [block.code, block]));
mkdirSync(path.join(source, 'generated'), { recursive: true });
writeFileSync(
  path.join(source, 'generated', 'runtime.ts'),
  `// Written by packages/reader/scripts/bundle.mjs.
import type { LanguageBlock, Runtime } from '@sealpost/core';

/** The languages of this release; the first is the one to fall back to. */
export const LANGUAGES: readonly [${codes.join(', ')}] = [${codes.join(', ')}];

export type LanguageCode = (typeof LANGUAGES)[number];

export const runtime: Runtime = ${JSON.stringify({ modules: { open: script }, style }, null, 2)};

export const languageBlocks: Readonly<Record<LanguageCode, LanguageBlock>> = ${JSON.stringify(blocksByCode, null, 2)};

/** SHA-256 of each module's text, in hexadecimal. */
export const runtimeSha256: Readonly<Record<'open' | 'style', string>> = ${JSON.stringify({ open: sha256(script), style: sha256(style) }, null, 2)};
`,
);
const sizes = blocks.map(({ code, json }) => `${code} ${json.length}`);
console.log([`script ${script.length}`, `style ${style.length}`, ...sizes].join(', '));

/**
 * TypeScript of core and of the languages, which Node 20 cannot import as it is.
 *
 * @typedef {object} Sources
 * @property {(code: string) => string} scriptText
 * @property {(value: unknown) => string} jsonText
 * @property {readonly import('../src/i18n/keys.js').Strings[]} languages
 *
 * @returns {Promise<Sources>}
 */
async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { scriptText, jsonText } from '../../core/src/document/inline.ts';
export { languages } from './i18n/all.ts';`,
      resolveDir: source,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    charset: 'ascii',
    write: false,
  });
  /** @type {Promise<Sources>} */
  const loaded = import(`data:text/javascript,${encodeURIComponent(onlyText(outputFiles))}`);
  return loaded;
}

async function bundleScript() {
  const { outputFiles } = await build({ ...pageOptions, entryPoints: [path.join(source, 'main.ts')], format: 'iife' });
  return wrap(await minifyAgain(onlyText(outputFiles)));
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
 * begins with a dot gets a blank before it; where that would change a string, the lines are broken elsewhere. Characters outside
 * ASCII are left in regular expressions, where an escape means the same.
 *
 * @param {string} code
 */
async function wrap(code) {
  const ascii = code.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const plain = await printed(await minified(ascii));
  for (let lineLimit = LINE; lineLimit > 60; lineLimit--) {
    const broken = (await minified(ascii, lineLimit)).trim().replace(/^(?=\.)/gm, ' ');
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
function onlyText(files) {
  const [file] = files ?? [];
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return file.text;
}

async function bundleStyle() {
  const { outputFiles } = await build({
    entryPoints: [path.join(source, 'style.css')],
    minify: true,
    charset: 'ascii',
    target: 'es2022',
    lineLimit: LINE,
    write: false,
  });
  return shortVariables(onlyText(outputFiles))
    .trim()
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
}

/**
 * Gives the style's variables names of one letter, but for `--brand`, which the page's first element sets; and leaves out the
 * blanks before their values.
 *
 * @param {string} style
 */
function shortVariables(style) {
  const names = [...new Set(style.match(/--(?!brand\b)[a-z-]+(?=:)/g))];
  return style
    .replace(/--(?!brand\b)[a-z-]+/g, (name) => `--${String.fromCharCode(97 + names.indexOf(name))}`)
    .replace(/(--[a-z]+:) /g, '$1');
}

/**
 * Throws where a text breaks a rule of the page's transport (spec/envelope-v1.md, 8.4) or would end its element.
 *
 * @param {string} name
 * @param {string} text
 */
function check(name, text) {
  /** @type {readonly (readonly [RegExp, string])[]} */
  const rules = [
    [/[^\n -~]/, 'something that is not printable ASCII'],
    [new RegExp(`.{${String(MAX_LINE + 1)}}`), `a line of more than ${String(MAX_LINE)} characters`],
    [/^\./m, 'a line that begins with a dot'],
    [/^From /m, 'a line that begins with "From "'],
    [/ $/m, 'a blank at the end of a line'],
    [/<!--|<\/?script/i, 'a sequence that HTML gives a meaning inside scripts'],
    // Mail filters rewrite addresses, which breaks the hash.
    [/https?:|www\./i, 'an address'],
  ];
  for (const [pattern, what] of rules) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const around = text.slice(Math.max(0, found.index - 60), found.index + 60);
    throw new Error(`${name} holds ${what}: ...${around}...`);
  }
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
