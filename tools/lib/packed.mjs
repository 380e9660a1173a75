import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runPnpm } from './pnpm.mjs';
import { runTool } from './run.mjs';

/**
 * Packs the published packages as npm would receive them: pnpm applies `publishConfig`, which strips the `source`
 * condition.
 *
 * @param {string} folder where the tarballs go
 * @returns {Promise<import('./run.mjs').Result>}
 */
export function pack(folder) {
  return runPnpm(['--filter', './packages/*', '--filter', '!@sealpost/vectors', 'pack', '--pack-destination', folder]);
}

/**
 * Looks at the packed packages: publint for what is in them, attw for whether types and code agree.
 *
 * @returns {Promise<import('./run.mjs').Result>}
 */
export async function checkPacked() {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-packed-'));
  try {
    const packed = await pack(folder);
    if (packed.code !== 0) return packed;
    const results = [];
    for (const file of readdirSync(folder)) {
      const tarball = path.join(folder, file);
      results.push(await runTool('publint', ['run', '--strict', tarball]));
      // A command has nothing to import, so nothing to resolve.
      if (!file.startsWith('sealpost-cli-'))
        results.push(await runTool('attw', ['--profile', 'esm-only', '--no-color', '--no-emoji', tarball]));
    }
    const failed = results.filter(({ code }) => code !== 0);
    const output = `${[sizes(folder), ...failed.map((result) => result.output)].join('\n')}\n`;
    return { code: failed.length === 0 ? 0 : 1, stdout: output, output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} folder */
function sizes(folder) {
  const kib = (/** @type {string} */ file) => (statSync(path.join(folder, file)).size / 1024).toFixed(0);
  return readdirSync(folder)
    .map((file) => `${file} ${kib(file)} KiB`)
    .join(', ');
}
