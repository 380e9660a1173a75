import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { rewrite, withoutMembers } from './rewrite.mjs';

const NOBLE = /[\\/]@noble[\\/]/;

/** The files of noble that a module beside `open` may hold, as they are but for the messages of errors, for what nobody calls, and for checks. @type {Readonly<Record<string, string>>} their SHA-256 */
export const plainFiles = {
  'curves/abstract/fft.js': 'a4b2ff7ca33f4acc85d61f0e83ec3303c3f6b38ecc19b20d0f6462d820e518cf',
  'curves/utils.js': 'be9ff86aef76419376e4d66cf01a134f3117f1f8dd62d81f1b79100145503367',
  'hashes/_u64.js': 'b09da8c07fe8187c07649494cdb7cd0bcf13df90b506a9473d19e4d5f8c2e102',
  'hashes/sha3.js': '9a81e1edb24eae27b335533220167609cfb58008c5690e140ce478acdc669f32',
  'hashes/utils.js': '037ad49adb78168b6b699598fd33f85f7877456b1d28b4d032e2a1a16807947c',
  'post-quantum/_crystals.js': 'f8a50221e4d2e7e849e8e4f7443ecff2f722581aef592c907ed57a5480c72885',
  'post-quantum/ml-kem.js': 'e5f1a3fa994f663c48f64b0583cf29ddbb2cfb7f3dd63fe18a7beb7aa9c12541',
  'post-quantum/utils.js': '01e9046ea3e45fe7569d3ae2881515d0a9446882d602255ab7627915aa0fd2af',
};

/**
 * Members of noble's objects that no page calls, by their files: it seals, and neither makes keys nor opens. A test looks for calls.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const UNUSED_OF_NOBLE = {
  'hashes/sha3.js': ['clone', '_cloneInto', 'xof'],
  'post-quantum/_crystals.js': ['smod', 'stats'],
  'post-quantum/ml-kem.js': [
    'keygen',
    'getPublicKey',
    'decapsulate',
    'prepare',
    'decrypt',
    'RBGstrength',
    '512',
    '1024',
  ],
};

/** Files that only noble's ML-KEM and core's hybrid KEM call, with bytes of their own: what comes from outside, ML-KEM looks at itself. */
const INNER = new Set(['curves/abstract/fft.js', 'hashes/sha3.js', 'hashes/utils.js']);
/** Functions that throw where a developer's mistake shows in what they are given. */
const CHECKS = new Set(['abool', 'abytes', 'aexists', 'anumber', 'aoutput', 'checkU32', 'validateObject']);

/**
 * Lets no other file of noble, and no other text of these, into a module than was read.
 *
 * @type {import('esbuild').Plugin}
 */
export const plainNoble = {
  name: 'plain-noble',
  setup(build) {
    /** @type {Map<string, string>} */
    const loaded = new Map();
    build.initialOptions.metafile = true;
    build.onLoad({ filter: NOBLE }, async ({ path: file }) => {
      const contents = await readFile(file, 'utf8');
      loaded.set(nameOf(file), createHash('sha256').update(contents).digest('hex'));
      return { contents: shortened(nameOf(file), contents), loader: 'js' };
    });
    build.onEnd(({ metafile }) => {
      const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.entries(output.inputs));
      const files = inputs.flatMap(([file, { bytesInOutput }]) =>
        NOBLE.test(file) && bytesInOutput > 0 ? nameOf(file) : [],
      );
      const unknown = files.filter((name) => plainFiles[name] !== loaded.get(name));
      return {
        errors: unknown.map((name) => ({
          text: `${name} of noble is new to the module, or has changed: read it, then write its hash ${String(loaded.get(name))} to scripts/plain-noble.mjs`,
        })),
      };
    });
  },
};

/** @param {string} file */
function nameOf(file) {
  return file.slice(file.search(/@noble[\\/](?!.*@noble)/) + '@noble/'.length).replaceAll(path.sep, '/');
}

/**
 * Without some members, without checks of what only noble itself hands in, and without the messages of errors: nobody reads them in
 * the page, and no code here makes a difference between errors.
 *
 * @param {string} name
 * @param {string} code
 */
function shortened(name, code) {
  const unused = UNUSED_OF_NOBLE[name] ?? [];
  return rewrite(code, (node, textOf) => {
    if (ts.isNewExpression(node) && /^(?:Range|Type)?Error$/.test(node.expression.getText())) return 'new Error()';
    return (INNER.has(name) ? withoutCheck(node, textOf) : undefined) ?? withoutMembers(node, textOf, unused);
  });
}

/**
 * Nothing in the place of a check; of `checkOpts`, which copies its second argument on to its first, an empty one, that argument.
 *
 * @param {ts.Node} node
 * @param {(node: ts.Node) => string} textOf
 */
function withoutCheck(node, textOf) {
  const call = ts.isExpressionStatement(node) ? node.expression : node;
  if (!ts.isCallExpression(call)) return undefined;
  const callee = call.expression.getText();
  if (ts.isExpressionStatement(node)) return CHECKS.has(callee) ? ';' : undefined;
  const [first, second] = call.arguments;
  return callee === 'checkOpts' && first?.getText() === '{}' && second !== undefined ? textOf(second) : undefined;
}
