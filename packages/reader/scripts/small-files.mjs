import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CORE } from './lean-core.mjs';

const SOURCE = path.resolve(import.meta.dirname, '../src');

/**
 * Takes smaller files in the place of core's of the same names: core's work on any envelope, of any size, and as fast as it can be, a page's on
 * one that it holds. Tests compare what comes out.
 *
 * @param {string} folder of the smaller files, below the page's sources
 * @returns {import('esbuild').Plugin}
 */
export function smallFiles(folder) {
  const small = path.join(SOURCE, folder);
  const names = readdirSync(small).map((file) => file.replace(/\.ts$/, '.js'));
  return {
    name: 'small-files',
    setup(build) {
      const filter = new RegExp(`/(?:${names.join('|').replaceAll('.', '\\.')})$`);
      build.onResolve({ filter }, ({ path: specifier, resolveDir }) => {
        if (!resolveDir.startsWith(CORE)) return undefined;
        const own = path.join(resolveDir, specifier.replace(/\.js$/, '.ts'));
        if (!existsSync(own)) throw new Error(`${specifier} is no file of core`);
        return { path: path.join(small, path.basename(own)) };
      });
    },
  };
}
