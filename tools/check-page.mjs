// Asks whether the built runtime keeps the page's rules and whether packages/reader/runtime.json is its list of releases, and says
// its size. Build first.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { brokenRules, withoutSending } from '../packages/reader/scripts/page-rules.mjs';
import { lostReleases } from '../packages/reader/scripts/releases.mjs';
import { runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';
import { run, runScript } from './lib/run.mjs';

const source = 'packages/reader/scripts/bundle.mjs';
const runtime = 'packages/reader/dist/generated/runtime.js';

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
  const problems = [
    ...texts.flatMap(([name, text]) =>
      brokenRules(name === 'runtime.modules.reply' ? withoutSending(text) : text).map((one) => `${name}: ${one}`),
    ),
    ...(await findReleaseProblems()),
  ];
  for (const problem of problems) console.log(problem);
  // Codes and hashes are texts too, but of no interest here.
  for (const [name, text] of texts.filter(([, { length }]) => length > 100)) {
    console.log(`${name}: ${text.length} characters, ${gzipSync(text, { level: 9 }).length} compressed`);
  }
  return problems.length === 0 && texts.length > 0 ? 0 : 1;
});

/**
 * What is wrong with the list of releases: beside the page as it is built now, and beside the list of every commit before.
 *
 * @returns {Promise<readonly string[]>}
 */
async function findReleaseProblems() {
  const list = 'packages/reader/runtime.json';
  const beside = await runScript(source, ['--check']);
  const problems = beside.code === 0 ? [] : beside.output.trimEnd().split('\n');
  const commits = await run('git', ['log', '--format=%H', '--', list]);
  for (const commit of commits.stdout.split('\n').filter((line) => line !== '')) {
    const before = await run('git', ['show', `${commit}:${list}`]);
    if (before.code === 0) problems.push(...lostReleases(before.stdout).map((problem) => `${list}: ${problem}`));
  }
  return [...new Set(problems)];
}

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
