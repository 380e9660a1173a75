// Writes packages/vectors/data from the scenarios of packages/vectors/src/cases: `node tools/make-vectors.mjs`. With --check it
// writes nothing and fails where the folder is not what the scenarios make.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { Failure, runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';

/** @typedef {import('../packages/vectors/src/cases/scenario.js').Scenario} Scenario */
/** @typedef {import('../packages/vectors/src/cases/signing-key.js').KeyTextScenario} KeyTextScenario */
/** @typedef {import('../packages/vectors/src/vector.js').KeyTextEntry} KeyTextEntry */
/** @typedef {import('../packages/vectors/src/vector.js').Vector} Vector */
/**
 * @typedef {object} Kit
 * @property {readonly Scenario[]} scenarios
 * @property {(scenario: Scenario) => Vector} makeVector
 * @property {readonly KeyTextScenario[]} keyTexts
 * @property {(scenario: KeyTextScenario) => KeyTextEntry} makeKeyText
 */

const folder = inRoot('packages', 'vectors', 'data');

await runMain(async () => {
  const files = await makeFiles();
  const present = readdirSync(folder);
  const left = present.filter((name) => !files.has(name));
  const changed = [...files].filter(([name, bytes]) => !present.includes(name) || !isContent(name, bytes));
  if (process.argv.includes('--check')) {
    const wrong = [...left, ...changed.map(([name]) => name)];
    if (wrong.length > 0) throw new Failure(`make-vectors: not what the scenarios make: ${wrong.join(', ')}`);
  } else {
    mkdirSync(folder, { recursive: true });
    for (const name of left) rmSync(path.join(folder, name));
    for (const [name, bytes] of changed) writeFileSync(path.join(folder, name), bytes);
  }
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  console.log(`make-vectors: ${String(files.size - 1)} vectors, ${String(total)} bytes with their index`);
  return 0;
});

/** @returns {Promise<Map<string, Uint8Array>>} contents of the folder, by name */
async function makeFiles() {
  const { keyTexts, makeKeyText, makeVector, scenarios } = await loadKit();
  const vectors = scenarios.map(makeVector);
  const files = new Map(vectors.map(({ entry, bytes }) => [entry.file, bytes]));
  if (files.size !== scenarios.length) throw new Failure('make-vectors: two scenarios have the same name');
  const entries = vectors.map(({ entry }) => entry);
  const index = { format: 1, licence: 'CC0-1.0', vectors: entries, texts: keyTexts.map(makeKeyText) };
  return files.set('index.json', Buffer.from(`${asciiJson(index)}\n`));
}

/**
 * JSON in ASCII, so that no editor and no transport changes a passphrase.
 *
 * @param {unknown} value
 */
function asciiJson(value) {
  const escape = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, undefined, 2).replace(/[\u007f-\uffff]/g, escape);
}

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function isContent(name, bytes) {
  return readFileSync(path.join(folder, name)).equals(bytes);
}

/**
 * The kit straight from its TypeScript sources, so that no build has to come first.
 *
 * @returns {Promise<Kit>}
 */
async function loadKit() {
  const entry = inRoot('packages', 'vectors', 'src', 'index.ts');
  const result = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'node' });
  const code = result.outputFiles[0]?.contents ?? new Uint8Array();
  /** @type {Kit} */
  const kit = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  return kit;
}
