/**
 * Style of a mail, rebuilt declaration by declaration through the browser's own parser: what is written is the
 * parser's spelling of a value, never the mail's.
 */

/** Properties that move nothing out of its place, cut nothing off, load nothing and make no text of their own. */
const PROPERTIES = new RegExp(
  `^(?:${[
    'background-color',
    'border-(?:[a-z-]+-)?(?:color|style|width|radius)',
    'border-(?:collapse|spacing)',
    '(?:margin|padding)-.*',
    '(?:(?:min|max)-)?width|(?:min-)?height',
    'font-(?:family|size|style|weight|variant.*)',
    'text-(?:align|align-last|decoration.*|indent|transform)',
    'list-style-(?:type|position)',
    'overflow-wrap',
    'word-(?:break|spacing|wrap)|letter-spacing|line-height|vertical-align|white-space.*',
    'color|display|visibility|float|clear|direction|unicode-bidi|box-sizing',
    'table-layout|caption-side|empty-cells',
    'flex-.*|(?:align|justify)-(?:items|content|self)|(?:row|column)-gap',
    'break-.*',
  ].join('|')})$`,
);
const VALUE = /^[\p{L}\p{M}\p{N}\s.,%#()+*/"'_-]{0,1000}$/u;
const FUNCTION = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|calc|min|max|clamp)$/;
/** The frame is as high as its content, so lengths that depend on its height would chase themselves. */
const FRAME_HEIGHT = /[\d.](?:[sld]?v(?:h|min|max|b|i))\b/i;
/** Values with which harmless properties would draw over something else after all, or cut it off. */
const DISPLACING = /^(?:margin|text-indent|letter-|word-spacing)[^:]*:.*(?:-[\d.]|\()|^visibility:collapse/;
const COMPOUND =
  '(?:\\*|[\\w-]+)?(?:[.#][\\w-]+|:(?:first-child|last-child|nth-child\\([\\dn +-]+\\)|link|visited|hover|root))*';
/** Nothing of an element's siblings but its number among them: the rest takes a time that grows with the square of theirs. */
const SELECTOR = new RegExp(`^${COMPOUND}(?:(?: >)? ${COMPOUND}){0,9}$`);
/** Conditions of nothing but the width: the height is the content's own, and on paper stands what was read. */
const MEDIA = /^(?:[\s\d().:<>=]|only|not|and|or|all|(?:min-|max-)?(?:device-)?width|px|r?em|pt)+$/i;

const MAX_DECLARATIONS = 1_000;
/** Declarations that a rule has for the price of a compound. */
const PER_COMPOUND = 10;
/** Compounds for whose price an element's siblings are counted: of one that is not displayed yet, Chromium counts all of them. */
const PER_COUNT = 1_000;
/** Families, sizes and weights of all fonts. */
const MAX_FONTS = 1_000;

/** What is left of a mail's style. */
export interface StyleBudget {
  characters: number;
  /** A style sheet counts as a rule, and so does each compound of a selector: it may be looked for among all ancestors of every element. */
  rules: number;
}

/** Names of a mail's ids and classes begin with this, so that they are never the page's own. */
export const PREFIX = 'm-';

/**
 * Copies the declarations that are allowed. Returns how many wanted something from outside the message. A height becomes the
 * least height, but for elements that grow with their content anyway (`grows`): what does not fit would cover what follows.
 */
export function copyStyle(from: CSSStyleDeclaration, to: CSSStyleDeclaration, grows = false): number {
  let outside = 0;
  for (let index = 0; index < Math.min(from.length, MAX_DECLARATIONS); index++) {
    const name = from.item(index);
    const value = from.getPropertyValue(name);
    const kept = name === 'height' && value !== 'auto' && !grows ? 'min-height' : name;
    if (isAllowed(name, value)) to.setProperty(kept, value, from.getPropertyPriority(name));
    else if (isOutside(value)) outside++;
  }
  return outside;
}

/** Bracketed text that holds no other. */
const INNERMOST = /\([^(){}[\]]*\)|\{[^(){}[\]]*\}|\[[^(){}[\]]*\]/g;

/**
 * Style without what can hide a bracket (comments, escapes, quotation marks but for names), and nothing where brackets stand deep in
 * brackets: of these, engines run out of stack. Mixed colours take them twice as long with each.
 */
export function tame(text: string): string {
  const plain = text.replace(/\/\*[^]*?(?:\*\/|$)|("[\w .-]*"|'[\w .-]*')|\\[^]?|["']|color-mix/gi, '$1 ');
  let rest = plain;
  for (let round = 0; round < 6; round++) rest = rest.replace(INNERMOST, '');
  return /[([{]/.exec(rest.replace(/[([{]/, '')) === null ? plain : '';
}

function isAllowed(name: string, value: string): boolean {
  const functions = value.match(/[\w-]+(?=\()/g) ?? [];
  return (
    PROPERTIES.test(name) &&
    VALUE.test(value) &&
    !FRAME_HEIGHT.test(value) &&
    !DISPLACING.test(`${name}:${value}`) &&
    functions.every((word) => FUNCTION.test(word))
  );
}

function isOutside(value: string): boolean {
  return /url\(\s*["']?(?:\w+:)?\/\//i.test(value);
}

/**
 * Gives all that is in `root` one font where it asks for too many, by sheets, attributes, or sizes that multiply: a browser makes each
 * ready. WebKit does so as soon as it knows an element's style, which it does not look for where nothing is displayed.
 */
export function boundFonts(root: HTMLElement): void {
  const page = root.ownerDocument.documentElement.style;
  page.display = 'none';
  const all = root.querySelectorAll<HTMLElement>('*');
  const fonts = new Set<string>();
  let left = MAX_FONTS;
  for (const each of all) {
    const { fontFamily, fontSize, fontWeight } = getComputedStyle(each);
    const font = [fontFamily, fontSize, fontWeight].join();
    if (!fonts.has(font)) left -= font.split(',').length;
    if (left < 0) break;
    fonts.add(font);
  }
  // The page's own labels, which no mail can raise, keep theirs.
  if (left < 0) for (const { style } of all) if (style.zIndex === '') style.setProperty('font', 'inherit', 'important');
  page.display = '';
}

/** Rebuilds a style sheet's rules in another one. Returns how many declarations wanted something from outside. */
export function copySheet(text: string, media: string, to: CSSStyleSheet, budget: StyleBudget): number {
  budget.rules--;
  budget.characters -= text.length;
  const target = media === '' ? to : insertMedia(to, media);
  if (budget.characters < 0 || target === undefined) return 0;
  const sheet = new CSSStyleSheet();
  // Constructed sheets ignore imports, but say so on the console.
  sheet.replaceSync(tame(text).replace(/@import/gi, '@-'));
  return copyRules(sheet.cssRules, target, budget);
}

type RuleHolder = CSSStyleSheet | CSSMediaRule;

function copyRules(rules: CSSRuleList, to: RuleHolder, budget: StyleBudget): number {
  let outside = 0;
  for (const rule of rules) {
    if (budget.rules-- <= 0) break;
    if (rule instanceof CSSStyleRule) {
      const { selectorText, style } = rule;
      const counts = selectorText.split('nth').length - 1;
      const price = selectorText.split(/[ ,]+/).length + style.length / PER_COMPOUND + counts * PER_COUNT;
      if (price > budget.rules) continue;
      budget.rules -= price;
      const made = insert(to, `${safeSelector(selectorText)}{}`) as CSSStyleRule | undefined;
      if (made !== undefined) outside += copyStyle(style, made.style);
    } else if (rule instanceof CSSMediaRule) {
      const inner = insertMedia(to, rule.media.mediaText);
      if (inner !== undefined) outside += copyRules(rule.cssRules, inner, budget);
    }
  }
  return outside;
}

/** A rule with those of the conditions that are allowed, if there are any. A screen's are those of paper, too. */
function insertMedia(to: RuleHolder, media: string): CSSMediaRule | undefined {
  const kept = media
    .replace(/screen/gi, 'all')
    .split(',')
    .filter((one) => MEDIA.test(one));
  return kept.length === 0 ? undefined : (insert(to, `@media ${kept.join()}{}`) as CSSMediaRule | undefined);
}

function insert(to: RuleHolder, text: string): CSSRule | undefined {
  try {
    return to.cssRules.item(to.insertRule(text, to.cssRules.length)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What no rule of a mail is for: the frame's head, the printed page's own header, and what everything inherits from. */
const SPARED = ':not(:root,head,head *,.paper,.paper *)';

/** Those of the selectors that are allowed, with prefixed names and without the page's own elements. */
function safeSelector(selectors: string): string {
  return selectors
    .split(/, ?/)
    .filter((one) => SELECTOR.test(one))
    .map((one) => one.replace(/[.#]/g, `$&${PREFIX}`) + SPARED)
    .join();
}
