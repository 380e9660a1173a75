import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { CORE } from './lean-core.mjs';
import { inlineNumbers, rewrite } from './rewrite.mjs';
import { withMarkedKeys } from './text-keys.mjs';
import { withExpressions, withSplitLists } from './word-lists.mjs';

const SOURCES = /[\\/]packages[\\/](?:core|reader)[\\/]src[\\/].*\.ts$/;
/** Functions whose arguments only say, to a developer, what is wrong. */
const REPORTERS = new Set(['damaged', 'malformed', 'fail', 'wrong']);
/** The parameters that they may have. */
const SAYS = new Set(['key: string', 'message: string', 'options: ErrorOptions', 'path: string', 'what: string']);
/** Parameters of core's that only say, for such a message, what is looked at. */
const LABELS = new Set(['what', 'path']);

/**
 * Our sources without the messages of errors. Nothing in the page reads or shows them: it has its own sentences, chosen by an
 * error's code. They would be five kilobytes of every envelope.
 *
 * @param {string} name of the plugin
 * @param {(file: string, code: string) => string} change what else becomes of a file, first
 * @returns {import('esbuild').Plugin}
 */
export function withoutMessages(name, change) {
  return {
    name,
    setup(build) {
      const labels = findLabels();
      /** @type {ReadonlyMap<string, number>} */
      const none = new Map();
      build.onLoad({ filter: SOURCES }, async ({ path: file }) => ({
        contents: shorten(
          change(file, withMarkedKeys(file, await readFile(file, 'utf8'))),
          file.startsWith(CORE) ? labels : none,
        ),
        loader: 'ts',
      }));
    },
  };
}

/**
 * @param {string} code of one file
 * @param {ReadonlyMap<string, number>} labels functions that take a label, with its place
 */
export function shorten(code, labels) {
  const reporters = reportersIn(code);
  const rest = rewrite(code, (node, textOf) => withoutMessage(node, textOf, labels, reporters));
  return inlineNumbers(withSplitLists(withExpressions(rest)));
}

/**
 * The reporters that a file calls: not those of which it has a function of its own that takes more than what it says. Throws where
 * others could call such a function.
 *
 * @param {string} code
 */
function reportersIn(code) {
  const reporters = new Set(REPORTERS);
  visit(ts.createSourceFile('source.ts', code, ts.ScriptTarget.ES2022, true));
  return reporters;

  /** @param {ts.Node} node */
  function visit(node) {
    ts.forEachChild(node, visit);
    if (!ts.isFunctionDeclaration(node) && !ts.isMethodDeclaration(node)) return;
    const name = node.name?.getText() ?? '';
    if (!REPORTERS.has(name)) return;
    const takes = node.parameters.map(
      (parameter) => `${parameter.name.getText()}: ${String(parameter.type?.getText())}`,
    );
    if (takes.every((parameter) => SAYS.has(parameter))) return;
    if (ts.isMethodDeclaration(node) || node.modifiers !== undefined)
      throw new Error(`${name}(${takes.join(', ')}) takes more than a message, which calls in other files would lose`);
    reporters.delete(name);
  }
}

/**
 * @param {ts.Node} node
 * @param {(node: ts.Node) => string} textOf
 * @param {ReadonlyMap<string, number>} labels
 * @param {ReadonlySet<string>} reporters
 */
function withoutMessage(node, textOf, labels, reporters) {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const list = node.arguments ?? [];
  const call = (/** @type {readonly string[]} */ kept) =>
    `${ts.isNewExpression(node) ? 'new ' : ''}${textOf(expression)}(${kept.join(', ')})`;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  if (reporters.has(name) || /^(?:Range|Type)?Error$/.test(name)) return call([]);
  if (name === 'EnvelopeError') {
    const [code = '', , options = ''] = list.map((argument) => textOf(argument));
    return call(options.includes('fault') ? [code, "''", options] : [code]);
  }
  const label = labels.get(expression.getText());
  if (label === undefined || list.length <= label) return undefined;
  const kept = list.map((argument, index) => (index === label ? "''" : textOf(argument)));
  return call(label === kept.length - 1 ? kept.slice(0, -1) : kept);
}

/** Core's functions and classes that take a label, with its place. */
function findLabels() {
  /** @type {Map<string, number>} */
  const labels = new Map();
  for (const file of readdirSync(CORE, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    visit(ts.createSourceFile(file, readFileSync(path.join(CORE, file), 'utf8'), ts.ScriptTarget.ES2022, true));
  }
  return labels;

  /** @param {ts.Node} node */
  function visit(node) {
    const name = ts.isFunctionDeclaration(node)
      ? node.name
      : ts.isConstructorDeclaration(node)
        ? node.parent.name
        : undefined;
    if (name !== undefined && 'parameters' in node) {
      const { parameters } = /** @type {ts.FunctionDeclaration} */ (node);
      const place = parameters.findIndex((parameter) => LABELS.has(parameter.name.getText()));
      if (place >= 0 && (labels.get(name.text) ?? place) !== place)
        throw new Error(`two functions are called ${name.text}`);
      if (place >= 0) labels.set(name.text, place);
    }
    ts.forEachChild(node, visit);
  }
}
