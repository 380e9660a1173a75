/** The longest line that an envelope may have (spec/envelope-v1.md, 8.4). */
export const MAX_LINE = 990;

/** No word of these stands in a page: code or markup from text, storage, network, and what leaves traces. */
const WORDS = [
  ['eval', 'Function(?=\\s*\\()', 'importScripts', 'WebAssembly'],
  ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'document\\.write(?:ln)?'],
  ['XMLHttpRequest', 'responseText', 'fetch', 'sendBeacon', 'WebSocket', 'EventSource', 'BroadcastChannel'],
  ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookie', 'clipboard', 'console', 'document\\.title'],
  // Mail scanners take these for a dropper.
  ['atob', 'unescape', 'fromCharCode', 'msSaveBlob', '_0x\\w*'],
];

/**
 * What no text of a page holds: its script, its style, its languages.
 *
 * @type {readonly (readonly [pattern: RegExp, reason: string])[]}
 */
const RULES = [
  [new RegExp(`\\b(?:${WORDS.flat().join('|')})\\b`), 'a name that a page has no use for'],
  [/setTimeout\(["'`]|\.send\(|(?:window|self|globalThis|top)\.name\b/, 'a call or name that a page has no use for'],
  [/https?:|www\.|w3\.org/i, 'an address: mail filters rewrite it and break the hash'],
  [/<!--|<\/?script/i, 'a sequence that ends or swallows the script that the runtime stands in'],
  [/[^\n -~]/, 'something other than printable ASCII and LF: mail transport or the HTML parser changes it'],
  [/^(?:\.|From )/m, 'a line that mail transport changes'],
  [/ $/m, 'a trailing blank, which mail transport may drop'],
  [new RegExp(`.{${MAX_LINE + 1}}`), `a line over ${MAX_LINE} characters`],
];

/**
 * Where a text of a page breaks a rule, in words; an empty list where it keeps them all. The build, `npm run check` and the tests
 * ask here.
 *
 * @param {string} text
 * @returns {readonly string[]}
 */
export function brokenRules(text) {
  return RULES.flatMap(([pattern, reason]) => {
    const found = pattern.exec(text);
    if (found === null) return [];
    const around = text.slice(Math.max(0, found.index - 60), found.index + 60);
    return [`line ${text.slice(0, found.index).split('\n').length} has ${reason}: ...${around}...`];
  });
}
