import ts from 'typescript';
import { rewrite } from './rewrite.mjs';

/**
 * Makes arrows of a program's function declarations, at the beginning of the scope that they stand in: that is where their values
 * are given to them anyway. An arrow that returns one expression takes fifteen characters less, of which the page has a hundred.
 *
 * What an arrow cannot be stays a declaration: generators, what has a `this` or `arguments` of its own, and what is made with `new`,
 * extended, or given another value. Such uses are looked for by name, in the whole program.
 *
 * @param {string} code JavaScript whose functions have names of their own
 */
export function withArrows(code) {
  const taken = namesOfMore(code);
  return rewrite(code, (node, textOf) => {
    if (!ts.isSourceFile(node) && !ts.isBlock(node)) return undefined;
    /** @type {string[]} */
    const arrows = [];
    const rest = node.statements.map((statement) => {
      if (!ts.isFunctionDeclaration(statement) || !canBeArrow(statement, taken)) return textOf(statement);
      arrows.push(arrowOf(statement, textOf));
      return '';
    });
    if (arrows.length === 0) return undefined;
    if (/^["'`]/.test(rest[0] ?? '')) throw new Error('a directive stands before the functions');
    const all = [`let ${arrows.join(',')};`, ...rest].join('\n');
    return ts.isBlock(node) ? `{${all}}` : all;
  });
}

/**
 * @param {ts.FunctionDeclaration} node
 * @param {(node: ts.Node) => string} textOf
 */
function arrowOf({ name, modifiers = ts.factory.createNodeArray(), parameters, body }, textOf) {
  if (name === undefined || body === undefined) throw new Error('a function without a name or a body');
  const isAsync = modifiers.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  return `${name.text}=${isAsync ? 'async' : ''}(${parameters.map(textOf).join()})=>${textOf(body)}`;
}

/**
 * @param {ts.FunctionDeclaration} node
 * @param {ReadonlySet<string>} taken
 */
function canBeArrow({ asteriskToken, name, body }, taken) {
  return (
    asteriskToken === undefined &&
    name !== undefined &&
    !taken.has(name.text) &&
    body !== undefined &&
    !hasOwnThis(body)
  );
}

/**
 * Whether `this`, `arguments` or `new.target` of the function around it is named.
 *
 * @param {ts.Node} node
 * @returns {boolean}
 */
function hasOwnThis(node) {
  if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isMetaProperty(node)) return true;
  if (ts.isIdentifier(node) && node.text === 'arguments') return true;
  if (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) return false;
  return ts.forEachChild(node, hasOwnThis) ?? false;
}

/**
 * Names of whatever is made with `new`, extended, given another value, or declared twice in one scope.
 *
 * @param {string} code
 */
function namesOfMore(code) {
  /** @type {Set<string>} */
  const names = new Set();
  visit(ts.createSourceFile('source.js', code, ts.ScriptTarget.ES2022, true));
  return names;

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isSourceFile(node) || ts.isBlock(node)) {
      const declared = node.statements.flatMap((statement) =>
        ts.isFunctionDeclaration(statement) ? (statement.name?.text ?? []) : [],
      );
      for (const name of declared.filter((name, index) => declared.indexOf(name) !== index)) names.add(name);
    } else if (ts.isNewExpression(node) || ts.isExpressionWithTypeArguments(node)) {
      names.add(node.expression.getText());
    } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      names.add(node.operand.getText());
    } else if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken)) {
      // `list[0] = ...` leaves `list` what it is.
      const isMember = ts.isPropertyAccessExpression(node.left) || ts.isElementAccessExpression(node.left);
      if (!isMember) for (const name of node.left.getText().match(/[\w$]+/g) ?? []) names.add(name);
    } else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      names.add(node.initializer.getText());
    }
    ts.forEachChild(node, visit);
  }
}

/** @param {ts.Node} operator */
function isAssignment({ kind }) {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
