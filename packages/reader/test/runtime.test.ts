import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { languageBlocks, LANGUAGES, runtime, runtimeSha256 } from '@sealpost/reader';

const script = runtime.modules.open;
const texts: readonly (readonly [string, string])[] = [
  ['script', script],
  ['style', runtime.style],
  ...LANGUAGES.map((code) => [code, languageBlocks[code].json] as const),
];

it('[1] is the same to the last byte when it is built again', { timeout: 60_000 }, () => {
  const generated = fileURLToPath(new URL('../src/generated/runtime.ts', import.meta.url));
  const before = readFileSync(generated);
  execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/bundle.mjs', import.meta.url))]);
  expect(readFileSync(generated).equals(before)).toBe(true);
  expect(runtimeSha256.open).toBe(createHash('sha256').update(script).digest('hex'));
});

it.each(texts)('[5] %s keeps the rules of transport', (_, text) => {
  expect(text).not.toMatch(/[^\n -~]/);
  expect(text).not.toMatch(/^(?:\.|From )/m);
  expect(text).not.toMatch(/ $/m);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(990);
  expect(text).not.toMatch(/<!--|<\/?script/i);
});

it('[3] [23] [33] has none of the ways to run a text, to store or to send something', () => {
  const words =
    'eval innerHTML outerHTML insertAdjacentHTML setHTMLUnsafe XMLHttpRequest responseText fetch sendBeacon WebSocket EventSource WebAssembly importScripts localStorage sessionStorage indexedDB caches BroadcastChannel cookie console postMessage$';
  for (const word of words.split(' ')) expect(script, word).not.toMatch(new RegExp(`\\b${word}\\b`));
  expect(script).not.toMatch(/\bFunction\(|document\.write|setTimeout\(["'`]|clipboard|\.send\(/);
  expect(script).not.toMatch(/document\.title|(?:window|self|globalThis|top)\.name\b/);
  expect(script.match(/createPolicy\(/g)).toHaveLength(1);
});

it('[30] [31] [34] has none of what scanners take for smuggling', () => {
  expect(script).not.toMatch(/\batob\b|\bunescape\b|fromCharCode|msSaveBlob|_0x/);
  expect(script).not.toMatch(/(?:\d{2,3},){60,}|(?:\\x[0-9a-f]{2}){100}|(?:0x[0-9a-f]{2},){100}/i);
});

it('[32] asks for a passphrase', () => {
  expect(script.match(/password/gi)).toEqual(['password']);
  for (const [name, text] of texts) expect(text, name).not.toMatch(/\b(?:incorrect|invalid|login|sign in)\b/i);
  expect(languageBlocks.en.json.match(/password/gi)).toHaveLength(1);
  expect(languageBlocks.en.json).toContain('will never ask for the password');
});

it('[37] has no address that a mail filter could rewrite', () => {
  for (const [, text] of texts) expect(text).not.toMatch(/https?:\/\/|https?:(?!\\)|www\.|w3\.org/i);
});

it('grows only when somebody means it to', () => {
  // The goal is 80 KiB for a whole envelope; `npm run bench` says how far it is.
  expect(script.length).toBeLessThanOrEqual(72_000);
  expect(runtime.style.length).toBeLessThanOrEqual(4_500);
  for (const code of LANGUAGES) expect(languageBlocks[code].json.length, code).toBeLessThanOrEqual(4_096);
});
