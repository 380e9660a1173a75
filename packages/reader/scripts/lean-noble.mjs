import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { inlineNumbers, rewrite } from './rewrite.mjs';

/** Where noble is resolved from. */
const CORE = path.resolve(import.meta.dirname, '../../core');
const NOBLE = /[\\/]@noble[\\/](?:ciphers|hashes)[\\/]\w+\.js$/;

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
/** Fields that only the checks read. */
const STATE = new Set(['canXOF', 'destroyed', 'finished']);
/** Functions that both libraries have, word for word. */
const SHARED = new Set(['clean', 'copyBytes', 'createView', 'u32', 'u8']);

/** @typedef {{ readonly [file: string]: Readonly<Record<string, string>> }} Replacements */

/**
 * What is known of the only caller, core's `crypto/noble.ts`, as other words for noble's. esbuild then leaves out the branches
 * that are never taken.
 *
 * @type {Replacements}
 */
const KNOWN = {
  // Hashes are wrapped without the identifier that ASN.1 has for them.
  'hashes/utils.js': { "info = checkOpts({}, info, 'info');": '', 'Object.assign(hashC, info);': '' },
  // GHASH only runs inside GCM.
  'ciphers/_polyval.js': {
    'wrapMacConstructor(16, (key, expectedLength) => new GHASH(key, expectedLength), (msg) => [msg.length]);':
      '{ create: (key, expectedLength) => new GHASH(key, expectedLength) };',
  },
  // Nonces have 12 bytes, and there is no associated data.
  'ciphers/aes.js': {
    'const aadLength = AAD ? AAD.length : 0;': 'const aadLength = 0;',
    'if (AAD)\n        h.update(AAD);': '',
    'nonce.length === 12': 'true',
    'return { sbox, sbox2, T0, T1, T2, T3, T01, T23 };': 'return { sbox2, T01, T23 };',
  },
  // All options are given, but for the version.
  'hashes/argon2.js': { 'argon2Opts(opts);': '({ version: 0x13, ...opts });' },
  // Argon2 hashes without key, salt or personalization.
  'hashes/blake2.js': {
    'let { key, personalization, salt } = opts;':
      'const key = undefined, personalization = undefined, salt = undefined;',
    'import { SHA256_IV }': 'import { SHA256_IV, SHA512_IV }',
  },
};

/** Methods that are never called. @type {{ readonly [file: string]: readonly string[] }} */
const UNUSED = { 'hashes/_md.js': ['clone'], 'hashes/blake2.js': ['clone', '_cloneInto'], 'hashes/hmac.js': ['clone'] };

/**
 * Tables that stand in noble twice: the words of SHA-256 are the high words of SHA-512, whose first words BLAKE2b has with high and
 * low exchanged; and BLAKE2b needs twelve rows of a table that has sixteen for BLAKE1.
 *
 * @type {{ readonly [file: string]: Readonly<Record<string, (code: string) => string>> }}
 */
const TABLES = {
  'hashes/_blake.js': {
    BSIGMA: (code) => `Uint8Array.from([${(code.match(/\b\d+(?=,)/g) ?? []).slice(0, 12 * 16).join()}])`,
  },
  'hashes/blake2.js': { B2B_IV: () => 'SHA512_IV.map((_, i) => SHA512_IV[i ^ 1])' },
  'hashes/sha2.js': {
    SHA512_Kh: (code) => `(() => Uint32Array.from([...SHA256_K, ${words64(code, 0).slice(64).join()}]))()`,
    SHA512_Kl: (code) => `Uint32Array.from([${words64(code, 8).join()}])`,
  },
};

/**
 * Leaves out of noble what the page cannot reach: checks of arguments, which core has by its types; branches and methods that core
 * does not use; tables that can be made from others. It would be eight kilobytes of every envelope. What depends on a stranger's
 * bytes stays: the comparison of the tag. A test runs the result against noble as it is.
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
  const name = file.split(path.sep).slice(-2).join('/');
  const code = reword(await readFile(file, 'utf8'), name);
  if (name !== 'ciphers/utils.js') return inlineNumbers(code);
  const other = createRequire(path.join(CORE, 'package.json')).resolve('@noble/hashes/utils.js');
  return inlineNumbers(share(code, reword(await readFile(other, 'utf8'), 'hashes/utils.js')));
}

/**
 * @param {string} original
 * @param {string} name of the file
 */
function reword(original, name) {
  let code = original;
  for (const [from, to] of Object.entries(KNOWN[name] ?? {})) {
    if (!code.includes(from)) throw new Error(`${name} of noble does not hold "${from}"`);
    code = code.replaceAll(from, to);
  }
  return rewrite(code, (node, textOf) => {
    // Only a throw alone: the branch for a wrong tag does more.
    if (ts.isIfStatement(node) && ts.isThrowStatement(node.thenStatement) && node.elseStatement === undefined)
      return ';';
    if (isStateOf(node)) return ts.isStatement(node) ? ';' : '';
    if (ts.isMethodDeclaration(node) && UNUSED[name]?.includes(node.name.getText())) return '';
    if (ts.isVariableDeclaration(node)) {
      const table = TABLES[name]?.[node.name.getText()];
      if (table !== undefined) return `${node.name.getText()} = /* @__PURE__ */ ${table(code)}`;
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
 * Halves of the 64-bit words in SHA-512's table.
 *
 * @param {string} code
 * @param {0 | 8} from
 */
function words64(code, from) {
  return [...code.matchAll(/'0x([0-9a-f]{16})'/g)].map(([, word]) => `0x${String(word).slice(from, from + 8)}`);
}
