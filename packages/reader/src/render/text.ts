import { element } from '../dom.js';
import { boundedText, PER_NODE, type LayoutBudget } from './bounded-text.js';
import { pointTo, safeLink, tellHost } from './links.js';
import { fold, MAX_FOLDED, SHOWN } from './quote.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]]/gi;

/** Lines that are folded together, at the least. */
const FOLDED = 3;

/** Addresses beyond these stay text: a browser takes seconds for some ten thousand links. */
const MAX_LINKS = 2_000;

/** Characters of a text that are shown. */
export const MAX_TEXT = 1_000_000;

/**
 * Shows a plain text as it was written, its web addresses as links, and what it quotes behind a line with this label. True where
 * that is too long for a browser, and only its beginning is shown.
 */
export function showText(text: string, target: Document, label: string): boolean {
  // All of it, where its direction does not change too often.
  const budget: LayoutBudget = { nodes: MAX_TEXT / PER_NODE };
  const bounded = boundedText(budget);
  let links = 0;
  const shown = block();
  for (const [index, run] of runs(text).entries()) {
    if (index % 2 === 0) {
      addText(run, shown);
      continue;
    }
    const quote = block();
    addText(run, quote);
    shown.append(quote);
    fold(quote, label);
  }
  target.documentElement.classList.add('plain');
  target.body.append(shown);
  // Not before: for each node that comes under it, a browser would look again for the direction of all.
  shown.dir = 'auto';
  return budget.nodes < 0;

  function block(): HTMLElement {
    const made = element('div', { class: 'text' });
    // A direction for each paragraph takes a time that grows with the square of the paragraph's length.
    if (text.length > 200_000) made.style.unicodeBidi = 'isolate';
    return made;
  }

  function addText(run: string, place: HTMLElement): void {
    let end = 0;
    for (const { 0: address, index } of run.matchAll(ADDRESS)) {
      if (links >= MAX_LINKS) break;
      const link = safeLink(address);
      if (link === undefined) continue;
      links++;
      const anchor = target.createElement('a');
      pointTo(anchor, link.href);
      place.append(bounded(run.slice(end, index)), anchor);
      anchor.textContent = bounded(address);
      tellHost(anchor, link.host, false);
      end = index + address.length;
    }
    place.append(bounded(run.slice(end)));
  }
}

/** The text in pieces, of which every other one is a quote to be folded. */
function runs(text: string): readonly string[] {
  const found = [''];
  let quote: string[] = [];
  let asked = 0;
  for (const line of [...text.split(/(?<=\n)/), '']) {
    if (line.startsWith('>')) {
      quote.push(line);
      continue;
    }
    const run = quote.join('');
    const before = found.pop() ?? '';
    // Each look at what stands before reads all of it.
    const folds =
      quote.length >= FOLDED &&
      found.length < 2 * MAX_FOLDED &&
      (found.length > 0 || (asked++ < MAX_FOLDED && saysMore(before)));
    found.push(...(folds ? [before, run, line] : [before + run + line]));
    quote = [];
  }
  return found;
}

/** Whether a text has more in it than who wrote what follows. */
function saysMore(before: string): boolean {
  const own = before.trimEnd();
  return SHOWN.test(/[:\uff1a]$/.test(own) ? own.slice(0, Math.max(0, own.lastIndexOf('\n\n'))) : own);
}
