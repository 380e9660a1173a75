import ts from 'typescript';

/** A line may end behind these: there, its end never means anything. */
const ENDS = new Set([
  ts.SyntaxKind.CommaToken,
  ts.SyntaxKind.SemicolonToken,
  ts.SyntaxKind.OpenBraceToken,
  ts.SyntaxKind.OpenParenToken,
  ts.SyntaxKind.OpenBracketToken,
]);
/** How mail transport would change a line's beginning. */
const CHANGED = /^(?:\.|From |\s)/;

/**
 * Breaks minified code into lines of at most `maximum` characters that mail transport leaves as they are. A string in which there is
 * no other way is continued behind a backslash.
 *
 * @param {string} code
 * @param {number} maximum
 */
export function inLines(code, maximum) {
  const { between, inside } = places(code);
  let out = '';
  let start = 0;
  for (;;) {
    // Templates hold line ends of their own.
    const own = code.indexOf('\n', start) + 1 || code.length + 1;
    if (own - 1 - start <= maximum) {
      out += code.slice(start, own);
      if (own > code.length) return out;
      start = own;
      continue;
    }
    const next = lastIn(between, start, maximum);
    const place = next ?? lastIn(inside, start, maximum - 1);
    if (place === undefined) throw new Error(`no place to end the line "${code.slice(start, start + maximum)}"`);
    out += `${code.slice(start, place)}${next === undefined ? '\\' : ''}\n`;
    start = place;
  }
}

/**
 * Where lines may end: between tokens, and inside strings.
 *
 * @param {string} code
 */
function places(code) {
  /** @type {number[]} */
  const between = [];
  /** @type {number[]} */
  const inside = [];
  visit(ts.createSourceFile('source.js', code, ts.ScriptTarget.ES2022, true));
  return { between: fit(between), inside: fit(inside) };

  /** @param {ts.Node} node */
  function visit(node) {
    if (ENDS.has(node.kind)) between.push(node.end);
    else if (ts.isStringLiteral(node)) inside.push(...unitEnds(node));
    else for (const child of node.getChildren()) visit(child);
  }

  /** @param {readonly number[]} positions */
  function fit(positions) {
    return positions.filter((place) => !CHANGED.test(code.slice(place, place + 5)));
  }
}

/**
 * Where the characters and escapes of a string end.
 *
 * @param {ts.StringLiteral} node
 */
function unitEnds(node) {
  const start = node.getStart();
  return [...node.getText().matchAll(/\\(?:x..|u....|[^])|[^]/g)]
    .slice(0, -1)
    .map(({ 0: unit, index }) => start + index + unit.length);
}

/**
 * The last place of a list that ends a line of at most `length` characters.
 *
 * @param {readonly number[]} list ascending
 * @param {number} start
 * @param {number} length
 */
function lastIn(list, start, length) {
  return list.filter((place) => place > start && place <= start + length).at(-1);
}
