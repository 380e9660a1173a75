// Measures Sealpost and its peers, and prints a table: `npm run bench`, `npm run bench -- --quick`; with `--write` the
// table also goes into the README.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { runMain } from './lib/failure.mjs';
import { inRoot, root } from './lib/root.mjs';

const main = import.meta.resolve('../test/bench/main.ts');
const task = import.meta.resolve('../test/bench/task.ts');
const probe = import.meta.resolve('../test/bench/usage-probe.ts');
const folder = inRoot('node_modules', '.cache', 'sealpost-bench');

await runMain(async () => {
  await ensureBuilt();
  // Not before: it was installed just now.
  const { build: bundle } = await import('esbuild');
  await bundle({
    absWorkingDir: root,
    entryPoints: [main, task, probe].map((url) => fileURLToPath(url)),
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The packages are used as they were built and as their users import them.
    packages: 'external',
  });
  const bench = spawn(process.execPath, [`${folder}/main.js`, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    bench.on('error', reject);
    bench.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
});
