import { readFile } from 'node:fs/promises';
import ts from 'typescript';

const SOURCES = /(?:[\\/]@noble[\\/]|[\\/]packages[\\/]core[\\/]src[\\/]).*\.[jt]s$/;
/** Functions of core whose arguments only say, to a developer, what is wrong. */
const REPORTERS = new Set(['damaged', 'malformed', 'fail', 'wrong']);
/** Functions of noble whose last argument, where it is a text, is the name of what they check. */
const CHECKS = new Set(['abool', 'anumber', 'abytes', 'abytesOrZero', 'kdfInputToBytes']);

/**
 * Leaves the messages of errors out of the page. Nothing there reads or shows them: the page has its own sentences, chosen
 * by an error's code. They would be five kilobytes of every envelope.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutMessages = {
  name: 'without-messages',
  setup(build) {
    build.onLoad({ filter: SOURCES }, async ({ path }) => ({
      contents: strip(await readFile(path, 'utf8')),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }));
  },
};

/** @param {string} code */
function strip(code) {
  const file = ts.createSourceFile('source.ts', code, ts.ScriptTarget.ES2022);
  /** Texts to be replaced, outermost first and in their order. @type {{ start: number, end: number, text: string }[]} */
  const edits = [];
  visit(file);
  let out = '';
  let end = 0;
  for (const edit of edits) {
    out += code.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return out + code.slice(end);

  /** @param {ts.Node} node */
  function visit(node) {
    const kept = keptArguments(node);
    if (kept === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    const list = /** @type {ts.CallExpression | ts.NewExpression} */ (node).arguments ?? ts.factory.createNodeArray();
    edits.push({ start: list.pos, end: list.end, text: kept.join(', ') });
  }

  /**
   * The arguments that stay, for a call that makes or throws an error.
   *
   * @param {ts.Node} node
   * @returns {string[] | undefined}
   */
  function keptArguments(node) {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const [errorCode, , options] = node.arguments ?? [];
      if (/^(?:Range|Type)?Error$/.test(node.expression.text)) return [];
      if (node.expression.text !== 'EnvelopeError' || errorCode === undefined) return undefined;
      const kept = options?.getText(file).includes('fault') === true ? ["''", options.getText(file)] : [];
      return [errorCode.getText(file), ...kept];
    }
    if (!ts.isCallExpression(node)) return undefined;
    const { expression } = node;
    const name = ts.isPropertyAccessExpression(expression)
      ? expression.name.text
      : ts.isIdentifier(expression)
        ? expression.text
        : '';
    if (REPORTERS.has(name)) return [];
    const last = node.arguments.at(-1);
    if (!CHECKS.has(name) || last === undefined || !ts.isStringLiteral(last)) return undefined;
    return node.arguments.slice(0, -1).map((argument) => argument.getText(file));
  }
}
