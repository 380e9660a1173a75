// Compares the tables of spec/registry.md with the code: error codes with errors.ts, limits with limits.ts.
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';

const registry = 'spec/registry.md';
const errors = 'packages/core/src/errors.ts';
const limits = 'packages/core/src/limits.ts';
const builtLimits = 'packages/core/dist/limits.js';

await runMain(async () => {
  if (!exists(registry)) {
    console.log(`not yet: ${registry} does not exist`);
    return 0;
  }
  const problems = [...checkErrorCodes(), ...(await checkLimits())];
  for (const problem of problems) console.log(problem);
  return problems.length === 0 ? 0 : 1;
});

function checkErrorCodes() {
  if (!exists(errors)) return notYet(errors);
  const union = /export type EnvelopeErrorCode =([^;]*);/.exec(read(errors))?.[1] ?? '';
  const inCode = new Map(Array.from(union.matchAll(/'([A-Z_]+)'/g), ([, code = '']) => [code, code]));
  const inRegistry = new Map([...readTable('Error codes').keys()].map((code) => [code, code]));
  return compare('error code', inRegistry, inCode, errors);
}

async function checkLimits() {
  if (!exists(limits)) return notYet(limits);
  if (!exists(builtLimits)) return [`${builtLimits} is missing: run npm run build first`];
  /** @type {Record<string, unknown>} */
  const exported = await import(pathToFileURL(inRoot(builtLimits)).href);
  const numbers = Object.entries(exported).filter(([, value]) => typeof value === 'number');
  const inCode = new Map(numbers.map(([name, value]) => [name, String(value)]));
  return compare('limit', readTable('Limits'), inCode, limits);
}

/**
 * @param {string} noun
 * @param {Map<string, string>} inRegistry
 * @param {Map<string, string>} inCode
 * @param {string} file where the code stands
 */
function compare(noun, inRegistry, inCode, file) {
  if (inCode.size === 0) return [`no ${noun} found in ${file}: adapt tools/check-registry.mjs`];
  return [...new Set([...inRegistry.keys(), ...inCode.keys()])].flatMap((name) => {
    const [spec, code] = [inRegistry.get(name), inCode.get(name)];
    if (spec === undefined) return [`${noun} ${name} of ${file} is missing in ${registry}`];
    if (code === undefined) return [`${noun} ${name} of ${registry} is missing in ${file}`];
    return spec === code ? [] : [`${noun} ${name} is ${spec} in ${registry} and ${code} in ${file}`];
  });
}

/**
 * The table under a heading of the second level: the first column, in backticks, to the second.
 *
 * @param {string} heading
 * @returns {Map<string, string>} thousands separators and backticks are dropped from the values
 */
function readTable(heading) {
  const section =
    read(registry)
      .split(/^## /m)
      .find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const rows = section.matchAll(/^\| *`([^`]+)` *\| *([^|]*?) *\|/gm);
  return new Map(Array.from(rows, ([, name = '', value = '']) => [name, value.replace(/[`,_]/g, '')]));
}

/** @param {string} file */
function exists(file) {
  return existsSync(inRoot(file));
}

/** @param {string} file */
function read(file) {
  return readFileSync(inRoot(file), 'utf8');
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function notYet(file) {
  console.log(`not yet: ${file} does not exist`);
  return [];
}
