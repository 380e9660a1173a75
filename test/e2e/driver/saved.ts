import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Saved } from './engine.js';

/** What Firefox and WebKitGTK call a file that is still being written. */
const unfinished = /\.(?:part|wkdownload)$/;

/**
 * Takes the files out of a folder into which a browser saves, so that the next one of the same name keeps its name. None
 * while one is being written.
 */
export async function takeSaved(folder: string): Promise<readonly Saved[]> {
  const before = sizes(folder);
  // Firefox puts an empty file in the place of one that is about to come.
  await sleep(200);
  const names = [...sizes(folder)];
  const isSettled = names.every(([name, size]) => !unfinished.test(name) && size >= 0 && before.get(name) === size);
  if (!isSettled) return [];
  return names.map(([name]) => {
    const file = path.join(folder, name);
    const bytes = readFileSync(file);
    rmSync(file);
    return { name, bytes };
  });
}

/** Hidden files are the browser's own. */
function sizes(folder: string): Map<string, number> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  // A file may be given its final name between the two looks.
  return new Map(names.map((name) => [name, statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? -1]));
}
