import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinTexts, jsonText, MAX_LINE, splitTexts } from '../src/index.js';

it('gives joined texts back, but for empty ones at the end', () => {
  const text = fc.string({ unit: 'binary', maxLength: 120 }).map((one) => one.replace(/[|\p{Cs}]/gu, ' '));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 60 }), (texts) => {
      const strings = joinTexts(texts);
      const back = splitTexts(strings);
      expect(texts.map((_, index) => back[index] ?? '')).toEqual(texts);
      const lines = jsonText({ strings }).split('\n');
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(MAX_LINE);
    }),
  );
});

it('takes as few strings as there have to be', () => {
  expect(joinTexts(['one', '', 'two', '', ''])).toEqual(['one||two']);
  expect(joinTexts(Array.from({ length: 200 }, () => 'nine char'))).toHaveLength(3);
});

it('5: takes no text that a line cannot hold, or that would be two', () => {
  expect(joinTexts(['\u00e9'.repeat(150)])).toHaveLength(1);
  for (const text of ['a|b', 'a'.repeat(960), '\u00e9'.repeat(170), '"'.repeat(500)])
    expect(() => joinTexts([text]), text.slice(0, 9)).toThrow('cannot stand in a block');
});
