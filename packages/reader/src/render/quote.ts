import { element } from '../dom.js';
import { PREFIX } from './css.js';
import { important } from './links.js';

/** What mail programs mark as quoted from an earlier mail. Outlook's marks are left alone: what it forwards has them too. */
const QUOTE = `blockquote[type=cite],blockquote.${PREFIX}gmail_quote,div.${PREFIX}yahoo_quoted,div.${PREFIX}protonmail_quote`;
/** The line that says who wrote what follows, where it stands outside of it. */
const WHO = `.${PREFIX}gmail_attr,.${PREFIX}moz-cite-prefix,#${PREFIX}reply-intro`;
/** A text in which there is something to read. */
export const SHOWN: RegExp = /[\p{L}\p{N}]/u;
/** Subjects of forwarded mail, which is there to be read. */
const FORWARDED = /^\s*(?:fwd?|wg|tr) ?:/i;

// Of NodeFilter's.
const ELEMENTS_AND_TEXT = 5;
const ACCEPT = 1;
const REJECT = 2;

/** Quotes that are folded; whoever writes more of them wants something else. */
export const MAX_FOLDED = 100;
const SUMMARY = important(
  'all:revert;width:fit-content;padding:2px 10px;font:14px system-ui;color:#333d47;background:#eef1f4;cursor:pointer',
);

/** Puts an element that is in a document behind a line that opens it, without any script. */
export function fold(content: HTMLElement, label: string): void {
  const summary = element('summary', {}, label);
  summary.style.cssText = SUMMARY;
  const details = element('details');
  details.style.cssText = important('all:revert');
  content.before(details);
  details.append(summary, content);
}

/** Folds what a rebuilt mail quotes, but not before anything of its own is to be seen. */
export function foldQuotes(target: Document, subject: string, label: string): void {
  if (FORWARDED.test(subject)) return;
  const walker = target.createTreeWalker(target.body, ELEMENTS_AND_TEXT, (node) =>
    node.parentElement?.matches(`${QUOTE},${WHO}`) === true ? REJECT : ACCEPT,
  );
  const quotes: HTMLElement[] = [];
  let seen = false;
  while (walker.nextNode() !== null && quotes.length < MAX_FOLDED) {
    const node = walker.currentNode as HTMLElement | Text;
    if ('data' in node) seen ||= SHOWN.test(node.data) && node.parentElement?.getClientRects().length !== 0;
    else if (seen && node.matches(QUOTE)) quotes.push(node);
  }
  for (const quote of quotes) fold(quote, label);
}
