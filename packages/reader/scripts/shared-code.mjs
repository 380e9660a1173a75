import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { CORE, isShareable } from './lean-core.mjs';
import { rewrite } from './rewrite.mjs';

const READER = path.resolve(import.meta.dirname, '../src');
/** The module in whose place the registry's list stands. */
const LIST = 'sealpost:shared';
/** Where the packages' entries are. @type {Readonly<Record<string, string>>} */
const ENTRIES = {
  '@sealpost/core': path.join(CORE, 'index.ts'),
  '@sealpost/core/page': path.join(CORE, 'page.ts'),
};

/**
 * Which exports of which files `open` shares (`src/shared.ts`), with their positions.
 *
 * @typedef {ReadonlyMap<string, ReadonlyMap<string, number>>} Shared by the files' paths and the exports' names
 *
 * @returns {Shared}
 */
export function readShared() {
  const file = path.join(READER, 'shared.ts');
  const imports = importsOf(file);
  /** @type {Map<string, Map<string, number>>} */
  const shared = new Map();
  for (const [position, name] of listIn(file).entries()) {
    const place = imports.get(name);
    if (place === undefined) throw new Error(`${name} is in the list of what is shared, but not imported`);
    const [home, exported] = homeOf(place.file, place.name);
    /** @type {Map<string, number>} */
    const names = shared.get(home) ?? new Map();
    if (names.has(exported)) throw new Error(`${name} is shared twice`);
    if (!isShareable(home, exported))
      throw new Error(`${name} is not whole in the module open: see scripts/lean-core.mjs`);
    shared.set(home, names.set(exported, position));
  }
  return shared;
}

/** Gives other modules the list out of the registry. @type {import('esbuild').Plugin} */
export const sharedList = {
  name: 'shared-list',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${LIST}$`) }, () => ({ path: LIST, namespace: 'shared' }));
    build.onLoad({ filter: /^/, namespace: 'shared' }, () => {
      const all = [...readShared().values()].flatMap((names) => [...names.values()]).sort((a, b) => a - b);
      return { contents: `export const [${all.map((n) => `shared${n}`).join()}] = globalThis.sealpost.shared;` };
    });
  },
};

/**
 * A module in whose list only what it uses has a name.
 *
 * @param {string} code
 */
export function withHoles(code) {
  return code.replace(/(?<=\[)shared0\b[^\]]*(?=\] = globalThis\.sealpost\.shared)/, (names) =>
    names
      .replace(/shared\d+/g, (name) => ([...code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length > 1 ? name : ''))
      .replace(/[ ,]+$/, ''),
  );
}

/**
 * A file of ours without those of its exports that `open` shares: they come out of the registry. What is left may be left out where
 * nothing uses it, so that it does not come along for a name that is shared.
 *
 * @param {string} code TypeScript
 * @param {ReadonlyMap<string, number>} names
 */
export function withShared(code, names) {
  /** @type {Set<string>} */
  const found = new Set();
  const rest = rewrite(code, (node, textOf) => {
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return goes(node.name) ? '' : undefined;
    if (ts.isVariableStatement(node) && ts.isSourceFile(node.parent)) {
      const [declaration, second] = node.declarationList.declarations;
      if (!goes(declaration?.name)) return undefined;
      if (second !== undefined) throw new Error(`${String(declaration?.name.getText())} is declared with others`);
      return '';
    }
    if (!(ts.isCallExpression(node) || ts.isNewExpression(node)) || !runsAtStart(node)) return undefined;
    const call = `${textOf(node.expression)}(${(node.arguments ?? []).map(textOf).join(', ')})`;
    return `/* @__PURE__ */ ${ts.isNewExpression(node) ? 'new ' : ''}${call}`;
  });
  for (const name of names.keys()) if (!found.has(name)) throw new Error(`${name} is shared, but not declared`);
  if (names.size === 0) return rest;
  const imports = [...names].map(([name, position]) => `shared${position} as ${name}`);
  return `import { ${imports.join(', ')} } from '${LIST}';\nexport { ${[...names.keys()].join(', ')} };\n${rest}`;

  /** @param {ts.Node | undefined} name */
  function goes(name) {
    const text = name?.getText() ?? '';
    if (!names.has(text)) return false;
    found.add(text);
    return true;
  }
}

/**
 * Whether this is a part of what gives a constant of the whole file its value.
 *
 * @param {ts.Node} node
 * @returns {boolean}
 */
function runsAtStart({ parent }) {
  if (ts.isVariableStatement(parent)) return ts.isSourceFile(parent.parent);
  return !ts.isFunctionLike(parent) && !ts.isStatement(parent) && !ts.isSourceFile(parent) && runsAtStart(parent);
}

/** @param {string} file */
function parse(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

/**
 * @param {string} from
 * @param {string} specifier
 */
function resolved(from, specifier) {
  return ENTRIES[specifier] ?? path.join(path.dirname(from), specifier.replace(/\.js$/, '.ts'));
}

/** @typedef {{ readonly file: string, readonly name: string }} Place */

/** What a file imports, by its names there. @param {string} file @returns {ReadonlyMap<string, Place>} */
function importsOf(file) {
  /** @type {Map<string, Place>} */
  const imports = new Map();
  for (const statement of parse(file).statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) throw new Error(`${file} imports without names`);
    for (const { name, propertyName } of bindings.elements) {
      const place = { file: resolved(file, statement.moduleSpecifier.text), name: (propertyName ?? name).text };
      imports.set(name.text, place);
    }
  }
  return imports;
}

/** The names in the list. @param {string} file @returns {readonly string[]} */
function listIn(file) {
  for (const statement of parse(file).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const list = statement.declarationList.declarations[0]?.initializer;
    if (list !== undefined && ts.isArrayLiteralExpression(list) && list.elements.every(ts.isIdentifier))
      return list.elements.map((one) => one.getText());
  }
  throw new Error(`${file} holds no list of names`);
}

/**
 * The file in which an export is declared.
 *
 * @param {string} file
 * @param {string} name
 * @returns {readonly [file: string, name: string]}
 */
function homeOf(file, name) {
  for (const statement of parse(file).statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
    if (!ts.isNamedExports(statement.exportClause)) throw new Error(`${file} exports without names`);
    const found = statement.exportClause.elements.find((one) => one.name.text === name);
    const from = statement.moduleSpecifier;
    if (found !== undefined && from !== undefined && ts.isStringLiteral(from))
      return homeOf(resolved(file, from.text), (found.propertyName ?? found.name).text);
  }
  return [file, name];
}
