import ts from 'typescript';
import { rewrite } from './rewrite.mjs';

/**
 * Makes a regular expression of a file's set of words, `new Set('...'.split(' '))`, that is only asked whether it has a word: words
 * that begin alike share their beginning. The list stays what it is in the sources.
 *
 * @param {string} code TypeScript
 */
export function withExpressions(code) {
  /** @type {Set<string>} */
  const names = new Set();
  const rest = rewrite(code, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return undefined;
    const words = wordsOf(node.initializer);
    if (words === undefined) return undefined;
    names.add(node.name.text);
    return `${node.name.text} = /^${expressionOf(words)}$/`;
  });
  if (names.size === 0) return code;
  return rewrite(rest, (node) => {
    if (!ts.isIdentifier(node) || !names.has(node.text) || ts.isVariableDeclaration(node.parent)) return undefined;
    if (rest.slice(node.end, node.end + 5) !== '.has(') throw new Error(`${node.text} is asked for more than a word`);
    return node.text;
  }).replace(new RegExp(`\\b(${[...names].join('|')})\\.has\\(`, 'g'), '$1.test(');
}

/** Shorter lists stay lists. */
const MIN_WORDS = 20;

/**
 * Makes one string, split at its blanks, of each long list of words: a list of strings in a row looks like an obfuscator's table
 * (page-rules.mjs, 35), and takes more room.
 *
 * @param {string} code TypeScript
 */
export function withSplitLists(code) {
  return rewrite(code, (node) => {
    if (!ts.isArrayLiteralExpression(node) || node.elements.length < MIN_WORDS) return undefined;
    const words = node.elements.flatMap((one) => (ts.isStringLiteral(one) && !/\s/.test(one.text) ? one.text : []));
    return words.length < node.elements.length ? undefined : `${JSON.stringify(words.join(' '))}.split(' ')`;
  });
}

/** @param {ts.Node | undefined} node */
function wordsOf(node) {
  const text = /^new Set\(([^]*)\.split\(' '\),?\s*\)$/.exec(node?.getText() ?? '')?.[1];
  return text
    ?.match(/'[^']*'/g)
    ?.map((part) => part.slice(1, -1))
    .join('')
    .split(' ');
}

/** @typedef {Map<string, Tree>} Tree what can follow, by its first letter; the empty key where a word may end */

/**
 * A regular expression for exactly these words.
 *
 * @param {readonly string[]} words
 */
export function expressionOf(words) {
  /** @type {Tree} */
  const tree = new Map();
  for (const word of words) {
    let at = tree;
    for (const letter of [...word.split(''), '']) {
      /** @type {Tree} */
      const next = at.get(letter) ?? new Map();
      at.set(letter, next);
      at = next;
    }
  }
  return `(?:${alternatives(tree)})`;
}

/**
 * @param {Tree} tree
 * @returns {string}
 */
function alternatives(tree) {
  /** @type {Map<string, string>} letters by what follows them */
  const letters = new Map();
  for (const [letter, next] of tree) {
    if (letter === '') continue;
    const rest = ending(next);
    letters.set(rest, (letters.get(rest) ?? '') + letter.replace(/\W/, '\\$&'));
  }
  return [...letters].map(([rest, some]) => (/^\\?.$/.test(some) ? some : `[${some}]`) + rest).join('|');
}

/** @param {Tree} tree */
function ending(tree) {
  const rest = alternatives(tree);
  const isOne = /^(?:\\?[^|[\\]|\[[^\]]*\])$/.test(rest);
  if (tree.has('')) return rest === '' ? '' : isOne ? `${rest}?` : `(${rest})?`;
  return tree.size === 1 ? rest : rest.includes('|') ? `(${rest})` : rest;
}
