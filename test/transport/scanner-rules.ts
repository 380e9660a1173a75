import type { Header, Message, Page } from '@sealpost/core';
import { firstPaint } from '../../packages/core/src/document/first-paint.js';
import { HEADER_TAG } from '../../packages/core/src/document/markup.js';
import { brokenRules, loginSigns, withoutSending } from '../../packages/reader/scripts/page-rules.mjs';
import { unpacked } from '../support/language-block.js';

/**
 * What public rules of mail scanners look for in an HTML attachment (29 to 37 of the page's checklist), over whole envelopes. The
 * digits of the payload are left out: they are chance, and no rule can be kept by chance.
 */

/** Below this size, a scanner takes a timer for a dropper that waits. */
const SMALL = 50_000;

/** What every text of a page breaks; each is looked at once. */
const faultsOfTexts = new Map<string, readonly string[]>();

function textFaults(text: string, counts?: (rule: number) => boolean): readonly string[] {
  const known = faultsOfTexts.get(text) ?? brokenRules(text, counts);
  faultsOfTexts.set(text, known);
  return known;
}

/**
 * Where a page breaks a rule, in words.
 *
 * @param text - the file but for the digits of its payload
 * @param bytes - the size of the whole file
 */
export function scannerFaults(text: string, bytes: number, page: Page, header: Header): readonly string[] {
  const { reply } = page.runtime.modules;
  const modules = Object.values(page.runtime.modules);
  const fixed = [...modules, page.runtime.style, ...page.languages.map(({ json }) => json)];
  // Who unpacks them finds nothing else: but they are not ASCII then.
  const texts = page.languages.map((block) => unpacked(block).texts.join('\n'));
  // The one name of the network that a reply needs; a second one would be found.
  const judged = fixed.map((one) => (one === reply ? withoutSending(one) : one));
  const around = withoutChance(fixed.reduce((rest, part) => rest.replace(part, () => ''), text));
  const own = withoutWordsOfSender(around, page, header);
  const scripts = text.match(/<script(?![^>]* type="application\/)/g) ?? [];
  return [
    ...judged.flatMap((one) => textFaults(one)),
    ...texts.flatMap((one) => textFaults(one, (rule) => rule !== 5)),
    ...brokenRules(around, (rule) => rule >= 30 && rule <= 34),
    ...brokenRules(own, (rule) => rule === 35 || rule === 37),
    ...loginSigns([text, ...texts]),
    ...(scripts.length === modules.length ? [] : [`1: ${scripts.length} scripts run, of ${modules.length} modules`]),
    ...(/<html\b/.test(text) ? [] : ['33: has no <html>']),
    ...(bytes < SMALL && /setTimeout\([^;]*?,\s*\d/.test(text) ? ['34: has a timer, and is small'] : []),
  ];
}

/** Identifier, salt, encapsulations, wrapped keys and the end block are chance, too, as the digits of the payload are. Long ones take several lines. */
function withoutChance(text: string): string {
  const header = headerText(text);
  return text
    .replace(header, () => header.replace(/"[\w\n-]{20,}"/g, '""'))
    .replace(/(?<= id="sealpost-payload-end">\n).*/, '');
}

function headerText(text: string): string {
  const start = text.indexOf(HEADER_TAG);
  return text.slice(start, text.indexOf('</script>', start));
}

/** A sender may show an address or the name of anybody. */
function withoutWordsOfSender(text: string, { languages: [first] }: Page, { face, connect }: Header): string {
  if (first === undefined) return text;
  const language = unpacked(first);
  return text
    .replace(headerText(text), () => '')
    .replace(firstPaint(face, language), () => firstPaint({}, language))
    .replace(`connect-src ${String(connect)};`, () => '');
}

/**
 * 29: the recipients of a message whose addresses stand in its envelope.
 *
 * @param text - the file but for the digits of its payload
 */
export function recipientFaults(text: string, { headers: { to = [], cc = [] } }: Message): readonly string[] {
  const lower = text.toLowerCase();
  return [...to, ...cc]
    .map(({ address }) => address.toLowerCase())
    .filter((address) => address.includes('@') && lower.includes(address))
    .map((address) => `29: holds the address of a recipient, ${address}`);
}
