/** Lists of texts as data blocks hold them: without their keys, which would be a third of a block. */

/** Stands between two texts and within none: one character, which JSON leaves as it is. */
const BETWEEN = '|';

/** Most characters of a string in JSON, so that its line keeps the transport rules (spec/envelope-v1.md, section 8.4). */
const MAX_STRING = 950;

/**
 * Joins texts to as few strings as lines of JSON can hold. Empty texts at the end are left out. Throws for a text that no line can hold,
 * or that holds what stands between two.
 */
export function joinTexts(texts: readonly string[]): readonly string[] {
  const strings: string[] = [];
  const kept = [...texts];
  while (kept.at(-1) === '') kept.pop();
  let room = 0;
  for (const text of kept) {
    const length = BETWEEN.length + lengthInJson(text);
    if (text.includes(BETWEEN) || length > MAX_STRING) throw new Error(`"${text}" cannot stand in a block of texts`);
    const last = length > room ? undefined : strings.pop();
    room = (last === undefined ? MAX_STRING : room) - length;
    strings.push(last === undefined ? text : `${last}${BETWEEN}${text}`);
  }
  return strings;
}

/** The texts that {@link joinTexts} joined, up to the last that is not empty. */
export function splitTexts(strings: readonly string[]): readonly string[] {
  return strings.join(BETWEEN).split(BETWEEN);
}

/** Characters of a text as `jsonText` writes it: six for each that is not plain ASCII. */
function lengthInJson(text: string): number {
  return text.replace(/["\\]/g, '$&$&').replace(/[^ -~]|[<>&]/g, '\\u0000').length;
}
