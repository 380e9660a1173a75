import { describe, expect, it } from 'vitest';
import { uniqueFileNames } from '../src/unique-names.js';

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['different names', ['a.txt', 'b.txt'], ['a.txt', 'b.txt']],
  ['the same name', ['a.txt', 'a.txt', 'a.txt'], ['a.txt', 'a (2).txt', 'a (3).txt']],
  ['names that differ in case', ['a.txt', 'A.TXT'], ['a.txt', 'A (2).TXT']],
  ['names that differ in normalisation', ['\u00e9.txt', 'e\u0301.txt'], ['\u00e9.txt', '\u00e9 (2).txt']],
  ['sharp s', ['stra\u00dfe', 'STRASSE'], ['stra\u00dfe', 'STRASSE (2)']],
  ['a name that looks numbered', ['a.txt', 'a (2).txt', 'a.txt'], ['a.txt', 'a (2).txt', 'a (3).txt']],
  ['a taken name', ['Message.TXT'], ['Message (2).TXT']],
  ['a name without extension', ['README', 'readme'], ['README', 'readme (2)']],
  ['names that are one when cleaned', ['a/b', 'a\\b', 'a:b'], ['a_b', 'a_b (2)', 'a_b (3)']],
  ['names that are nothing', ['', '..', ' '], ['attachment', 'attachment (2)', 'attachment (3)']],
];

describe('file names of attachments', () => {
  it.each(cases)('%s', (_name, names, expected) => {
    expect(uniqueFileNames(names, ['message.txt'])).toEqual(expected);
  });

  it('takes a thousand equal names in no time', () => {
    const names = uniqueFileNames(Array.from({ length: 1_024 }, () => 'a.txt'));
    expect(new Set(names).size).toBe(1_024);
    expect(names.at(-1)).toBe('a (1024).txt');
  });
});
