import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CORE } from './lean-core.mjs';

const SMALL = path.resolve(import.meta.dirname, '../src/reply/small');

/**
 * Files of core in whose place the modules beside `open` have smaller ones, by their names: core's work on any envelope, of any size, a
 * page's on one that it holds and that looks like itself. Tests compare what comes out.
 */
const names = readdirSync(SMALL).map((file) => file.replace(/\.ts$/, '.js'));

/** @type {import('esbuild').Plugin} */
export const smallFiles = {
  name: 'small-files',
  setup(build) {
    const filter = new RegExp(`/(?:${names.join('|').replaceAll('.', '\\.')})$`);
    build.onResolve({ filter }, ({ path: specifier, resolveDir }) => {
      if (!resolveDir.startsWith(CORE)) return undefined;
      const own = path.join(resolveDir, specifier.replace(/\.js$/, '.ts'));
      if (!existsSync(own)) throw new Error(`${specifier} is no file of core`);
      return { path: path.join(SMALL, path.basename(own)) };
    });
  },
};
