// Bundles the page's code modules, style and languages to packages/reader/src/generated/runtime.ts, the opener to opener.ts beside it,
// and the modules for people to packages/reader/dist/readable. Runs from a fresh clone right after installation; two runs give equal bytes, wherever they run.
//   --record  writes the hashes to packages/reader/runtime.json
//   --freeze  the same, and calls the version released: from then on its entry stays as it is
//   --check   writes nothing, and fails where runtime.json is not that of this page
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { deflateRaw } from 'pako';
import { openerFiles } from './opener-files.mjs';
import { moduleOptions, pageOptions, source } from './page-options.mjs';
import { brokenRules, countsUnpacked, withoutSending } from './page-rules.mjs';
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
/** The code modules, in the order in which a page holds them. */
const entries = /** @type {const} */ ([
  ['open', path.join(source, 'main.ts'), pageOptions],
  ['reply', path.join(source, 'reply/main.ts'), moduleOptions],
  ['pq', path.join(source, 'pq/main.ts'), moduleOptions],
]);

const { scriptText, languages, toLanguage, replyStrings, openerEnglish, writeLanguage, ...core } = await load();
/** @type {Record<string, string>} */
const modules = {};
/** The same for people. @type {Record<string, string>} */
const scriptsForPeople = {};
for (const [name, entry, how] of entries) {
  modules[name] = scriptText(await pageScript(entry, how));
  scriptsForPeople[`${name}.js`] = await readableScript(entry, how);
}
const style = await bundleStyle();
const texts = languages.map(toLanguage);
const blocks = Object.fromEntries(texts.map((language) => [language.code, languageText(language)]));
/** The same texts for people. @type {Readonly<Record<string, string>>} */
const readable = {
  ...scriptsForPeople,
  'style.css': await esbuildStyle({}),
  ...Object.fromEntries(
    languages.flatMap((language) => [
      [`language-${language.code}.json`, forPeople(language)],
      [`reply-${language.code}.json`, forPeople(replyStrings[language.code])],
    ]),
  ),
};

for (const [name, text] of Object.entries(modules)) {
  const code = name === 'reply' ? withoutSending(text) : text;
  check(`module ${name}`, code);
  // The element's tags stand in the script's first and last line.
  check(
    `module ${name} between its tags`,
    `${'_'.repeat(`<script id="sealpost-${name}">`.length)}${code}${'_'.repeat('</script>'.length)}`,
  );
}
for (const [name, code] of Object.entries(scriptsForPeople)) {
  // In the page itself these names may be in two pieces.
  check(`${name} for people`, code, (rule) => rule === 3 || rule === 26);
}
check('style', style);
if (style.includes('<')) throw new Error('style holds a "<"');
for (const [code, json] of Object.entries(blocks)) check(`language ${code}`, json);
for (const { code, texts: said } of texts) check(`texts in ${code}`, said.join('\n'), countsUnpacked);

/** @type {import('./releases.mjs').Entry} */
const built = {
  version: currentVersion(),
  released: options.freeze === true,
  modules: hashes(modules),
  style: sha256(style),
  languages: hashes(blocks),
  markup: sha256(
    await samplePages({ ...core, languageText }, (bytes) => Uint8Array.from(Buffer.from(sha256(bytes), 'hex'))),
  ),
  readable: hashes(readable),
};
const releases = readReleases();
if (options.check === true) {
  const problems = releaseProblems(releases, built);
  for (const problem of problems) console.log(`packages/reader/runtime.json: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} else {
  writeRuntime();
  await writeOpener();
  if (options.record === true || options.freeze === true)
    writeFileSync(RUNTIME_JSON, releasesText(withBuild(releases, built)));
  const sizes = Object.entries({ ...modules, style, ...blocks }).map(([name, text]) => `${name} ${text.length}`);
  console.log(sizes.join(', '));
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

/** The static opener, which carries the same page. */
async function writeOpener() {
  const [english] = languages;
  const { texts, pictures } = await openerFiles({
    modules,
    style,
    languages: blocks,
    releases: knownReleases(releases, built),
    texts: { ...openerEnglish, never: english?.strings.never ?? '' },
    scriptText,
  });
  writeFileSync(
    path.join(generated, 'opener.ts'),
    `// Written by packages/reader/scripts/bundle.mjs.
export const openerTexts: Readonly<Record<string, string>> = ${JSON.stringify(texts, null, 2)};

/** In base64. */
export const openerPictures: Readonly<Record<string, string>> = ${JSON.stringify(pictures, null, 2)};
`,
  );
}

/** A language's block: the same bytes on every machine, which Node's own zlib does not promise. @param {ReturnType<typeof toLanguage>} language */
function languageText(language) {
  return writeLanguage(language, (bytes) => Uint8Array.from(deflateRaw(bytes, { level: 9, memLevel: 9 })));
}

/** @param {unknown} value */
function forPeople(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * TypeScript of core and of the languages, which Node 20 cannot import as it is.
 *
 * @typedef {object} Sources
 * @property {(code: string) => string} scriptText
 * @property {readonly import('../src/i18n/keys.js').Strings[]} languages
 * @property {typeof import('../src/i18n/language.js').toLanguage} toLanguage
 * @property {typeof import('../src/i18n/reply/all.js').replyStrings} replyStrings
 * @property {import('../src/opener/i18n/keys.js').OpenerTexts} openerEnglish
 * @property {typeof import('../../core/src/document/language.js').writeLanguage} writeLanguage
 *
 * @returns {Promise<Sources & Parameters<typeof samplePages>[0]>}
 */
async function load() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { assemble } from '../../core/src/document/assemble.ts';
export { FIRST_PAINT_KEYS as keys } from '../../core/src/document/first-paint-keys.ts';
export { scriptText } from '../../core/src/document/inline.ts';
export { joinTexts, writeLanguage } from '../../core/src/document/language.ts';
export { encodeHeader } from '../../core/src/wire/header.ts';
export { languages } from './i18n/all.ts';
export { toLanguage } from './i18n/language.ts';
export { replyStrings } from './i18n/reply/all.ts';
export { en as openerEnglish } from './opener/i18n/en.ts';`,
      resolveDir: source,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    conditions: ['source'],
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
