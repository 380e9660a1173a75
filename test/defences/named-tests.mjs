import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../../tools/lib/root.mjs';
import { numbersOf } from './checklist.mjs';

/**
 * A test, as it stands in a source.
 *
 * @typedef {object} NamedTest
 * @property {string} file in the checkout, with slashes
 * @property {string} name with those of its groups; where a name is put together, up to there
 * @property {readonly number[]} numbers of the checklist that it stands for
 * @property {boolean} skipped always, not only where a machine cannot run it
 * @property {boolean} inEachEngine runs in Chromium, Firefox and WebKitGTK
 */

/** The list's own test: no test of what it lists. */
const OWN = 'test/checklist.test.ts';

/**
 * All tests of the checkout, read from their sources without running any.
 *
 * @returns {readonly NamedTest[]}
 */
export function findNamedTests() {
  const packages = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/test`);
  return ['test', ...packages].flatMap(testFiles).flatMap(testsOf);
}

/**
 * @param {string} folder
 * @returns {readonly string[]}
 */
function testFiles(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.test.ts') && file !== OWN && !file.includes('/node_modules/'));
}

/**
 * @param {string} file
 * @returns {readonly NamedTest[]}
 */
function testsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  /** @type {NamedTest[]} */
  const found = [];

  /**
   * @param {ts.Node} node
   * @param {Omit<NamedTest, 'file'>} outer
   */
  function look(node, outer) {
    const call = ts.isCallExpression(node) ? readCall(node) : undefined;
    const here = call === undefined ? outer : within(outer, call);
    if (call?.isTest === true) found.push({ file, ...here });
    ts.forEachChild(node, (child) => {
      look(child, here);
    });
  }

  look(source, { name: '', numbers: [], skipped: false, inEachEngine: false });
  return found;
}

/** @typedef {{ name: string, isTest: boolean, skipped: boolean, inEachEngine: boolean }} Call */

/**
 * @param {Omit<NamedTest, 'file'>} outer
 * @param {Call} call
 * @returns {Omit<NamedTest, 'file'>}
 */
function within(outer, call) {
  return {
    name: `${outer.name} ${call.name}`.trim(),
    numbers: [...outer.numbers, ...numbersOf(call.name)],
    skipped: outer.skipped || call.skipped,
    inEachEngine: outer.inEachEngine || call.inEachEngine,
  };
}

/**
 * A call that makes a test or a group of tests: `it('...')`, `describe.skip('...')`, `it.each(table)('...')`.
 *
 * @param {ts.CallExpression} node
 * @returns {Call | undefined}
 */
function readCall(node) {
  /** @type {string[]} */
  const words = [];
  /** @type {ts.Expression} */
  let callee = node.expression;
  for (;;) {
    if (ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isPropertyAccessExpression(callee)) {
      words.push(callee.name.text);
      callee = callee.expression;
    } else break;
  }
  if (!ts.isIdentifier(callee) || !/^(?:it|test|describe\w*)$/.test(callee.text)) return undefined;
  const [first, second] = node.arguments;
  // `describeUnless(obstacle, name, tests)`.
  const name = textOf(first) ?? textOf(second);
  if (name === undefined) return undefined;
  return {
    name,
    isTest: !callee.text.startsWith('describe'),
    skipped: words.some((word) => word === 'skip' || word === 'todo'),
    inEachEngine: callee.text === 'describeInEachEngine',
  };
}

/** @param {ts.Expression | undefined} node */
function textOf(node) {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text : undefined;
}
