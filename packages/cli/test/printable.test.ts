import { describe, expect, it } from 'vitest';
import { printableJson, printableLine, printableSize, printableText } from '../src/printable.js';

/** What a terminal could act on: controls of both ranges but line feed and tab, and changes of the writing direction. */
// eslint-disable-next-line no-control-regex -- controls are what it looks for
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/;

const hostile: readonly (readonly [string, string])[] = [
  ['clears the screen', 'a\u001b[2Jb'],
  ['sets the title', 'a\u001b]0;owned\u0007b'],
  ['8-bit control sequence', 'a\u009b2Jb'],
  ['goes back', 'a\rb\bc'],
  ['delete and null', 'a\u007f\u0000b'],
  ['turns the order', 'photo\u202egpj.exe'],
  ['line separator', 'a\u2028b\u2029c'],
  ['half a character', 'a\ud800b'],
  ['form feed and vertical tab', 'a\fb\vc'],
];

describe('text for a terminal', () => {
  it.each(hostile)('is safe: %s', (_name, text) => {
    for (const safe of [printableText(text), printableLine(text), printableJson([text])])
      expect(safe).not.toMatch(acting);
    expect(printableLine(text)).not.toMatch(/[\n\t]/);
    expect(JSON.parse(printableJson([text]))).toEqual([text]);
  });

  it('keeps what honest texts hold', () => {
    const honest = 'Grüße\n\tمرحبا \u200fبك\u200e 日本 👩\u200d👧 \u2068abc\u2069';
    expect(printableText(honest)).toBe(honest);
    expect(printableText('a\r\nb\rc')).toBe('a\nb\nc');
  });

  it('puts a name on one line', () => {
    expect(printableLine(' a\n\n b\tc\u2066d ')).toBe('a b c\ufffdd');
  });

  it('writes JSON that hides nothing', () => {
    const hidden = { a: 'x\u200by\u{e0041}z\ufeff' };
    expect(printableJson(hidden)).toBe('{"a":"x\\u200by\\udb40\\udc41z\\ufeff"}');
    expect(JSON.parse(printableJson(hidden))).toEqual(hidden);
  });

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1.0 kB'],
    [9_949, '9.9 kB'],
    [9_950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [25_000_000, '25 MB'],
    [4_294_967_296, '4.3 GB'],
  ])('says %i bytes as %s', (bytes, text) => {
    expect(printableSize(bytes)).toBe(text);
  });
});
