import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { inRoot } from '../tools/lib/root.mjs';

const FOLDERS = [
  '',
  'docs',
  'spec',
  'packages/core',
  'packages/reader',
  'packages/envelope',
  'packages/cli',
  'packages/vectors',
  'examples',
];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(inRoot(folder || '.'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

/** What a text links to beside itself, without what is elsewhere on the network. */
function linksIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g), ([, to = '']) => to).filter(
    (to) => !/^[a-z]+:/.test(to),
  );
}

it.each(files)('what %s links to is there', (file) => {
  const folder = path.dirname(inRoot(file));
  expect(linksIn(readFileSync(inRoot(file), 'utf8')).filter((to) => !existsSync(path.join(folder, to)))).toEqual([]);
});

it('a link to nothing is seen', () => {
  expect(linksIn('[a](b.md), ![c](d/e.png#f) [g](https://h.example) [i](#j)')).toEqual(['b.md', 'd/e.png']);
  expect(files).toContain('README.md');
});
