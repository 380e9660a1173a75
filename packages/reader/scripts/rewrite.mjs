import ts from 'typescript';

/**
 * Rewrites parts of a program and leaves the rest as it is written. `replace` is asked for every node, outermost first, for a
 * text to stand in its place; `undefined` keeps the node and goes on inside. `textOf` gives a node's text, rewritten.
 *
 * @param {string} code TypeScript or JavaScript
 * @param {(node: ts.Node, textOf: (node: ts.Node) => string) => string | undefined} replace
 */
export function rewrite(code, replace) {
  return textOf(ts.createSourceFile('source.ts', code, ts.ScriptTarget.ES2022, true));

  /** @param {ts.Node} node */
  function textOf(node) {
    const replaced = replace(node, textOf);
    if (replaced !== undefined) return replaced;
    let out = '';
    let end = node.getStart();
    ts.forEachChild(node, (child) => {
      out += code.slice(end, child.getStart()) + textOf(child);
      end = child.getEnd();
    });
    return out + code.slice(end, node.getEnd());
  }
}

/**
 * A file's text with other words for some of its own. Throws where one of those is not there.
 *
 * @param {string} name of the file
 * @param {string} code
 * @param {Readonly<Record<string, string>>} words
 */
export function withWords(name, code, words) {
  let rest = code;
  for (const [from, to] of Object.entries(words)) {
    if (!rest.includes(from)) throw new Error(`${name} does not hold "${from}"`);
    rest = rest.replaceAll(from, to);
  }
  return rest;
}

/**
 * An object without some of its members, or nothing in the place of a method that goes; `undefined` for any other node.
 *
 * @param {ts.Node} node
 * @param {(node: ts.Node) => string} textOf
 * @param {readonly string[]} names
 */
export function withoutMembers(node, textOf, names) {
  const goes = (/** @type {ts.ClassElement | ts.ObjectLiteralElementLike} */ { name }) =>
    name !== undefined && names.includes(name.getText());
  if (ts.isObjectLiteralExpression(node) && node.properties.some(goes))
    return `{ ${node.properties.flatMap((member) => (goes(member) ? [] : textOf(member))).join(', ')} }`;
  return ts.isMethodDeclaration(node) && goes(node) ? '' : undefined;
}

/**
 * Puts the numbers that a file gives names to in the place of the names. esbuild does so only where a file imports them. Throws
 * where such a name is given to anything else in the file as well.
 *
 * @param {string} code TypeScript or JavaScript
 */
export function inlineNumbers(code) {
  /** @type {Map<string, string>} */
  const numbers = new Map();
  for (const [, name = '', value = ''] of code.matchAll(
    /^(?:export )?const ([A-Z][A-Z\d_]+) = ([\d_]+|0x[\da-f_]+);/gm,
  )) {
    numbers.set(name, value);
  }
  if (numbers.size === 0) return code;
  return rewrite(code, (node) => {
    if (!ts.isIdentifier(node) || !numbers.has(node.text)) return undefined;
    if (isDeclaredWithin(node)) throw new Error(`${node.text} is the name of a number and of something else`);
    return isValue(node) ? numbers.get(node.text) : undefined;
  });
}

/**
 * Whether a name stands where a number could.
 *
 * @param {ts.Identifier} node
 */
function isValue({ parent, text }) {
  const named = /** @type {{ name?: ts.Node }} */ (/** @type {unknown} */ (parent)).name;
  return !(named !== undefined && named.getText() === text) && !ts.isTypeQueryNode(parent);
}

/**
 * Whether a name is given here to a variable, parameter, function or class, but for the variables of the whole file.
 *
 * @param {ts.Identifier} node
 */
function isDeclaredWithin(node) {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return parent.name === node && !ts.isSourceFile(parent.parent.parent.parent);
  const declares =
    ts.isBindingElement(parent) || ts.isParameter(parent) || ts.isFunctionLike(parent) || ts.isClassLike(parent);
  const isMember = ts.isClassElement(parent) || ts.isObjectLiteralElement(parent);
  return declares && !isMember && parent.name === node;
}
