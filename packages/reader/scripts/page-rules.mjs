/** The longest line that an envelope may have (spec/envelope-v1.md, 8.4). */
export const MAX_LINE = 990;

/** @param {readonly string[]} names @param {string} [also] a pattern */
const anyOf = (names, also) => new RegExp(`\\b(?:${names.join('|')})\\b${also === undefined ? '' : `|${also}`}`);

const TO_CODE = ['eval', 'Function(?=\\s*\\()', 'importScripts'];
const TO_MARKUP = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'parseHTMLUnsafe'];
const WRITES = ['createContextualFragment', 'document\\.write(?:ln)?'];
const NETWORK = ['fetch', 'sendBeacon', 'WebSocket', 'EventSource', 'RTCPeerConnection'];
const STORAGE = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookie', 'BroadcastChannel'];
const VENDORS = ['Microsoft', 'Outlook', 'Gmail', 'Google', 'OneDrive', 'SharePoint', 'DocuSign', 'Adobe', 'Dropbox'];

/** A string between its quotes. */
const STRING = `(?:"(?:[^"\\\\\\n]|\\\\.){0,300}"|'(?:[^'\\\\\\n]|\\\\.){0,300}')`;

/**
 * What no text of a page holds: its script, its style, its languages. The numbers are those of the page's security checklist;
 * 29 to 37 are what the public rules of mail scanners look for.
 *
 * @type {readonly (readonly [rule: number, pattern: RegExp, reason: string])[]}
 */
const RULES = [
  [1, /<!--|<\/?script/i, 'a sequence that ends or swallows the script that the runtime stands in'],
  [3, anyOf([...TO_CODE, ...TO_MARKUP, ...WRITES]), 'a name that makes code or markup out of text'],
  [3, /set(?:Timeout|Interval)\(\s*["'`]/, 'a timer that runs a text'],
  [4, anyOf(NETWORK), 'a name that reaches the network'],
  [5, /[^\n -~]/, 'something other than printable ASCII and LF: mail transport or the HTML parser changes it'],
  [5, /^(?:\.|From )/m, 'a line that mail transport changes'],
  [5, / $/m, 'a trailing blank, which mail transport may drop'],
  [5, new RegExp(`.{${MAX_LINE + 1}}`), `a line over ${MAX_LINE} characters`],
  [23, anyOf(STORAGE, '(?:window|self|globalThis|top)\\.name\\b'), 'a name that keeps something'],
  [26, anyOf(['console', 'document\\.title']), 'a name that leaves traces'],
  [30, /atob|ato\\u0062|["']at["']\s*\+\s*["']ob["']/i, 'what scanners take for an unpacker'],
  [30, anyOf(['unescape', 'fromCharCode', 'msSaveBlob']), 'a name that scanners take for an unpacker'],
  [31, /^(?=[^]*atob)(?=[^]*addEventListener)(?=[^]*click)/, 'what unpacks and clicks by itself'],
  [31, /<a\b[^>]*\bhref\s*=\s*["']?data:/i, 'a link that saves what stands in it'],
  [
    33,
    anyOf(['XMLHttpRequest', 'responseText', 'WebAssembly', 'clipboard'], '\\.send\\('),
    'a name that loads or copies',
  ],
  [33, /<body\b[^>]*\bonload|http-equiv\s*=\s*["']?refresh/i, 'what runs or goes elsewhere by itself'],
  [34, /(?:\d{2,3},){60}|(?:\\x[0-9a-z]{2}){100}|(?:\W?0x[0-9a-z]{2}\W?,\s*){100}/i, 'a table of numbers'],
  [35, /\b_0x|\(p,\s*a,\s*c,\s*k,\s*e,/, 'what a packer or obfuscator writes'],
  [35, new RegExp(`(?:${STRING},\\s*){30}`), 'a table of strings'],
  [35, anyOf(VENDORS), 'the name of somebody else'],
  [37, /https?:|www\.|w3\.org/i, 'an address: mail filters rewrite it and break the hash'],
  [37, /[\w.+-]@[\w-]+\.[a-z]{2}/i, 'a mail address'],
];

/**
 * The module `reply` without the one name that may reach the network there: it sends a reply to the sender's endpoint, if the envelope has
 * one, and to no other address, since the policy lets it reach no other. A second one would stay, and break rule 4.
 *
 * @param {string} code
 */
export function withoutSending(code) {
  return code.replace(/\bawait fetch\(/, 'await (');
}

/** The signs of a login page, of which two are too many where `password` is found twice as well (checklist 32). */
const SIGNS = [
  /incorrect/i,
  /invalid/i,
  /login/i,
  /sign.in/i,
  /<script>/i,
  /<title>.[^<]+(?:Payment|Invoice|Statement|Login|Microsoft|Email|Excel)/i,
];

/** Which rules hold for a language's texts once they are unpacked: all but that of ASCII and its lines. @param {number} rule */
export function countsUnpacked(rule) {
  return rule !== 5;
}

/**
 * Where a text of a page breaks a rule, in words; an empty list where it keeps them all. The build, `npm run check` and the tests
 * ask here.
 *
 * @param {string} text
 * @param {(rule: number) => boolean} [counts] which rules to ask
 * @returns {readonly string[]}
 */
export function brokenRules(text, counts = () => true) {
  return RULES.filter(([rule]) => counts(rule)).flatMap(([rule, pattern, reason]) => {
    const found = pattern.exec(text);
    if (found === null) return [];
    const around = text.slice(Math.max(0, found.index - 60), found.index + 60);
    return [`${rule}: line ${text.slice(0, found.index).split('\n').length} has ${reason}: ...${around}...`];
  });
}

/**
 * Whether texts, which stand in one file, look like a login page: 32 of the checklist, in words.
 *
 * @param {readonly string[]} texts
 * @returns {readonly string[]}
 */
export function loginSigns(texts) {
  // A language's texts stand between bars.
  const strings = texts.flatMap((text) => text.split(/[\n|]/));
  if (strings.filter((line) => /password/i.test(line)).length < 2) return [];
  const signs = SIGNS.filter((sign) => strings.some((line) => sign.test(line)));
  return signs.length < 2 ? [] : [`32: "password" twice, and ${signs.map(String).join(' and ')}`];
}
