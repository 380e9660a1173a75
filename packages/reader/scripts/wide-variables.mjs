import ts from 'typescript';
import { findVariables, functionOf, renamed } from './variables.mjs';
import { rewrite } from './rewrite.mjs';

/**
 * Gives each of a program's variables a name of its own, and declares with `var` what is declared with `let` or `const`, wherever
 * that is the same: a minifier joins such declarations, and moves them out of functions that it puts where they are called.
 *
 * It is not the same in a loop for what has no value at first, which would keep that of the turn before, and for what a function in
 * there names, which would see later values.
 *
 * @param {string} code JavaScript that never names a variable before its declaration has run
 */
export function withWideVariables(code) {
  const unique = withUniqueNames(code);
  const { byPlace, file } = findVariables(unique);
  /** @type {Set<number>} */
  const same = new Set();
  visit(file);
  return rewrite(unique, (node, textOf) =>
    ts.isVariableDeclarationList(node) && same.has(node.getStart())
      ? `var ${node.declarations.map(textOf).join()}`
      : undefined,
  );

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isVariableDeclarationList(node) && isSame(node)) same.add(node.getStart());
    ts.forEachChild(node, visit);
  }

  /** @param {ts.VariableDeclarationList} list */
  function isSame(list) {
    if (!isInLoop(list)) return true;
    const home = functionOf(list);
    const isHead = ts.isForOfStatement(list.parent) || ts.isForInStatement(list.parent);
    return (
      list.declarations.every(({ initializer }) => isHead || initializer !== undefined) &&
      list.declarations
        .flatMap(({ name }) => namesIn(name))
        .every((name) => byPlace.get(name)?.places.every((place) => functionOf(place) === home))
    );
  }
}

/** A program in which no two variables have one name. @param {string} code */
export function withUniqueNames(code) {
  const { variables } = findVariables(code);
  return renamed(code, variables, (variable) => `v${String(variables.indexOf(variable))}_`);
}

/** Whether a node is done again within one call of its function. @param {ts.Node} node @returns {boolean} */
function isInLoop({ parent }) {
  if (ts.isFunctionLike(parent) || ts.isSourceFile(parent)) return false;
  return ts.isIterationStatement(parent, false) || isInLoop(parent);
}

/** @param {ts.BindingName} name @returns {readonly ts.Identifier[]} */
export function namesIn(name) {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}
