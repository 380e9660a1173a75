import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CORE, leanBeside, leanCore } from './lean-core.mjs';
import { leanNoble } from './lean-noble.mjs';
import { plainNoble } from './plain-noble.mjs';
import { readShared, sharedList, withShared } from './shared-code.mjs';
import { smallFiles } from './small-files.mjs';
import { withoutMessages } from './without-messages.mjs';

export const source = path.resolve(import.meta.dirname, '../src');

/**
 * Properties of ours and of noble's, with the short names that they have in the page: the same in every module, since modules hand
 * objects to each other. None is a name of the language, of a browser or of the wire; a test sees to that.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const shortNames = JSON.parse(readFileSync(path.join(import.meta.dirname, 'short-names.json'), 'utf8'));

/** How esbuild makes the module `open`, and programs that hold as much of core. */
export const pageOptions = /** @satisfies {import('esbuild').BuildOptions} */ ({
  // From here it names files, in what people read: wherever the build was started, the same.
  absWorkingDir: path.join(source, '../../..'),
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  conditions: ['source'],
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
  mangleProps: new RegExp(`^(?:${Object.keys(shortNames).join('|')})$`),
  mangleCache: { ...shortNames },
  plugins: [
    leanNoble,
    smallFiles('small'),
    withoutMessages('open', (file, code) => (file.startsWith(CORE) ? leanCore(file, code) : code)),
  ],
  // Checklist 30: mail scanners take `fromCharCode` beside `charCodeAt` for an unpacker, and @scure/base has the one, noble the other.
  alias: { '@scure/base': path.join(source, 'base64.ts') },
  tsconfigRaw: {},
  write: false,
});

/**
 * How it makes the other modules: they hold nothing of what `open` shares, and what they use besides as it is in the sources, since
 * `open` leaves out what they may need; or something smaller (`small-files.mjs`).
 */
export const moduleOptions = /** @satisfies {import('esbuild').BuildOptions} */ ({
  ...pageOptions,
  plugins: [plainNoble, sharedList, smallFiles('reply/small'), besideOpen()],
});

function besideOpen() {
  const shared = readShared();
  const none = new Map();
  return withoutMessages('module', (file, code) =>
    withShared(file.startsWith(CORE) ? leanBeside(file, code) : code, shared.get(file) ?? none),
  );
}
