// What the page's runtime must never contain, whatever its size. Reads the built runtime, so build first.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';

const source = 'packages/reader/scripts/bundle.mjs';
const runtime = 'packages/reader/dist/generated/runtime.js';

/** @type {readonly (readonly [pattern: RegExp, reason: string])[]} */
const forbidden = [
  [/\beval\s*\(/, 'code from text: the content security policy would have to open'],
  [/\bFunction\s*\(/, 'code from text: the content security policy would have to open'],
  [/innerHTML|insertAdjacentHTML|document\.write/, 'markup from text: build nodes instead'],
  [/https?:|www\./, 'an address: mail filters rewrite it and break the hash'],
  [/localStorage|sessionStorage|indexedDB/, 'storage: the page leaves nothing behind'],
  [/XMLHttpRequest/, 'network: the page is offline'],
  [/WebAssembly/, 'mail scanners flag it'],
  [/\batob\b|unescape\s*\(|msSaveBlob|_0x/, 'mail scanners take it for a dropper'],
  [/<!--|<\/?script/i, 'ends or swallows the script that the runtime stands in'],
  [/[^\n\x20-\x7e]/, 'other than printable ASCII and LF: mail transport or the HTML parser changes it'],
  [/^(?:\.|From )/m, 'a line that mail transport changes'],
  [/ $/m, 'a trailing blank, which mail transport may drop'],
  [/.{991}/, 'a line over 990 characters'],
];

await runMain(async () => {
  if (!existsSync(inRoot(source))) {
    console.log(`not yet: ${source} does not exist`);
    return 0;
  }
  if (!existsSync(inRoot(runtime))) {
    console.log(`${runtime} is missing: run npm run build first`);
    return 1;
  }
  /** @type {Record<string, unknown>} */
  const exported = await import(pathToFileURL(inRoot(runtime)).href);
  const texts = [...textsOf('', exported)];
  if (texts.length === 0) console.log(`${runtime} exports no text`);
  const problems = texts.flatMap(([name, text]) => findProblems(text).map((problem) => `${name}: ${problem}`));
  for (const problem of problems) console.log(problem);
  // Codes and hashes are texts too, but of no interest here.
  for (const [name, text] of texts.filter(([, { length }]) => length > 100)) {
    console.log(`${name}: ${text.length} characters, ${gzipSync(text, { level: 9 }).length} compressed`);
  }
  return problems.length === 0 && texts.length > 0 ? 0 : 1;
});

/**
 * Every text in a module's exports, with its name: `runtime.open`.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {Generator<[name: string, text: string]>}
 */
function* textsOf(name, value) {
  if (typeof value === 'string') yield [name, value];
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* textsOf(name === '' ? key : `${name}.${key}`, inner);
  }
}

/** @param {string} text */
function findProblems(text) {
  const problems = forbidden.flatMap(([pattern, reason]) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const line = text.slice(0, match.index).split('\n').length;
    return [`line ${line} has ${JSON.stringify(match[0].slice(0, 40))}: ${reason}`];
  });
  // Each alone is harmless; together they are how droppers decode what they carry.
  if (text.includes('fromCharCode') && text.includes('charCodeAt')) {
    problems.push('fromCharCode together with charCodeAt: mail scanners take it for a dropper');
  }
  return problems;
}
