import ts from 'typescript';
import { rewrite } from './rewrite.mjs';
import { findVariables } from './variables.mjs';
import { namesIn, withUniqueNames } from './wide-variables.mjs';

/**
 * Declares what a function declares first as further parameters, which nobody gives: `(a)=>{var b=f(a);return g(b)}` becomes
 * `(a,b=f(a))=>g(b)`. Only in arrows that do nothing else (longer ones get slower by it: Argon2 takes twice its time), and of which
 * every call can be seen, so that none hands over more than it did.
 *
 * @param {string} code
 */
export function withFurtherParameters(code) {
  const unique = withUniqueNames(code);
  const { byPlace, file } = findVariables(unique);
  /** Where such arrows begin. @type {Set<number>} */
  const found = new Set();
  visit(file);
  return rewrite(unique, (node, textOf) => {
    const parts = ts.isArrowFunction(node) && found.has(node.getStart()) ? partsOf(node) : undefined;
    if (parts === undefined || !ts.isArrowFunction(node)) return undefined;
    const parameters = [...node.parameters, ...parts.list.declarations].map(textOf).join();
    return `${node.modifiers === undefined ? '' : 'async'}(${parameters})=>(${textOf(parts.result)})`;
  });

  /** @param {ts.Node} node */
  function visit(node) {
    const list = ts.isArrowFunction(node) ? partsOf(node)?.list : undefined;
    if (list !== undefined && ts.isArrowFunction(node) && canMove(list)) {
      if (callsOf(node)?.every((call) => fits(call, node)) === true) found.add(node.getStart());
    }
    ts.forEachChild(node, visit);
  }

  /** Whether this declares every variable once, and waits for nothing, which parameters cannot. @param {ts.VariableDeclarationList} list */
  function canMove(list) {
    const own = list.declarations.flatMap(({ name }) => namesIn(name)).map((name) => byPlace.get(name));
    return own.every((variable) => variable?.declarations.length === 1) && !holds(list, ts.isAwaitExpression);
  }

  /** The calls of an arrow, if it is used for nothing else. @param {ts.ArrowFunction} node @returns {readonly ts.CallExpression[] | undefined} */
  function callsOf(node) {
    let { parent } = node;
    while (ts.isParenthesizedExpression(parent)) ({ parent } = parent);
    if (ts.isCallExpression(parent)) return isCalled(node, parent) ? [parent] : undefined;
    const name = ts.isVariableDeclaration(parent) ? parent.name : isGiving(parent) ? parent.left : undefined;
    const places = name && byPlace.get(name)?.places;
    /** @type {ts.CallExpression[]} */
    const calls = [];
    for (const place of places ?? []) {
      const use = place.parent;
      if (ts.isCallExpression(use) && use.expression === place) calls.push(use);
      // It is given to its name once; the name may be declared elsewhere.
      else if (
        use !== parent &&
        !(ts.isVariableDeclaration(use) && use.name === place && use.initializer === undefined)
      )
        return undefined;
    }
    return places && calls;
  }
}

/** What an arrow declares and returns, if it does nothing else. @param {ts.ArrowFunction} node */
function partsOf({ body }) {
  const [first, second, third] = ts.isBlock(body) ? body.statements : [];
  if (first === undefined || !ts.isVariableStatement(first)) return undefined;
  if (second === undefined || !ts.isReturnStatement(second) || second.expression === undefined) return undefined;
  return third === undefined ? { list: first.declarationList, result: second.expression } : undefined;
}

/** Whether a call hands over no more than there are parameters. @param {ts.CallExpression} call @param {ts.ArrowFunction} node */
function fits(call, { parameters }) {
  return (
    call.arguments.length <= parameters.length &&
    !call.arguments.some(ts.isSpreadElement) &&
    !parameters.some(({ dotDotDotToken }) => dotDotDotToken)
  );
}

/** Whether a function is what is called, and not handed over. @param {ts.Node} node @param {ts.CallExpression} call */
function isCalled(node, call) {
  return call.expression.pos <= node.pos && node.end <= call.expression.end;
}

/** @param {ts.Node} node @returns {node is ts.BinaryExpression} */
function isGiving(node) {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left) &&
    ts.isExpressionStatement(node.parent)
  );
}

/**
 * Whether a node or one inside it, but for functions, is such a one.
 *
 * @param {ts.Node} node
 * @param {(node: ts.Node) => boolean} is
 * @returns {boolean}
 */
function holds(node, is) {
  return is(node) || (!ts.isFunctionLike(node) && (ts.forEachChild(node, (child) => holds(child, is)) ?? false));
}
