import type { Section } from './section.js';

const headerId = 'sealpost-header';
const element =
  /^<script type="application\/vnd\.sealpost\.(?:header\+json" id="(sealpost-header)|payload" id="(sealpost-payload-[^"\n]*))">/gm;
const endTag = '</script>';

/** The smallest page that is an HTML form (section 8.3): no script, no style, only what a decoder reads. */
export function writeHtmlForm(sections: readonly Section[]): string {
  const head = '<!doctype html><html><head><meta charset="utf-8"><title>t</title></head><body>';
  return `${head}\n${sections.map(writeElement).join('')}</body></html>\n`;
}

/**
 * The elements of section 8.3 that a page, its lines ended by LF, holds, in the order in which they stand. One that is
 * not closed is none.
 */
export function readHtmlForm(page: string): Section[] {
  return findElements(page).map(({ id, text }) => ({ id, text }));
}

/**
 * A page of a real assembler with these sections in place of its own: the header in the header's place, all blocks in
 * the first block's. Throws where the page has no header element or no block.
 */
export function transplant(page: string, sections: readonly Section[]): string {
  const elements = findElements(page);
  const header = elements.find(({ id }) => id === headerId);
  const firstBlock = elements.find(({ id }) => id !== headerId);
  if (header === undefined || firstBlock === undefined) throw new Error('the page is not an envelope');
  let result = '';
  let copied = 0;
  for (const { start, end } of elements) {
    result += page.slice(copied, start);
    if (start === header.start) result += write(sections.filter(({ id }) => id === headerId));
    if (start === firstBlock.start) result += write(sections.filter(({ id }) => id !== headerId));
    // The line feed after an element goes with it, as `writeElement` brings its own.
    copied = page.charAt(end) === '\n' ? end + 1 : end;
  }
  return result + page.slice(copied);
}

interface FoundElement extends Section {
  readonly start: number;
  readonly end: number;
}

function findElements(page: string): FoundElement[] {
  const found: FoundElement[] = [];
  for (const match of page.matchAll(element)) {
    const start = match.index;
    const textStart = start + match[0].length;
    const textEnd = page.indexOf(endTag, textStart);
    const id = match[1] ?? match[2] ?? '';
    // A block's start tag within an element that is still open is that element's text; a header's counts wherever it is.
    if (textEnd === -1 || (id !== headerId && start < (found.at(-1)?.end ?? 0))) continue;
    found.push({ id, text: page.slice(textStart, textEnd), start, end: textEnd + endTag.length });
  }
  return found;
}

function write(sections: readonly Section[]): string {
  return sections.map(writeElement).join('');
}

function writeElement({ id, text }: Section): string {
  const type = id === headerId ? 'header+json' : 'payload';
  return `<script type="application/vnd.sealpost.${type}" id="${id}">\n${text}\n${endTag}\n`;
}
