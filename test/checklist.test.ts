import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../tools/lib/root.mjs';
import { checklist, DEFENCES, numbersOf, patternOf } from './defences/checklist.mjs';
import { mutants } from './defences/mutants.mjs';
import { findNamedTests } from './defences/named-tests.mjs';

const tests = findNamedTests().filter(({ skipped }) => !skipped);
const items = Object.entries(checklist).map(([number, item]) => ({ number: Number(number), ...item }));

describe('the checklist', () => {
  it('has the numbers 1 to 39', () => {
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 39 }, (_, index) => index + 1));
  });

  for (const { number, about, inEachEngine } of items) {
    const own = tests.filter(({ numbers }) => numbers.includes(number));
    it(`${String(number)} (${about}) is the name of a test${inEachEngine ? ' in the three engines' : ''}`, () => {
      expect(own).not.toEqual([]);
      if (inEachEngine) expect(own.filter((test) => test.inEachEngine)).not.toEqual([]);
    });
  }

  it('has no numbers but its own in the names of tests', () => {
    const known = new Set(items.map(({ number }) => number));
    expect(tests.filter(({ numbers }) => numbers.some((number) => !known.has(number)))).toEqual([]);
  });

  it('is recognised in names, and so are names by a pattern', () => {
    const names: readonly (readonly [string, readonly number[]])[] = [
      ['16: a mail stays', [16]],
      ['9, 15: a link', [9, 15]],
      ['9, 10, 11: markup', [9, 10, 11]],
      ['refuses example 17: nothing', []],
      ['at 10:30', []],
      ['160: too many', []],
    ];
    for (const [name, numbers] of names) {
      expect(numbersOf(name), name).toEqual(numbers);
      for (const number of [1, 6, 9, 10, 11, 15, 16, 21, 22, 24, 30, 36]) {
        const found = new RegExp(patternOf([number])).test(`in Chromium ${name}`);
        expect(found, `${name}, ${String(number)}`).toBe(numbers.includes(number));
      }
    }
  });
});

describe('the defences that npm run test:defences takes out', () => {
  it('are at least one for each number', () => {
    const taken = new Set(mutants.map(({ checklist: number }) => number));
    const missing = items.filter(
      ({ number }) => number >= DEFENCES.first && number <= DEFENCES.last && !taken.has(number),
    );
    expect(missing).toEqual([]);
  });

  it.each(mutants)('$checklist: $defence stands where it stood', ({ edits }) => {
    for (const { file, find, replace } of edits) {
      expect(replace).not.toBe(find);
      expect(readFileSync(inRoot(file), 'utf8').split(find), `${file} has this once: ${find}`).toHaveLength(2);
    }
  });
});
