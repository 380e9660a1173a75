/**
 * The page's security checklist by its numbers: what each is about, and where a test of it must run. SECURITY.md says how tests
 * carry the numbers in their names.
 *
 * @typedef {object} Item
 * @property {string} about
 * @property {boolean} inEachEngine it concerns what a browser does: at least one of its tests runs in each of the three
 */

/** @param {string} about @returns {Item} */
const inBrowsers = (about) => ({ about, inEachEngine: true });
/** @param {string} about @returns {Item} */
const inTexts = (about) => ({ about, inEachEngine: false });

/** @type {Readonly<Record<number, Item>>} */
export const checklist = {
  1: inTexts('one script, the same in every envelope, with the hash of the policy'),
  2: inTexts('the policy, to the letter, before anything that loads'),
  3: inBrowsers('no code or markup from text; one Trusted Types policy'),
  4: inBrowsers('works from file:// without a network, and asks nobody for anything'),
  5: inBrowsers('what mail transport does to the file'),
  6: inBrowsers('help where no script runs'),
  7: inBrowsers('no crypto.subtle'),
  8: inBrowsers('framed'),
  9: inBrowsers('mail that calls home'),
  10: inBrowsers('allow-listed elements, attributes and addresses'),
  11: inBrowsers('published hostile markup'),
  12: inBrowsers('permissions of the frame'),
  13: inBrowsers('links, and where they lead'),
  14: inBrowsers('mail links'),
  15: inBrowsers('addresses that are no web, mail or telephone address'),
  16: inBrowsers('a mail stays in its place'),
  17: inBrowsers('quotes without style, and without what was hidden'),
  18: inBrowsers('where a reply goes'),
  19: inBrowsers('no download without a click'),
  20: inBrowsers('names of files'),
  21: inBrowsers('files that can run'),
  22: inBrowsers('what is shown in the page'),
  23: inBrowsers('nothing is stored'),
  24: inBrowsers('the passphrase is forgotten, and the page locks when it is left'),
  25: inBrowsers('keys, the worker, and the lock'),
  26: inBrowsers('no secret in title, address, error or console'),
  27: inBrowsers('print'),
  28: inBrowsers('what a copy saved while reading holds, as documented'),
  29: inTexts("no recipient's address"),
  30: inTexts('no words of droppers'),
  31: inTexts('no download by a script on its own'),
  32: inTexts('no words of login pages'),
  33: inTexts('no network, no clipboard, no refresh'),
  34: inTexts('no tables of numbers'),
  35: inTexts('code that can be read'),
  36: inBrowsers('nothing that is typed leaves by a spell checker'),
  37: inTexts('no addresses in code and style'),
  38: inBrowsers('a saved copy is a locked envelope'),
  39: inBrowsers('doubled, missing and misplaced blocks'),
};

/** The numbers that stand for a defence which `npm run test:defences` takes out. */
export const DEFENCES = { first: 1, last: 24 };

/** One of the numbers that a name begins with. */
const NUMBER = '\\d{1,2}';
const BEGINNING = new RegExp(`^(${NUMBER}(?:, ${NUMBER})*): `);

/**
 * Numbers of the checklist at the beginning of a name: `16: ...`, `9, 15: ...`.
 *
 * @param {string} name
 * @returns {readonly number[]}
 */
export function numbersOf(name) {
  return (BEGINNING.exec(name)?.[1] ?? '').split(', ').filter(Boolean).map(Number);
}

/**
 * A regular expression, for `vitest -t`, of the whole names in which a test or one of its groups carries one of the numbers.
 *
 * @param {readonly number[]} numbers
 */
export function patternOf(numbers) {
  return `(?:^| )(?:${NUMBER}, )*(?:${numbers.join('|')})(?:, ${NUMBER})*: `;
}
