import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Saved } from './engine.js';
import { until } from './until.js';

/** What Firefox and WebKitGTK call a file that is still being written. */
const unfinished = /\.(?:part|wkdownload)$/;

/**
 * Takes the files out of a folder into which a browser saves, so that the next one of the same name keeps its name. While one is
 * being written, it waits for the end of that.
 */
export async function takeSaved(folder: string): Promise<readonly Saved[]> {
  let settled: readonly string[] | undefined;
  await until(
    async () => (settled = await settledNames(folder)) !== undefined,
    () => `a file in ${folder} is still being written`,
  );
  return (settled ?? []).map((name) => {
    const file = path.join(folder, name);
    const bytes = readFileSync(file);
    rmSync(file);
    return { name, bytes };
  });
}

/** The names of all files; undefined while one is being written. */
async function settledNames(folder: string): Promise<readonly string[] | undefined> {
  const before = sizes(folder);
  // Firefox puts an empty file in the place of one that is about to come.
  await sleep(200);
  const now = sizes(folder);
  const isSettled = [...now].every(([name, size]) => !unfinished.test(name) && size >= 0 && before.get(name) === size);
  return isSettled ? [...now.keys()] : undefined;
}

/** Hidden files are the browser's own. */
function sizes(folder: string): Map<string, number> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  // A file may be given its final name between the two looks.
  return new Map(names.map((name) => [name, statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? -1]));
}
