import { EnvelopeError } from '../errors.js';

/** What the header's JSON can hold (spec/envelope-v1.md, section 4.1). */
export type WireValue = string | number | readonly WireValue[] | WireObject;
export interface WireObject {
  readonly [key: string]: WireValue;
}

function malformed(message: string): EnvelopeError {
  return new EnvelopeError('NOT_AN_ENVELOPE', message);
}

function encodeString(text: string): string {
  if (!isWellFormed(text)) throw malformed('header holds a string that is not well-formed Unicode');
  return JSON.stringify(text).replace(
    /\\[bfnrt]|[<>& \u007f-\uffff]/g,
    (match) => `\\u${controlCode(match).toString(16).padStart(4, '0')}`,
  );
}

/** JSON.stringify writes five control characters by letter; everything else that matched stands for itself. */
function controlCode(match: string): number {
  return match.length === 1 ? match.charCodeAt(0) : ({ b: 8, f: 12, n: 10, r: 13, t: 9 }[match.charAt(1)] ?? 0);
}

/** `String.prototype.isWellFormed` is younger than the oldest browser we open in. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/**
 * The one spelling of a header value: ASCII without white space, keys in the order of the object.
 * Throws `NOT_AN_ENVELOPE` for what the encoding cannot hold.
 */
export function encodeWire(value: WireValue): string {
  if (typeof value === 'string') return encodeString(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0) throw malformed('header holds a number that is not an integer');
    return String(value);
  }
  if (value instanceof Array) return `[${value.map(encodeWire).join(',')}]`;
  // A parsed text can hold what the type does not: null and the truth values.
  if (typeof value !== 'object' || (value as unknown) === null) {
    throw malformed('header holds a value of a kind that it cannot hold');
  }
  const members = Object.entries(value).map(([key, member]) => `${encodeString(key)}:${encodeWire(member)}`);
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
  } catch (cause) {
    throw new EnvelopeError('NOT_AN_ENVELOPE', 'header is not JSON', { cause });
  }
  if (encodeWire(value) !== text) throw malformed('header is not in its canonical spelling');
  return value;
}
