import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { languageBlocks, LANGUAGES, runtime, runtimeSha256 } from '@sealpost/reader';
import { source } from '../scripts/page-options.mjs';
import { brokenRules } from '../scripts/page-rules.mjs';

const scripts = path.join(source, '../scripts');
const script = runtime.modules.open;
const texts: readonly (readonly [string, string])[] = [
  ['script', script],
  ['style', runtime.style],
  ...LANGUAGES.map((code) => [code, languageBlocks[code].json] as const),
];

it('[1] is the same to the last byte when it is built again', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-runtime-'));
  try {
    execFileSync(process.execPath, [path.join(scripts, 'bundle.mjs'), '--folder', folder]);
    const built = readFileSync(path.join(folder, 'runtime.ts'));
    expect(built.equals(readFileSync(path.join(source, 'generated/runtime.ts')))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(runtimeSha256.open).toBe(createHash('sha256').update(script).digest('hex'));
});

it.each(texts)('[3] [5] [23] [30] [33] [37] %s keeps the rules of a page', (_, text) => {
  expect(brokenRules(text)).toEqual([]);
});

it.each([
  ['eval("1")', 'a name'],
  ['new Function("1")', 'a name'],
  ['a.innerHTML=b', 'a name'],
  ['document.write(a)', 'a name'],
  ['fetch(a)', 'a name'],
  ['String.fromCharCode(1)', 'a name'],
  ['let _0x1f', 'a name'],
  ['setTimeout("a()")', 'a call'],
  ['window.name', 'a call'],
  ['"http:"', 'an address'],
  ['"</script"', 'a sequence'],
  ['"\u00e9"', 'something other'],
  ['a\n.b', 'a line that'],
  ['a\nFrom b', 'a line that'],
  ['a \nb', 'a trailing'],
  ['a'.repeat(991), 'a line over'],
])('the rules see what breaks them: %j', (text, reason) => {
  expect(brokenRules(`first line\n${text}`)).toEqual([expect.stringContaining(`has ${reason}`)]);
});

it('[23] has one policy for trusted types', () => {
  expect(script.match(/createPolicy\(/g)).toHaveLength(1);
});

it('[31] [34] has no long tables of numbers, which scanners take for smuggling', () => {
  expect(script).not.toMatch(/(?:\d{2,3},){60,}|(?:\\x[0-9a-f]{2}){100}|(?:0x[0-9a-f]{2},){100}/i);
});

it('[32] asks for a passphrase', () => {
  expect(script.match(/password/gi)).toEqual(['password']);
  for (const [name, text] of texts) expect(text, name).not.toMatch(/\b(?:incorrect|invalid|login|sign in)\b/i);
  expect(languageBlocks.en.json.match(/password/gi)).toHaveLength(1);
  expect(languageBlocks.en.json).toContain('will never ask for your email password');
});

it('grows only when somebody means it to', () => {
  // The goal is 80 KiB for a whole envelope; `npm run bench` says how far it is.
  expect(script.length).toBeLessThanOrEqual(72_000);
  expect(runtime.style.length).toBeLessThanOrEqual(4_500);
  expect(languageBlocks.en.json.length).toBeLessThanOrEqual(4_200);
  // A letter that is not ASCII takes six bytes.
  for (const code of LANGUAGES) expect(languageBlocks[code].json.length, code).toBeLessThanOrEqual(14_500);
});
