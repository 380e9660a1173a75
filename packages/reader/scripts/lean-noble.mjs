import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { fractions } from './fractions.mjs';
import { nobleFiles } from './noble-files.mjs';
import { KNOWN, LOOPS } from './noble-words.mjs';
import { inlineNumbers, rewrite, withoutMembers, withWords } from './rewrite.mjs';

/** Where noble is resolved from. */
const CORE = path.resolve(import.meta.dirname, '../../core');
const NOBLE = /[\\/]@noble[\\/]/;

/** Functions that throw where a developer's mistake shows in their first argument, and return it. */
const CHECKS = new Set([
  'abool',
  'abytes',
  'aexists',
  'ahash',
  'anumber',
  'aopts',
  'aoutput',
  'aoutput32',
  'checkBlake2Opts',
  'kdfInputToBytes',
  'validateKeyLength',
]);
/** Functions that return their argument where numbers have their low byte first; a page opens nowhere else (`obstacle`). */
const SWAPS = new Set(['swap8IfBE', 'swap32IfBE']);
/** Functions that return their last argument, but for checks and for texts, which core never hands in. */
const WRAPPERS = new Set(['rememberOwned', 'wrapCipher']);
/**
 * Fields that only the checks read. Without them a hash may be used again after its digest, with a wrong outcome instead of an
 * error: core asks each for one digest and drops it (`noble.ts`, `kdf.ts`, `opened-part.ts`).
 */
const STATE = new Set(['canXOF', 'destroyed', 'finished']);
/** Functions that both libraries have, word for word. */
const SHARED = new Set(['clean', 'copyBytes', 'createView', 'u32', 'u8']);

/** Methods that are never called, or that a class above has. @type {{ readonly [file: string]: readonly string[] }} */
const UNUSED = {
  'ciphers/aes.js': ['encrypt'],
  'hashes/_md.js': ['clone'],
  'hashes/blake2.js': ['clone', '_cloneInto', 'destroy', 'digest', 'get', 'set'],
  'hashes/hmac.js': ['clone', '_cloneInto'],
  'hashes/sha2.js': ['_cloneInto', 'destroy', 'get', 'set'],
};

/**
 * Methods of noble's hashes with names that a browser's objects have too. Under these, which nothing else has, they become short
 * (`short-names.json`).
 *
 * @type {Readonly<Record<string, string>>}
 */
const OWN_NAMES = { create: 'newHash', destroy: 'wipe', digest: 'hashOf', update: 'takeIn' };

/**
 * @typedef {object} Table a long list of numbers that can be made from less
 * @property {string} from the expression that makes it
 * @property {ArrayLike<number>} words what that comes to
 * @property {(code: string) => readonly string[]} [noble] its words in noble's text; default: the numbers of its declaration
 */

/** The permutations of BLAKE2b's words, sixteen digits each. */
const SIGMA =
  '0123456789abcdefea489fd61c02b753b8c052fdae3671947931dcbe265a40f8905724afe1bc683d' +
  '2c6a0b834d75fe19c51fed4a0763928bdb7ec13950f4862a6fe9b308c2d714a5a2847615fb9e3cd0';

const roots = { square: fractions(2n, 8), cube: fractions(3n, 80) };

/**
 * The page computes them when it starts. The build stops where what is computed is not what stands in noble.
 *
 * @type {{ readonly [file: string]: Readonly<Record<string, Table>> }}
 */
const TABLES = {
  'hashes/_md.js': {
    SHA256_IV: { from: 'SQUARE_ROOTS.filter((_, i) => i & 1)', words: roots.square.filter((_, i) => i & 1) },
    SHA512_IV: {
      from: 'SQUARE_ROOTS.map((_, i) => SQUARE_ROOTS[i ^ 1])',
      words: roots.square.map((_, i) => roots.square[i ^ 1] ?? 0),
    },
  },
  'hashes/blake2.js': { B2B_IV: { from: 'SQUARE_ROOTS', words: roots.square } },
  'hashes/sha2.js': {
    // SHA-256 only comes to the first 64 of the eighty.
    SHA256_K: { from: 'CUBE_ROOTS.filter((_, i) => i & 1)', words: roots.cube.filter((_, i) => i < 128 && i & 1) },
    SHA512_Kh: { from: 'SHA256_K', words: roots.cube.filter((_, i) => i & 1), noble: (code) => words64(code, 0) },
    SHA512_Kl: {
      from: 'CUBE_ROOTS.filter((_, i) => ~i & 1)',
      words: roots.cube.filter((_, i) => ~i & 1),
      noble: (code) => words64(code, 8),
    },
  },
  'hashes/_blake.js': {
    // The last rows of a table that begins again after ten. None of its numbers has two hexadecimal digits.
    BSIGMA: {
      from: `Uint8Array.from('${SIGMA}', (digit) => parseInt(digit, 16))`,
      words: Array.from(SIGMA.repeat(2).slice(0, 256), (digit) => parseInt(digit, 16)),
    },
  },
};

/**
 * Leaves out of noble what the page cannot reach: checks of arguments, which core has by its types; branches and methods that core
 * does not use; tables that can be made from others. It would be eight kilobytes of every envelope. What depends on a stranger's
 * bytes stays: the comparison of the tag. Works on the files of `noble-files.mjs` as they were read when this was written, and stops
 * the build at any other text or file of noble. `shipped-crypto.test.ts` runs what is left, in the page's final text, against Node's.
 *
 * @type {import('esbuild').Plugin}
 */
export const leanNoble = {
  name: 'lean-noble',
  setup(build) {
    build.onLoad({ filter: NOBLE }, async ({ path: file }) => ({
      contents: await lean(file),
      loader: 'js',
      resolveDir: file.endsWith(path.join('ciphers', 'utils.js')) ? CORE : path.dirname(file),
    }));
  },
};

/** @param {string} file */
async function lean(file) {
  const name = nameOf(file);
  const code = reword(name, await readFile(file, 'utf8'));
  if (name !== 'ciphers/utils.js') return inlineNumbers(code);
  const other = createRequire(path.join(CORE, 'package.json')).resolve('@noble/hashes/utils.js');
  return inlineNumbers(share(code, reword(nameOf(other), await readFile(other, 'utf8'))));
}

/** @param {string} file */
function nameOf(file) {
  return file.split(path.sep).slice(-2).join('/');
}

/**
 * A file of noble without what the page does not need. Throws where the text is not the one that `noble-files.mjs` tells of, and
 * where not exactly the checks are found that go, or something is gone that has to be kept.
 *
 * @param {string} name of the file, with its package's
 * @param {string} original
 */
export function reword(name, original) {
  const { checks = [], kept = [] } = known(name, original);
  let code = original.replace(/^\s*(?:\/\/.*|\/\*\*[^]*?\*\/)\n/gm, '');
  for (const [from, to] of LOOPS[name] ?? []) {
    if (!from.test(code)) throw new Error(`${name} of noble does not hold ${String(from)}`);
    code = code.replace(from, to);
  }
  code = withWords(`${name} of noble`, code, KNOWN[name] ?? {});
  /** @type {string[]} */
  const removed = [];
  const rest = leaveOut(name, code, (condition) => {
    const goes = checks.includes(condition);
    if (goes) removed.push(condition);
    return goes;
  });
  if (removed.length !== checks.length || new Set(removed).size !== checks.length)
    throw new Error(`${name} of noble: the checks that went are ${JSON.stringify(removed)}`);
  for (const text of kept) if (!rest.includes(text)) throw new Error(`${name} of noble has lost "${text}"`);
  return rest;
}

/**
 * @param {string} name
 * @param {string} text
 */
function known(name, text) {
  const file = nobleFiles[name];
  if (file === undefined)
    throw new Error(`${name} of noble is new to the page: read it, then add it to scripts/noble-files.mjs`);
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (sha256 !== file.sha256)
    throw new Error(
      `${name} of noble has changed: read what changed beside scripts/lean-noble.mjs, renew its hash in scripts/noble-files.mjs (${sha256}), run the tests of the reader and test/e2e/vectors.test.ts`,
    );
  return file;
}

/**
 * @param {string} name
 * @param {string} code
 * @param {(condition: string) => boolean} isCheck whether a statement that throws under this condition goes
 */
function leaveOut(name, code, isCheck) {
  return rewrite(code, (node, textOf) => {
    if (isThrowAlone(node) && isCheck(node.expression.getText())) return ';';
    if (ts.isIdentifier(node) && isMethodOfHash(node)) return OWN_NAMES[node.text];
    if (isStateOf(node)) return ts.isStatement(node) ? ';' : '';
    const fewer = withoutMembers(node, textOf, UNUSED[name] ?? []);
    if (fewer !== undefined) return fewer;
    if (ts.isVariableDeclaration(node)) {
      const table = TABLES[name]?.[node.name.getText()];
      if (table !== undefined) return `${node.name.getText()} = /* @__PURE__ */ ${computed(node, table, code)}`;
      if (node.name.getText() === 'isLE') return 'isLE = true';
    }
    if (ts.isBinaryExpression(node) && /^typeof \w+ === 'string'$/.test(node.getText())) return 'false';
    if (ts.isNewExpression(node) && /^(?:Range|Type)?Error$/.test(node.expression.getText())) return 'new Error()';
    if (!ts.isCallExpression(node)) return undefined;
    const called = node.expression.getText();
    const [first] = node.arguments;
    const last = node.arguments.at(-1);
    if (first === undefined || last === undefined) return undefined;
    if (WRAPPERS.has(called)) return textOf(last);
    // Without the identifier in ASN.1.
    if (called === 'createHasher') return `createHasher(${textOf(first)})`;
    if (!CHECKS.has(called) && !SWAPS.has(called)) return undefined;
    return ts.isExpressionStatement(node.parent) ? 'undefined' : textOf(first);
  });
}

/**
 * Takes functions from another library instead of declaring them again.
 *
 * @param {string} code
 * @param {string} other its text
 */
function share(code, other) {
  const names = [...SHARED].join();
  const rest = rewrite(code, (node) => {
    if (!ts.isFunctionDeclaration(node) || !SHARED.has(node.name?.text ?? '')) return undefined;
    if (!other.includes(node.getText()))
      throw new Error(`${String(node.name?.text)} differs between noble's libraries`);
    return '';
  });
  return `import { ${names} } from '@noble/hashes/utils.js';\nexport { ${names} };\n${rest}`;
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.IfStatement}
 */
function isThrowAlone(node) {
  return ts.isIfStatement(node) && ts.isThrowStatement(node.thenStatement) && node.elseStatement === undefined;
}

/**
 * Whether this is a name of OWN_NAMES, where it is called or declared.
 *
 * @param {ts.Identifier} node
 */
function isMethodOfHash({ parent, text }) {
  if (!Object.hasOwn(OWN_NAMES, text)) return false;
  if (ts.isPropertyAccessExpression(parent))
    return parent.name.text === text && parent.expression.getText() !== 'Object';
  return ts.isMethodDeclaration(parent) || ts.isPropertyAssignment(parent);
}

/**
 * The declaration of a field in STATE, or a statement that sets it.
 *
 * @param {ts.Node} node
 */
function isStateOf(node) {
  if (ts.isPropertyDeclaration(node)) return STATE.has(node.name.getText());
  if (!ts.isExpressionStatement(node) || !ts.isBinaryExpression(node.expression)) return false;
  const { left } = node.expression;
  return ts.isPropertyAccessExpression(left) && STATE.has(left.name.text);
}

/**
 * @param {ts.VariableDeclaration} node
 * @param {Table} table
 * @param {string} code
 */
function computed(node, { from, words, noble }, code) {
  const theirs = noble?.(code) ?? node.getText().match(/\b(?:0x[\da-f]+|\d+)\b/g) ?? [];
  if (theirs.length !== words.length || theirs.some((word, i) => Number(word) !== words[i]))
    throw new Error(`${node.name.getText()} of noble is not what "${from}" comes to`);
  return from;
}

/**
 * Halves of the 64-bit words in SHA-512's table.
 *
 * @param {string} code
 * @param {0 | 8} from
 */
function words64(code, from) {
  return [...code.matchAll(/'0x([0-9a-f]{16})'/g)].map(([, word]) => `0x${String(word).slice(from, from + 8)}`);
}
