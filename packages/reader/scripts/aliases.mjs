import ts from 'typescript';
import { rewrite } from './rewrite.mjs';

/**
 * Names of the language and of browsers that a page uses often. None is a name that `page-rules.mjs` looks for: those have to stand in
 * the page as they are. What it looks for of `document`, it looks for before. Without `Math`, Argon2 is as fast as it was.
 */
const GLOBALS = [
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'DataView',
  'Array',
  'Object',
  'Promise',
  'AbortController',
  'encodeURIComponent',
  'document',
];

/** Properties, which are never called, that it uses as often: `list[name]` is as fast as `list.name`. */
const PROPERTIES = ['length', 'textContent'];

/**
 * Gives what a page names very often a variable, so that the minifier can give it a name of one or two letters: some of the
 * language's globals and properties, and `undefined`, for which minifiers write `void 0`. That is two kilobytes of every envelope.
 *
 * @param {string} code one minified function that is called at once
 */
export function withAliases(code) {
  /** @type {Set<string>} */
  const found = new Set();
  const globals = GLOBALS.filter((name) => isWorthIt(code, name));
  const properties = PROPERTIES.filter((name) => isWorthIt(code, `.${name}`));
  const rest = rewrite(code, (node, textOf) => {
    if (ts.isVoidExpression(node)) {
      if (node.getText() !== 'void 0') return undefined;
      found.add('undefined');
      return '__undefined';
    }
    if (ts.isPropertyAccessExpression(node) && properties.includes(node.name.text)) {
      found.add(node.name.text);
      return `${textOf(node.expression)}${node.questionDotToken === undefined ? '' : '?.'}[__${node.name.text}]`;
    }
    if (!ts.isIdentifier(node) || !globals.includes(node.text) || !isValue(node)) return undefined;
    found.add(node.text);
    return `__${node.text}`;
  });
  const start = '(()=>{';
  if (!rest.startsWith(start)) throw new Error('the program does not begin with a function');
  // The same script runs where there is no document.
  /** @type {Readonly<Record<string, string>>} */
  const own = {
    undefined: '',
    document: '=globalThis.document',
    ...Object.fromEntries(PROPERTIES.map((name) => [name, `="${name}"`])),
  };
  const aliases = [...found].map((name) => `__${name}${own[name] ?? `=${name}`}`);
  if (aliases.length === 0) return code;
  // One declaration where the program begins with one; any other one stays where it is.
  const body = rest.slice(start.length);
  return `${start}var ${aliases.join()}${body.startsWith('var ') ? `,${body.slice(4)}` : `;${body}`}`;
}

/**
 * Whether a variable of two letters, with its declaration, is shorter than the name wherever it stands.
 *
 * @param {string} code
 * @param {string} name
 */
function isWorthIt(code, name) {
  const times = code.split(new RegExp(`${name.replace('.', '\\.')}(?![\\w$])`)).length - 1;
  const short = name.startsWith('.') ? '[xx]' : 'xx';
  return times * (name.length - short.length) > `xx="${name}",`.length;
}

/**
 * Whether a name stands for a value, and not for a property. Throws where it is declared.
 *
 * @param {ts.Identifier} node
 */
function isValue(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  const { name } = /** @type {{ name?: ts.Node }} */ (/** @type {unknown} */ (parent));
  if (name !== node) return true;
  if (ts.isObjectLiteralElement(parent) && !ts.isShorthandPropertyAssignment(parent)) return false;
  throw new Error(`${node.text} is more than the language's`);
}
