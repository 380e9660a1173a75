/**
 * Style of a mail, rebuilt declaration by declaration through the browser's own parser: what is written is the
 * parser's spelling of a value, never the mail's.
 */

/** Properties that move nothing out of its place, cut nothing off, load nothing and make no text of their own. */
const PROPERTIES = new RegExp(
  `^(?:${[
    'background-color',
    'border-(?:(?:top|right|bottom|left)-)?(?:color|style|width)',
    'border-(?:top|bottom)-(?:left|right)-radius',
    'border-(?:collapse|spacing)',
    '(?:margin|padding)-(?:top|right|bottom|left)',
    '(?:(?:min|max)-)?width|(?:min-)?height',
    'font-(?:family|size|style|weight|variant.*|stretch)',
    'text-(?:align|align-last|decoration.*|indent|transform)',
    'list-style-(?:type|position)',
    'overflow-wrap',
    'word-(?:break|spacing|wrap)|letter-spacing|line-height|vertical-align|white-space.*|hyphens',
    'color|display|visibility|float|clear|direction|unicode-bidi|box-sizing',
    'table-layout|caption-side|empty-cells',
    'flex-.*|align-(?:items|content|self)|justify-(?:items|content|self)|(?:row|column)-gap',
    'break-.*',
  ].join('|')})$`,
);
const VALUE = /^[\p{L}\p{M}\p{N}\s.,%#()+*/"'_-]{0,1000}$/u;
const FUNCTION = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|calc|min|max|clamp)$/;
/** The frame is as high as its content, so lengths that depend on its height would chase themselves. */
const FRAME_HEIGHT = /[\d.](?:[sld]?v(?:h|min|max|b|i))\b/i;
/** Values with which harmless properties would draw over something else after all, or cut it off. */
const DISPLACING = /^(?:margin|text-indent|letter-|word-spacing)[^:]*:.*(?:-[\d.]|\()|^visibility:collapse/;
const SELECTOR = /^[\w\s.#*>+~,:()-]{1,500}$/;
const PSEUDO =
  /^:(?:first-child|last-child|only-child|first-of-type|last-of-type|nth-child|nth-of-type|link|visited|hover|root)$/;
const MEDIA = /^[\w\s():,.<>=/-]{1,300}$/;

/** Deeper conditions are left out: browsers take a time for them that grows with the square of the depth. */
const MAX_MEDIA = 5;
/** Compounds of a selector. Each may be looked for among all ancestors of every element. */
const MAX_COMPOUNDS = 10;
const MAX_DECLARATIONS = 1_000;

/** What is left of a mail's style. */
export interface StyleBudget {
  characters: number;
  /** A style sheet counts as a rule. */
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

/** Rebuilds a style sheet's rules in another one. Returns how many declarations wanted something from outside. */
export function copySheet(text: string, media: string, to: CSSStyleSheet, budget: StyleBudget): number {
  budget.rules--;
  budget.characters -= text.length;
  if (budget.characters < 0 || (media !== '' && !MEDIA.test(media))) return 0;
  const sheet = new CSSStyleSheet();
  // Constructed sheets ignore imports, but say so on the console.
  sheet.replaceSync(tame(text).replace(/@import/gi, '@-'));
  return copyRules(sheet.cssRules, media === '' ? to : insertMedia(to, media), budget, 0);
}

type RuleHolder = CSSStyleSheet | CSSMediaRule;

function copyRules(rules: CSSRuleList, to: RuleHolder, budget: StyleBudget, depth: number): number {
  let outside = 0;
  for (const rule of rules) {
    if (budget.rules-- <= 0) break;
    if (rule instanceof CSSStyleRule) {
      const selector = safeSelector(rule.selectorText);
      if (selector === undefined) continue;
      const made = insert(to, `${selector}{}`) as CSSStyleRule | undefined;
      if (made !== undefined) outside += copyStyle(rule.style, made.style);
    } else if (rule instanceof CSSMediaRule && depth < MAX_MEDIA && MEDIA.test(rule.media.mediaText)) {
      outside += copyRules(rule.cssRules, insertMedia(to, rule.media.mediaText), budget, depth + 1);
    }
  }
  return outside;
}

function insertMedia(to: RuleHolder, condition: string): RuleHolder {
  return (insert(to, `@media ${condition}{}`) as CSSMediaRule | undefined) ?? to;
}

function insert(to: RuleHolder, text: string): CSSRule | undefined {
  try {
    return to.cssRules.item(to.insertRule(text, to.cssRules.length)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What no rule of a mail is for: the printed page's own header, and what everything inherits from. */
const SPARED = ':not(:root,.paper,.paper *)';

/**
 * The selector with prefixed names and without the page's own elements, or nothing where it does more than name elements,
 * classes and ids.
 */
function safeSelector(selector: string): string | undefined {
  if (!SELECTOR.test(selector)) return undefined;
  const pseudos = selector.match(/:+[\w-]*/g) ?? [];
  if (!pseudos.every((pseudo) => PSEUDO.test(pseudo))) return undefined;
  const prefixed = selector.replace(/([.#])(?=[\w-])/g, `$1${PREFIX}`);
  const each = prefixed.split(/\s*,(?![^(]*\))\s*/);
  if (each.some((one) => one.split(/[\s>+~]+/).length > MAX_COMPOUNDS)) return undefined;
  return each.map((one) => one + SPARED).join();
}
