import type { Header, Language, LanguageBlock, Message, Page } from '@sealpost/core';
import { webcryptoBackend } from '../../packages/core/src/crypto/webcrypto.js';
import { firstPaint } from '../../packages/core/src/document/first-paint.js';
import { HEADER_TAG } from '../../packages/core/src/document/markup.js';
import { readLanguage } from '../../packages/core/src/document/language.js';
import { brokenRules, countsUnpacked, loginSigns, withoutSending } from '../../packages/reader/scripts/page-rules.mjs';

/**
 * What public rules of mail scanners look for in an HTML attachment (29 to 37 of the page's checklist), over whole envelopes. The
 * digits of the payload are left out: they are chance, and no rule can be kept by chance.
 */

/** Below this size, a scanner takes a timer for a dropper that waits. */
const SMALL = 50_000;

/** What every text of a page breaks; each is looked at once. */
const faultsOfTexts = new Map<string, readonly string[]>();

function textFaults(text: string): readonly string[] {
  const known = faultsOfTexts.get(text) ?? brokenRules(text);
  faultsOfTexts.set(text, known);
  return known;
}

/** What somebody finds who unpacks a language. */
interface Unpacked {
  readonly language: Language;
  /** All that it says. */
  readonly said: string;
  readonly faults: readonly string[];
}

/** Each is unpacked and looked at once. */
const unpackedBlocks = new WeakMap<LanguageBlock, Promise<Unpacked>>();

function unpacked(block: LanguageBlock): Promise<Unpacked> {
  const known = unpackedBlocks.get(block) ?? unpack(block);
  unpackedBlocks.set(block, known);
  return known;
}

async function unpack({ json }: LanguageBlock): Promise<Unpacked> {
  const language = await readLanguage(json, webcryptoBackend);
  const said = language.texts.join('\n');
  return { language, said, faults: brokenRules(said, countsUnpacked) };
}

/**
 * Where a page breaks a rule, in words.
 *
 * @param text - the file but for the digits of its payload
 * @param bytes - the size of the whole file
 */
export async function scannerFaults(
  text: string,
  bytes: number,
  page: Page,
  header: Header,
): Promise<readonly string[]> {
  const { reply } = page.runtime.modules;
  const modules = Object.values(page.runtime.modules);
  const fixed = [...modules, page.runtime.style, ...page.languages.map(({ json }) => json)];
  const languages = await Promise.all(page.languages.map(unpacked));
  // The one name of the network that a reply needs; a second one would be found.
  const judged = fixed.map((one) => (one === reply ? withoutSending(one) : one));
  const around = withoutChance(fixed.reduce((rest, part) => rest.replace(part, () => ''), text));
  const own = withoutWordsOfSender(around, languages[0]?.language, header);
  const scripts = text.match(/<script(?![^>]* type="application\/)/g) ?? [];
  return [
    ...judged.flatMap(textFaults),
    ...languages.flatMap(({ faults }) => faults),
    ...brokenRules(around, (rule) => rule >= 30 && rule <= 34),
    ...brokenRules(own, (rule) => rule === 35 || rule === 37),
    ...loginSigns([text, ...languages.map(({ said }) => said)]),
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
function withoutWordsOfSender(text: string, language: Language | undefined, { face, connect }: Header): string {
  if (language === undefined) return text;
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
