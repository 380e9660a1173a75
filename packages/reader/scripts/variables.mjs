import ts from 'typescript';

/** What a program is called while it is looked at. */
const NAME = 'program.js';

/**
 * A variable of a program: parameters, functions and classes among them.
 *
 * @typedef {object} Variable
 * @property {ts.Node} home the scope that it is declared in
 * @property {readonly ts.Identifier[]} places where it is named, in the order of the program; where it is declared too
 * @property {ReadonlySet<ts.Node>} scopes those in which its name means it: from each place up to its home
 * @property {readonly ts.Node[]} declarations
 */

/**
 * The variables of a program, by what names them. Names of the language's and of browsers are none.
 *
 * @param {string} code JavaScript
 */
export function findVariables(code) {
  const file = ts.createSourceFile(NAME, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const checker = checkerOf(file);
  /** @type {Map<ts.Symbol, Variable & { places: ts.Identifier[], scopes: Set<ts.Node> }>} */
  const bySymbol = new Map();
  /** @type {Map<ts.Node, Variable>} */
  const byPlace = new Map();
  visit(file);
  return { file, byPlace, variables: /** @type {readonly Variable[]} */ ([...bySymbol.values()]) };

  /** @param {ts.Node} node */
  function visit(node) {
    if (ts.isIdentifier(node) && !isPropertyName(node)) take(node);
    ts.forEachChild(node, visit);
  }

  /** @param {ts.Identifier} node */
  function take(node) {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    const declarations = symbol?.declarations ?? [];
    const [declaration] = declarations;
    if (symbol === undefined || declaration === undefined) return;
    const home = homeOf(declaration);
    const variable = bySymbol.get(symbol) ?? { home, places: [], scopes: new Set([home]), declarations };
    bySymbol.set(symbol, variable);
    byPlace.set(node, variable);
    variable.places.push(node);
    for (let scope = scopeOf(node); scope !== home; scope = scopeOf(scope.parent)) variable.scopes.add(scope);
  }
}

/**
 * A program whose variables have other names.
 *
 * @param {string} code
 * @param {readonly Variable[]} variables
 * @param {(variable: Variable) => string} nameOf
 */
export function renamed(code, variables, nameOf) {
  const places = variables.flatMap((variable) => variable.places.map((place) => ({ place, name: nameOf(variable) })));
  let out = '';
  let end = 0;
  for (const { place, name } of places.sort((a, b) => a.place.end - b.place.end)) {
    const isShort = ts.isShorthandPropertyAssignment(place.parent) || isShortElement(place.parent);
    // A property keeps its name.
    out += code.slice(end, place.getStart()) + (isShort && place.text !== name ? `${place.text}:${name}` : name);
    end = place.end;
  }
  return out + code.slice(end);
}

/** The function around a node, or the program. @param {ts.Node} node @returns {ts.Node} */
export function functionOf({ parent }) {
  return ts.isFunctionLike(parent) || ts.isSourceFile(parent) || ts.isPropertyDeclaration(parent)
    ? parent
    : functionOf(parent);
}

/** @param {ts.SourceFile} file */
function checkerOf(file) {
  /** @type {ts.CompilerHost} */
  const host = {
    getSourceFile: (name) => (name === NAME ? file : undefined),
    getDefaultLibFileName: () => '',
    writeFile: () => undefined,
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === NAME,
    readFile: () => undefined,
  };
  const options = { allowJs: true, noLib: true, noResolve: true, target: ts.ScriptTarget.ES2022 };
  return ts.createProgram([NAME], options, host).getTypeChecker();
}

/** Whether a name stands for a property, and for no variable besides. @param {ts.Identifier} node */
function isPropertyName(node) {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  const isMember =
    ts.isPropertyAccessExpression(parent) || ts.isObjectLiteralElement(parent) || ts.isClassElement(parent);
  return (isMember && parent.name === node) || ts.isMetaProperty(parent);
}

/** Whether this is `{ name }` in a pattern. @param {ts.Node} node */
function isShortElement(node) {
  return (
    ts.isBindingElement(node) &&
    ts.isObjectBindingPattern(node.parent) &&
    node.propertyName === undefined &&
    node.dotDotDotToken === undefined
  );
}

/** A function's parameters and its body are one scope, and so are what is caught and the block for it. @param {ts.Node} node */
function isScope(node) {
  if (ts.isBlock(node)) return !ts.isFunctionLike(node.parent) && !ts.isCatchClause(node.parent);
  return (
    ts.isFunctionLike(node) ||
    ts.isClassLike(node) ||
    ts.isCatchClause(node) ||
    ts.isIterationStatement(node, false) ||
    ts.isCaseBlock(node) ||
    ts.isSourceFile(node)
  );
}

/** The scope that a node stands in, or is. @param {ts.Node} node @returns {ts.Node} */
function scopeOf(node) {
  return isScope(node) ? node : scopeOf(node.parent);
}

/** @param {ts.Node} declaration @returns {ts.Node} */
function homeOf(declaration) {
  const { parent } = declaration;
  if (ts.isClassExpression(declaration) || ts.isFunctionExpression(declaration)) return declaration;
  if (
    ts.isBindingElement(declaration) ||
    ts.isObjectBindingPattern(declaration) ||
    ts.isArrayBindingPattern(declaration)
  )
    return homeOf(parent);
  const isVar = ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.BlockScoped) === 0;
  return isVar ? functionOf(declaration) : scopeOf(parent);
}
