// Writes Appendix A of spec/envelope-v1.md with the test kit: `node tools/make-worked-example.mjs`. With --check it writes
// nothing and fails where the appendix is not what the kit makes.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { Failure, runMain } from './lib/failure.mjs';
import { inRoot } from './lib/root.mjs';

const spec = inRoot('spec', 'envelope-v1.md');
const begin = '<!-- worked-example: written by tools/make-worked-example.mjs, checked by packages/vectors/test -->\n';
const end = '\n<!-- end of worked-example -->\n';

await runMain(async () => {
  const { writeWorkedExample } = await loadKit();
  const text = readFileSync(spec, 'utf8');
  const start = text.indexOf(begin) + begin.length;
  if (start < begin.length) throw new Failure('make-worked-example: the marker is missing in spec/envelope-v1.md');
  const stop = text.indexOf(end, start);
  const rest = stop === -1 ? '' : text.slice(stop + end.length);
  const made = `${text.slice(0, start)}\n${writeWorkedExample()}\n${end}${rest}`;
  if (process.argv.includes('--check')) {
    if (made !== text) throw new Failure('make-worked-example: Appendix A is not what the kit makes');
  } else {
    writeFileSync(spec, made);
  }
  return 0;
});

/**
 * The kit straight from its TypeScript sources, so that no build has to come first.
 *
 * @returns {Promise<{ writeWorkedExample: () => string }>}
 */
async function loadKit() {
  const entry = inRoot('packages', 'vectors', 'src', 'worked-example.ts');
  const result = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'node' });
  const code = result.outputFiles[0]?.contents ?? new Uint8Array();
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  /** @type {{ writeWorkedExample: () => string }} */
  const kit = await import(url);
  return kit;
}
