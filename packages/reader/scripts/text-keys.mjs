import path from 'node:path';
import ts from 'typescript';

const CORE = path.resolve(import.meta.dirname, '../../core/src');
const READER = path.resolve(import.meta.dirname, '../src');
/** The modules' programs. */
const ENTRIES = ['main.ts', 'reply/main.ts'].map((name) => path.join(READER, name));
/** How they are checked: as the packages are, but for what is a matter of style. @type {ts.CompilerOptions} */
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  customConditions: ['source'],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};
/** The lists of keys. */
const LISTS = [
  path.join(READER, 'i18n/keys.ts'),
  path.join(READER, 'i18n/reply/keys.ts'),
  path.join(CORE, 'document/first-paint-keys.ts'),
];
/** What core asks for. */
const FIRST_PAINT = path.join(CORE, 'document/first-paint.ts');
/** Begins what stands in the place of a key until it becomes a number: nothing else in a page. */
const MARK = 'text-key:';
const MARKED = new RegExp(`(["'])${MARK}(\\d+):(\\w+)\\1`, 'g');
const NO_TRUNCATION = ts.TypeFormatFlags.NoTruncation;
/** Where a text is looked for by its key: by its number, there is no list to look in. */
const LOOKING = /** @type {const} */ ([
  ['FIRST_PAINT_KEYS.indexOf(key)', 'key'],
  ['keys.indexOf(key)', 'key'],
  [/(\.texts\[\d\]), KEYS\)/, '$1)'],
  [', REPLY_KEYS)', ')'],
]);

/**
 * Marks of keys, by files and by places in their text.
 *
 * @type {ReadonlyMap<string, readonly Mark[]> | undefined}
 */
let known;

/**
 * A key where a text is asked for.
 *
 * @typedef {object} Mark
 * @property {number} start
 * @property {number} end
 * @property {string} key
 * @property {number} list of which it is one
 * @property {number} number its place there
 * @property {boolean} isType
 */

/**
 * A file of the page's with a mark at each key of a text, of which {@link withNumberedKeys} makes a number. A key is a string where
 * TypeScript expects one of a list's, and nothing else. Throws where the program with keys that are no strings would not be one: where
 * a key is used as a text, or a text as a key.
 *
 * @param {string} file
 * @param {string} code as it is in the file
 */
export function withMarkedKeys(file, code) {
  known ??= findKeys();
  return replaced(code, known.get(file) ?? [], ({ key, number }) => `'${MARK}${String(number)}:${key}'`);
}

/**
 * A program with numbers in the place of keys of texts.
 *
 * @param {string} code JavaScript
 */
export function withNumberedKeys(code) {
  let rest = code.replace(MARKED, '$2');
  for (const [looks, knows] of LOOKING) rest = rest.replace(looks, knows);
  // A list where it is made, and nothing that looks in it.
  const left = /\bkeys\.indexOf\(|\b(?:REPLY_|FIRST_PAINT_)?KEYS\b(?! = )/.exec(rest);
  if (left !== null) throw new Error(`keys of texts are looked for in a list: ${left[0]}`);
  return checked(rest);
}

/**
 * A program with the keys of texts as they are in the sources, for people.
 *
 * @param {string} code JavaScript
 */
export function withPlainKeys(code) {
  return checked(code.replace(MARKED, '"$3"'));
}

/** @param {string} code */
function checked(code) {
  if (code.includes(MARK)) throw new Error(`"${MARK}" is left in a program`);
  return code;
}

/**
 * The marks of all files of the page.
 *
 * @param {ReadonlyMap<string, string>} [sources] other texts of files, for tests
 * @returns {ReadonlyMap<string, readonly Mark[]>}
 */
export function findKeys(sources = new Map()) {
  const host = hostOf(ts.createCompilerHost(OPTIONS, true), sources);
  const program = ts.createProgram(ENTRIES, OPTIONS, host);
  const lists = LISTS.map((file) => listIn(program, file));
  const checker = program.getTypeChecker();
  /** @type {Map<string, readonly Mark[]>} */
  const marks = new Map();
  for (const file of ownFiles(program)) marks.set(file.fileName, marksIn(file, checker, lists));
  check(program, host, marks);
  for (const list of LISTS) marks.delete(list);
  return marks;
}

/**
 * A host with other texts of some files.
 *
 * @param {ts.CompilerHost} host
 * @param {ReadonlyMap<string, string>} sources
 * @returns {ts.CompilerHost}
 */
function hostOf(host, sources) {
  return {
    ...host,
    fileExists: (name) => sources.has(name) || host.fileExists(name),
    readFile: (name) => sources.get(name) ?? host.readFile(name),
    getSourceFile: (name, options) => {
      const code = sources.get(name);
      return code === undefined ? host.getSourceFile(name, options) : ts.createSourceFile(name, code, options, true);
    },
  };
}

/** @param {ts.Program} program */
function ownFiles(program) {
  return program
    .getSourceFiles()
    .filter(
      ({ fileName }) => fileName.startsWith(`${READER}/`) || LISTS.includes(fileName) || fileName === FIRST_PAINT,
    );
}

/**
 * @param {ts.SourceFile} file
 * @param {ts.TypeChecker} checker
 * @param {readonly (readonly string[])[]} lists
 * @returns {readonly Mark[]}
 */
function marksIn(file, checker, lists) {
  /** @type {Mark[]} */
  const marks = [];
  const own = LISTS.indexOf(file.fileName);
  visit(file);
  return marks;

  /** @param {ts.Node} node */
  function visit(node) {
    ts.forEachChild(node, visit);
    if (!ts.isStringLiteral(node)) return;
    // In a list's own file, types too.
    const list = own < 0 ? expected(checker.getContextualType(node), lists) : own;
    const number = lists[list]?.indexOf(node.text) ?? -1;
    const isType = ts.isLiteralTypeNode(node.parent);
    if (number >= 0) marks.push({ start: node.getStart(), end: node.end, key: node.text, list, number, isType });
  }
}

/**
 * The list of which a key is expected, by its place; -1 where none is.
 *
 * @param {ts.Type | undefined} type
 * @param {readonly (readonly string[])[]} lists
 */
function expected(type, lists) {
  const parts = (type?.isUnion() === true ? type.types : []).filter(({ flags }) => flags & ts.TypeFlags.StringLike);
  return lists.findIndex(
    (list) =>
      parts.length === list.length && parts.every((part) => part.isStringLiteral() && list.includes(part.value)),
  );
}

/**
 * Throws where the same program with objects in the place of keys has errors. What takes anything is asked besides: a key becomes no part
 * of a text, and is not asked whether it is something, since the first one's number is 0.
 *
 * @param {ts.Program} program
 * @param {ts.CompilerHost} host
 * @param {ReadonlyMap<string, readonly Mark[]>} marks
 */
function check(program, host, marks) {
  const types = path.join(READER, 'text-key.d.ts');
  const changed = new Map([
    [types, 'interface TextKey<N, K> { readonly list: N; readonly key: K }'],
    ...[...marks].map(([file, found]) => {
      const code = program.getSourceFile(file)?.text ?? '';
      return /** @type {const} */ ([file, replaced(code, found, typed)]);
    }),
  ]);
  const files = hostOf({ ...host, getSourceFile: (name) => program.getSourceFile(name) }, changed);
  const other = ts.createProgram([...ENTRIES, types], OPTIONS, files);
  const checker = other.getTypeChecker();
  for (const file of ownFiles(other)) {
    // Their types are made of texts' keys as texts.
    if (LISTS.includes(file.fileName)) continue;
    const found = other.getSemanticDiagnostics(file);
    if (found.length > 0) throw new Error(`a key of a text is none: ${said(found)}`);
    visit(file);
  }

  /** @param {ts.Node} node */
  function visit(node) {
    ts.forEachChild(node, visit);
    for (const part of takenAsIs(node))
      if (checker.typeToString(checker.getTypeAtLocation(part), undefined, NO_TRUNCATION).includes('TextKey<'))
        throw new Error(`a key of a text is taken for a text or for true: ${node.getText()}`);
  }
}

/**
 * Parts of an expression that may have any type.
 *
 * @param {ts.Node} node
 * @returns {readonly ts.Node[]}
 */
function takenAsIs(node) {
  if (ts.isTemplateSpan(node) || ts.isIfStatement(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isPrefixUnaryExpression(node)) return [node.operand];
  if (!ts.isBinaryExpression(node)) return [];
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.PlusToken) return [node.left, node.right];
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken ? [node.left] : [];
}

/** @param {Mark} mark */
function typed({ list, key, isType }) {
  const type = `TextKey<${String(list)}, '${key}'>`;
  return isType ? type : `({} as ${type})`;
}

/**
 * @param {string} code
 * @param {readonly Mark[]} marks
 * @param {(mark: Mark) => string} replacement
 */
function replaced(code, marks, replacement) {
  let out = '';
  let end = 0;
  for (const mark of marks) {
    out += code.slice(end, mark.start) + replacement(mark);
    end = mark.end;
  }
  return out + code.slice(end);
}

/** @param {readonly ts.Diagnostic[]} diagnostics */
function said(diagnostics) {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => path.resolve(READER, '../../..'),
    getNewLine: () => '\n',
  });
}

/** @param {ts.Program} program @param {string} file @returns {readonly string[]} */
function listIn(program, file) {
  /** @type {string[]} */
  const keys = [];
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`no program has ${file}`);
  visit(source);
  return keys;

  /** @param {ts.Node} node */
  function visit(node) {
    if (keys.length === 0 && ts.isArrayLiteralExpression(node))
      keys.push(...node.elements.flatMap((one) => (ts.isStringLiteral(one) ? one.text : [])));
    else ts.forEachChild(node, visit);
  }
}
