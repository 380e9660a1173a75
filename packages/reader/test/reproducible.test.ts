import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
/** What the page's build reads of the checkout. */
const SOURCES = [
  'core/src',
  'core/package.json',
  'reader/src',
  'reader/scripts',
  'reader/package.json',
  'reader/runtime.json',
];
/** What it runs and bundles, with what these need, as pnpm names their folders. */
const INSTALLED =
  /^(?:@noble\+|@scure\+|@esbuild\+|esbuild@|pako@|postal-mime@|typescript@|terser@|@jridgewell\+|acorn@|commander@|source-map|buffer-from@)/;

/** A clean copy of the page's sources and of what builds them: nothing in it leads back to the checkout. */
function copyTo(folder: string): void {
  const copy = (name: string): void => {
    cpSync(path.join(root, name), path.join(folder, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (from) => !/[\\/](?:generated|\.cache|\.vite)$/.test(from),
    });
  };
  for (const source of SOURCES) copy(`packages/${source}`);
  for (const modules of ['packages/core/node_modules', 'packages/reader/node_modules']) copy(modules);
  for (const name of readdirSync(path.join(root, 'node_modules/.pnpm'))) {
    if (INSTALLED.test(name)) copy(`node_modules/.pnpm/${name}`);
  }
  for (const name of ['esbuild', 'terser', 'typescript']) copy(`node_modules/${name}`);
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The hash of everything that a build writes, by its path. */
async function build(folder: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const script = path.join(folder, 'packages/reader/scripts/bundle.mjs');
  await promisify(execFile)(process.execPath, [script, '--record'], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
  });
  const written = ['packages/reader/runtime.json', 'packages/reader/src/generated', 'packages/reader/dist/readable'];
  const files = written.flatMap((name) =>
    path.extname(name) === '' ? readdirSync(path.join(folder, name)).map((file) => `${name}/${file}`) : [name],
  );
  return new Map(files.map((file) => [file, sha256(path.join(folder, file))]));
}

it('1: two builds in two places give the same bytes, and those of this checkout', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-builds-'));
  try {
    const one = path.join(folder, 'one');
    const other = path.join(folder, 'another place', 'deeper \u00fc');
    const home = path.join(folder, 'home');
    for (const place of [one, other, home]) mkdirSync(place, { recursive: true });
    copyTo(one);
    copyTo(other);
    const [first, second] = await Promise.all([
      build(one, one, { HOME: home, LANG: 'C', TZ: 'UTC' }),
      build(other, home, { HOME: one, LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', CI: '1' }),
    ]);
    expect([...second]).toEqual([...first]);
    expect([...first.keys()]).toEqual(
      expect.arrayContaining(['packages/reader/src/generated/runtime.ts', 'packages/reader/dist/readable/open.js']),
    );
    const own = 'packages/reader/src/generated/runtime.ts';
    expect(first.get(own)).toBe(sha256(path.join(root, own)));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
