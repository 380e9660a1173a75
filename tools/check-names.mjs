// No file in git names a package registry, a folder of somebody's machine or a tool of somebody's workplace.
import { existsSync, readFileSync } from 'node:fs';
import { runMain, Failure } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';

// One letter of each word stands in brackets: so this file does not name what it looks for.
/** @type {readonly (readonly [pattern: RegExp, what: string])[]} */
const forbidden = [
  [/[r]egistry\.(?:npmjs|yarnpkg)\b|\bnpm\.[p]kg\.|[a]rtifactory|[v]erdaccio/i, 'a package registry'],
  [/(?<![\w.*-])\/(?:[w]ork|[r]oot|[h]ome|[U]sers)\/\w/, 'a folder of somebody’s machine'],
  [/\b(?:[c]laude|[a]nthropic|[o]penai|[c]hatgpt|[j]ira)\b/i, 'a tool of somebody’s workplace'],
];

await runMain(async () => {
  const { code, stdout, output } = await run('git', ['ls-files', '-z']);
  if (code !== 0) throw new Failure(`git ls-files failed: ${output}`);
  const files = stdout.split('\0').filter((file) => file !== '' && existsSync(inRoot(file)));
  const problems = files.flatMap(findProblems);
  for (const problem of problems) console.log(problem);
  return problems.length === 0 ? 0 : 1;
});

/** @param {string} file */
function findProblems(file) {
  const lines = readFileSync(inRoot(file), 'latin1').split('\n');
  return lines.flatMap((line, index) =>
    forbidden.flatMap(([pattern, what]) => {
      const match = pattern.exec(line);
      return match === null ? [] : [`${file}:${index + 1} names ${what}: ${match[0]}`];
    }),
  );
}
