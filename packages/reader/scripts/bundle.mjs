// Bundles the page's script, style and languages to packages/reader/src/generated/runtime.ts, and for people to
// packages/reader/dist/readable. Runs from a fresh clone right after installation; two runs give equal bytes, wherever they run.
//   --record  writes the hashes to packages/reader/runtime.json
//   --freeze  the same, and calls the version released: from then on its entry stays as it is
//   --check   writes nothing, and fails where runtime.json is not that of this page
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { source } from './page-options.mjs';
import { brokenRules } from './page-rules.mjs';
import { LINE, onlyText, pageScript, readableScript } from './page-script.mjs';
import {
  currentVersion,
  hashes,
  knownReleases,
  readReleases,
  releaseProblems,
  releasesText,
  RUNTIME_JSON,
  sha256,
  withBuild,
} from './releases.mjs';
import { samplePages } from './sample-page.mjs';

const { values: options } = parseArgs({
  options: { record: { type: 'boolean' }, freeze: { type: 'boolean' }, check: { type: 'boolean' } },
});
const generated = path.join(source, 'generated');
const readableFolder = path.join(source, '../dist/readable');
const main = path.join(source, 'main.ts');

const { scriptText, jsonText, languages, ...core } = await load();
const modules = { open: scriptText(await pageScript(main)) };
const style = await bundleStyle();
const blocks = Object.fromEntries(languages.map((language) => [language.code, jsonText(language)]));
const scriptForPeople = await readableScript(main);
/** The same texts for people. @type {Readonly<Record<string, string>>} */
const readable = {
  'open.js': scriptForPeople,
  'style.css': await esbuildStyle({}),
  ...Object.fromEntries(
    languages.map((language) => [`language-${language.code}.json`, `${JSON.stringify(language, null, 2)}\n`]),
  ),
};

check('script', modules.open);
// The element's tags stand in the script's first and last line.
check(
  'script between its tags',
  `${'_'.repeat('<script id="sealpost-register">'.length)}${modules.open}${'_'.repeat('</script>'.length)}`,
);
// In the page itself these names may be in two pieces.
check('script for people', scriptForPeople, (rule) => rule === 3 || rule === 26);
check('style', style);
if (style.includes('<')) throw new Error('style holds a "<"');
for (const [code, json] of Object.entries(blocks)) check(`language ${code}`, json);

/** @type {import('./releases.mjs').Entry} */
const built = {
  version: currentVersion(),
  released: options.freeze === true,
  modules: hashes(modules),
  style: sha256(style),
  languages: hashes(blocks),
  markup: sha256(await samplePages(core, (bytes) => Uint8Array.from(Buffer.from(sha256(bytes), 'hex')))),
  readable: hashes(readable),
};
const releases = readReleases();
if (options.check === true) {
  const problems = releaseProblems(releases, built);
  for (const problem of problems) console.log(`packages/reader/runtime.json: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} else {
  writeRuntime();
  if (options.record === true || options.freeze === true)
    writeFileSync(RUNTIME_JSON, releasesText(withBuild(releases, built)));
  const sizes = Object.entries(blocks).map(([code, json]) => `${code} ${json.length}`);
  console.log([`script ${modules.open.length}`, `style ${style.length}`, ...sizes].join(', '));
}

function writeRuntime() {
  const codes = Object.keys(blocks).map((code) => `'${code}'`);
  const blocksByCode = Object.fromEntries(Object.entries(blocks).map(([code, json]) => [code, { code, json }]));
  mkdirSync(generated, { recursive: true });
  writeFileSync(
    path.join(generated, 'runtime.ts'),
    `// Written by packages/reader/scripts/bundle.mjs.
import type { LanguageBlock, Release, Runtime } from '@sealpost/core';

/** The languages of this release; the first is the one to fall back to. */
export const LANGUAGES: readonly [${codes.join(', ')}] = [${codes.join(', ')}];

export type LanguageCode = (typeof LANGUAGES)[number];

export const runtime: Runtime = ${JSON.stringify({ modules, style }, null, 2)};

export const languageBlocks: Readonly<Record<LanguageCode, LanguageBlock>> = ${JSON.stringify(blocksByCode, null, 2)};

/** All releases up to this one, oldest first. */
export const releases: readonly Release[] = ${JSON.stringify(knownReleases(releases, built), null, 2)};
`,
  );
  rmSync(readableFolder, { recursive: true, force: true });
  mkdirSync(readableFolder, { recursive: true });
  for (const [name, text] of Object.entries(readable)) writeFileSync(path.join(readableFolder, name), text);
}

/**
 * TypeScript of core and of the languages, which Node 20 cannot import as it is.
 *
 * @typedef {object} Sources
 * @property {(code: string) => string} scriptText
 * @property {(value: unknown) => string} jsonText
 * @property {readonly import('../src/i18n/keys.js').Strings[]} languages
 *
 * @returns {Promise<Sources & Parameters<typeof samplePages>[0]>}
 */
async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { assemble } from '../../core/src/document/assemble.ts';
export { FIRST_PAINT_KEYS as keys } from '../../core/src/document/first-paint.ts';
export { scriptText, jsonText } from '../../core/src/document/inline.ts';
export { encodeHeader } from '../../core/src/wire/header.ts';
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
  /** @type {ReturnType<typeof load>} */
  const loaded = import(`data:text/javascript,${encodeURIComponent(onlyText(outputFiles))}`);
  return loaded;
}

async function bundleStyle() {
  return shortVariables(await esbuildStyle({ minify: true, lineLimit: LINE }))
    .trim()
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
}

/** @param {import('esbuild').BuildOptions} how */
async function esbuildStyle(how) {
  const { outputFiles } = await build({
    entryPoints: [path.join(source, 'style.css')],
    charset: 'ascii',
    target: 'es2022',
    write: false,
    ...how,
  });
  return onlyText(outputFiles);
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
 * @param {(rule: number) => boolean} [counts] which rules to ask
 */
function check(name, text, counts) {
  const [broken] = brokenRules(text, counts);
  if (broken !== undefined) throw new Error(`${name}, ${broken}`);
}
