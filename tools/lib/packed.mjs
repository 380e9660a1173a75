import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runPnpm } from './pnpm.mjs';
import { runTool } from './run.mjs';

/**
 * Packs the published packages as npm would receive them (pnpm applies `publishConfig`, which strips the `source`
 * condition) and looks at the tarballs: publint for what is in them, attw for whether types and code agree.
 *
 * @returns {Promise<import('./run.mjs').Result>}
 */
export async function checkPacked() {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-packed-'));
  try {
    const published = ['--filter', './packages/*', '--filter', '!@sealpost/vectors'];
    const packed = await runPnpm([...published, 'pack', '--pack-destination', folder]);
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
    const output = failed.map((result) => result.output).join('\n');
    return { code: failed.length === 0 ? 0 : 1, stdout: output, output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
