/**
 * How much work a mail's HTML is for a browser's parser, told before it is parsed: a parser cannot be stopped. It takes a time
 * that grows with the square of the elements open at once; it opens formatting elements that were never closed again in each
 * block that follows, which in Chromium makes a minute of 6 KB; and Firefox compares each attribute with all before it.
 *
 * What is counted is never less than what the parser does, whatever the text is to it (a comment, an attribute, a style): every
 * start tag counts. An end tag counts where it ends the start tag last seen, and nothing stood between them that could have
 * hidden it.
 */

/** A tag whose attributes hold no angle brackets; a comment or declaration without any; or what may hide what follows. */
const TOKEN =
  /<(?:!(?:--[^<>]*--|(?!-|\[CDATA)[^<>]*)>|(\/?)([a-z][^\t\n\f\r />]*)((?:[\t\n\f\r /]+[^\t\n\f\r "'<>/=]+(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"[^"<>]*"|'[^'<>]*'|[^\t\n\f\r "'<>/=]+))?){0,99}[\t\n\f\r /]*>)?|[!?/]|(?![a-z]))/gi;
const ATTRIBUTE =
  /[\t\n\f\r /]+|[^\t\n\f\r />][^\t\n\f\r />=]*(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"[^"]*"|'[^']*'|[^\t\n\f\r "'>][^\t\n\f\r >]*)?)?/y;
const VOID = /^(?:area|base|br|col|hr|img|input|link|meta|source|wbr)$/;
/** None of these stays open inside its like: there is no foreign content, see `parseInert`. */
const ENDLESS = /^(?:area|base|br|col|hr|img|input|li|link|meta|p|source|t[dhr]|tbody|wbr)$/;
const FORMATTING = /^(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)$/;
/** About a second of the slowest engine. */
const MAX_WORK = 6e6;

/** The beginning of a mail's HTML that a browser parses in a bounded time; all of it, but for mails made to hang a reader. */
export function withinEffort(html: string): string {
  const open: { name: string; depth: number; again: number; text: string }[] = [];
  /** Of the same formatting a parser remembers three. */
  const alike = new Map<string, number>();
  let [work, depth, again] = [0, 0, 0];
  for (const { 0: all, 1: end, 2: tag, 3: plain, index } of html.matchAll(TOKEN)) {
    if (all === '<') {
      work += 20;
      if (work > MAX_WORK) return html.slice(0, index);
      continue;
    }
    const name = tag?.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) ?? '';
    const last = open.at(-1);
    if (end === '') {
      // Where the token ends before the tag does, nothing is known of what it is like.
      const text = name === 'a' ? name : plain === undefined ? `${all} ${index}` : all;
      const made = { name, text, depth: 1, again: 0 };
      if (ENDLESS.test(name)) made.depth = 0;
      if (FORMATTING.test(name)) {
        const before = alike.get(text) ?? 0;
        alike.set(text, before + 1);
        made.again = before < 3 ? 1 : 0;
      }
      depth += made.depth;
      again += made.again;
      if (!VOID.test(name)) open.push(made);
    } else if (plain !== undefined && last?.name === name) {
      open.pop();
      depth -= last.depth;
      again -= last.again;
      if (alike.has(last.text)) alike.set(last.text, (alike.get(last.text) ?? 0) - 1);
    }
    if (plain === undefined && !all.endsWith('>')) {
      // No end tag has this name.
      open.push({ name: '', text: '', depth: 0, again: 0 });
      ATTRIBUTE.lastIndex = index + all.length;
      let attributes = 0;
      let reached = index;
      while (tag !== undefined && attributes < 1e5 && ATTRIBUTE.test(html)) {
        attributes++;
        reached = ATTRIBUTE.lastIndex;
      }
      work += attributes ** 2 / 1200 + (reached - index) / 20;
    }
    work += 40 + depth / 16 + again ** 2 * (1 + depth / 64);
    if (work > MAX_WORK) return html.slice(0, index);
  }
  return html;
}
