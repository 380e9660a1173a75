/**
 * Text that a browser lays out in a time that does not grow with the square of its length, as it does for marks above one letter, for
 * changes of direction, and for what has no place to break a line.
 */

/** Characters of text that count as a node. */
export const PER_NODE = 8;
/** Nodes that a change of direction counts for. */
const TURN_NODES = 20;
const MARKS = /([\p{M}\p{Emoji_Modifier}]{30})[\p{M}\p{Emoji_Modifier}]+/gu;
const TURNING =
  '\\u0590-\\u08ff\\u202a-\\u202e\\u2066-\\u2069\\ufb1d-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
/** Where a line's direction changes: it is laid out in as many pieces. */
const TURN = new RegExp(`[${TURNING}][^${TURNING}\\p{L}\\p{N}]*(?![${TURNING}])[\\p{L}\\p{N}]`, 'gu');
/** Characters of a subject, or of a name. */
const MAX_SHORT = 1_000;

/** What a body may still cost a browser, in nodes. */
export interface LayoutBudget {
  nodes: number;
}

/** Gives each of a body's texts as it is shown: its beginning where the budget is used up. */
export function boundedText(budget: LayoutBudget): (text: string) => string {
  /** Texts without a blank since the last one with one. */
  let unbroken = 0;
  let turned = 0;
  return (text) => {
    const turns = TURN_NODES * (text.match(TURN)?.length ?? 0);
    const left = Math.max(0, budget.nodes);
    turned += turns;
    budget.nodes -= turns + text.length / PER_NODE;
    unbroken = /\s/.test(text) ? 0 : unbroken + 1;
    const kept = text.slice(0, Math.min(PER_NODE, text.length / turns) * left);
    const broken = kept.replace(MARKS, '$1').replace(turned > 1e4 ? /\S{9}(?=\S)/gu : /\S{300}(?=\S)/gu, '$&\u200b');
    return unbroken % 30 === 29 ? `\u200b${broken}` : broken;
  };
}

/** A subject or a name, which stands in one line or a few. */
export function boundedLine(text: string): string {
  return boundedText({ nodes: Infinity })(text.slice(0, MAX_SHORT));
}
