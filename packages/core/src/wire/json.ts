import { malformed } from '../errors.js';

/** What the header's JSON can hold (spec/envelope-v1.md, section 4.1). */
export type WireValue = string | number | readonly WireValue[] | WireObject;
export interface WireObject {
  readonly [key: string]: WireValue;
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Lists and objects in each other; more than a slot needs, and far less than a stack holds. */
const MAX_DEPTH = 32;

/** The five control characters that JSON.stringify writes by letter. */
const LETTERS: Readonly<Record<string, number>> = { b: 8, f: 12, n: 10, r: 13, t: 9 };

function encodeString(text: string): string {
  if (!isWellFormed(text)) throw malformed('header holds a string that is not well-formed Unicode');
  // Escapes are matched whole, so that the second half of an escaped backslash is not taken for the first of another.
  return JSON.stringify(text).replace(/\\(.)|[<>& \u007f-\uffff]/g, (match, letter: string | undefined) => {
    if (letter === undefined) return unicodeEscape(match.codePointAt(0) ?? 0);
    const code = LETTERS[letter];
    return code === undefined ? match : unicodeEscape(code);
  });
}

/** `String.prototype.isWellFormed` is younger than the oldest browser we open in. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/**
 * The one spelling of a header value: ASCII without white space, keys in the order of the object.
 * Throws `NOT_AN_ENVELOPE` for what the encoding cannot hold.
 *
 * @param depth - in how many lists and objects the value stands.
 */
export function encodeWire(value: WireValue, depth = 0): string {
  if (typeof value === 'string') return encodeString(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) throw malformed('header holds a number that is not an integer');
    return String(value);
  }
  if (depth === MAX_DEPTH) throw malformed('header is nested too deeply');
  if (value instanceof Array) return `[${value.map((item) => encodeWire(item, depth + 1)).join(',')}]`;
  // A parsed text can hold what the type does not: null and the truth values.
  if (typeof value !== 'object' || (value as unknown) === null) {
    throw malformed('header holds a value of a kind that it cannot hold');
  }
  const members = Object.entries(value).map(([key, member]) => `${encodeString(key)}:${encodeWire(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}

/**
 * Parses a text that must already be in its one spelling: encoding the result again has to give the same text, which
 * refuses doubled keys, blanks, other escapes and other spellings of numbers. Throws `NOT_AN_ENVELOPE`.
 */
export function decodeWire(text: string): WireValue {
  let value: WireValue;
  try {
    value = JSON.parse(text) as WireValue;
  } catch {
    // Also a text nested deeper than the stack. The cause would quote the text, which is secret where it is a prepared secret.
    throw malformed('header is not JSON');
  }
  if (encodeWire(value) !== text) throw malformed('header is not in its canonical spelling');
  return value;
}
