import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { rewrite } from './rewrite.mjs';

const FOLDER = path.resolve(import.meta.dirname, '../src/i18n');

/**
 * Numbers in the place of keys of texts: each stands in the list and again where its text is asked for. Only of keys of several words,
 * which are nothing else than keys anywhere in a page. The same in every module.
 *
 * @type {ReadonlyMap<string, string>}
 */
const numbers = new Map(
  [...new Set(['keys.ts', 'reply/keys.ts'].flatMap((file) => keysIn(path.join(FOLDER, file))))]
    .filter((key) => /[A-Z\d]/.test(key))
    .map((key, index) => [key, String(index)]),
);

/**
 * A program with the numbers of keys. Throws where a property is asked for by such a text.
 *
 * @param {string} code JavaScript
 */
export function withNumberedKeys(code) {
  return rewrite(code, (node) => {
    if (!ts.isStringLiteral(node)) return undefined;
    const { parent } = node;
    const isProperty = 'name' in parent && parent.name === node;
    if (numbers.has(node.text) && (isProperty || ts.isElementAccessExpression(parent) || isIn(parent)))
      throw new Error(`${node.text} is a text's key and a property`);
    // A long list of keys is one string by now (word-lists.mjs).
    const number = node.text.replace(/(?<![^ ])\w+(?![^ ])/g, (word) => numbers.get(word) ?? word);
    if (number === node.text) return undefined;
    return JSON.stringify(number);
  });
}

/** @param {ts.Node} node */
function isIn(node) {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword;
}

/** @param {string} file */
function keysIn(file) {
  /** @type {string[]} */
  const keys = [];
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true));
  return keys;

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isArrayLiteralExpression(node))
      keys.push(...node.elements.flatMap((one) => (ts.isStringLiteral(one) ? one.text : [])));
    ts.forEachChild(node, visit);
  }
}
