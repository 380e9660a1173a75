// Bundles the page's script, style and languages to packages/reader/src/generated/runtime.ts. Runs from a fresh clone right
// after installation; two runs give equal bytes. With --folder it writes elsewhere; with --readable it writes the same script for
// people as well, to page.js beside it, which no page and no package holds.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { source } from './page-options.mjs';
import { brokenRules } from './page-rules.mjs';
import { LINE, onlyText, pageScript, readableScript } from './page-script.mjs';

const { values: options } = parseArgs({ options: { folder: { type: 'string' }, readable: { type: 'boolean' } } });
const folder = options.folder ?? path.join(source, 'generated');
const main = path.join(source, 'main.ts');

const { scriptText, jsonText, languages } = await load();
const script = scriptText(await pageScript(main));
const style = await bundleStyle();
check('script', script);
check('style', style);
if (style.includes('<')) throw new Error('style holds a "<"');

const blocks = languages.map((language) => ({ code: language.code, json: jsonText(language) }));
for (const { code, json } of blocks) check(`language ${code}`, json);

const codes = blocks.map(({ code }) => `'${code}'`);
const blocksByCode = Object.fromEntries(blocks.map((block) => [block.code, block]));
mkdirSync(folder, { recursive: true });
writeFileSync(
  path.join(folder, 'runtime.ts'),
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
if (options.readable === true) writeFileSync(path.join(folder, 'page.js'), await readableScript(main));
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
 * Throws where a text breaks a rule for what a page holds.
 *
 * @param {string} name
 * @param {string} text
 */
function check(name, text) {
  const [broken] = brokenRules(text);
  if (broken !== undefined) throw new Error(`${name}, ${broken}`);
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
