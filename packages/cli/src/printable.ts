/** Text from mails and envelopes, made safe for a terminal: nothing in it can move the cursor, or lie about its own order. */

/** Controls but tab and line feed, lone surrogates, and characters that stand for nothing. */
// eslint-disable-next-line no-control-regex -- controls are what it looks for
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufff9-\ufffb]|\p{Cs}/gu;

/** Embeddings and overrides of the writing direction. Honest texts use isolates (UAX #9, section 2.4). */
const OVERRIDES = /[\u202a-\u202e]/g;

/** Everything else that changes the order in which a line is shown. */
const DIRECTION = /[\u061c\u200e\u200f\u2066-\u2069]/g;

const REPLACEMENT = '\ufffd';

/** A text of many lines, with LF. Tabs and the direction marks that honest texts need are kept. */
export function printableText(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, '\n');
  return lines.replace(UNPRINTABLE, REPLACEMENT).replace(OVERRIDES, REPLACEMENT);
}

/** A text on one line of its own, such as a name: white space becomes single spaces. */
export function printableLine(text: string): string {
  return printableText(text).replace(DIRECTION, REPLACEMENT).replace(/\s+/gu, ' ').trim();
}

/** JSON in which everything that could act on a terminal is written as an escape. Reads back as the same value. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** Bytes for people. */
export function printableSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const [unit, divisor] =
    bytes < 999_500 ? ['kB', 1_000] : bytes < 999_500_000 ? ['MB', 1_000_000] : ['GB', 1_000_000_000];
  const number = bytes / divisor;
  return `${number.toFixed(number < 9.95 ? 1 : 0)} ${unit}`;
}
