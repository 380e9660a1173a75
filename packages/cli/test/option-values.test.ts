import { describe, expect, it } from 'vitest';
import { EXIT, Failure } from '../src/failure.js';
import { color, futureDate, integer, oneOf, someOf, text } from '../src/option-values.js';

const now = (): number => Date.UTC(2026, 10, 22);

const date = (value: string): string => futureDate('--expires', now)(value).toISOString();

const good: readonly (readonly [string, () => unknown, unknown])[] = [
  ['a word', () => oneOf('--form', ['html', 'data'])('data'), 'data'],
  ['words in their order', () => someOf('--face', ['subject', 'date'])('date,subject'), ['date', 'subject']],
  ['words with blanks', () => someOf('--face', ['subject', 'date'])('subject, date'), ['subject', 'date']],
  ['a text as long as it may be', () => text('--org', 3)('abc'), 'abc'],
  ['the smallest integer', () => integer('--idle-lock', 1, 1440)('1'), 1],
  ['the largest integer', () => integer('--idle-lock', 1, 1440)('1440'), 1440],
  ['a colour in capitals', () => color('--brand-color')('#1A5FB4'), '#1a5fb4'],
  ['a day', () => date('2026-11-22'), '2026-11-22T23:59:59.000Z'],
  ['a leap day', () => date('2028-02-29'), '2028-02-29T23:59:59.000Z'],
  ['a time in UTC', () => date('2027-01-31T18:00:00Z'), '2027-01-31T18:00:00.000Z'],
  ['a time with an offset', () => date('2027-01-31T18:00:00+01:00'), '2027-01-31T17:00:00.000Z'],
  ['a time without seconds', () => date('2027-01-31T18:00-05:00'), '2027-01-31T23:00:00.000Z'],
];

const bad: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['another word', () => oneOf('--form', ['html', 'data'])('pdf'), /^--form is html or data, not 'pdf'$/],
  ['another word in a list', () => someOf('--face', ['subject'])('subject,to'), /^--face does not know 'to'$/],
  ['an empty list', () => someOf('--face', ['subject'])(''), /^--face does not know ''$/],
  ['a word twice', () => someOf('--face', ['subject'])('subject,subject'), /twice/],
  ['a longer text', () => text('--org', 3)('abcd'), /^--org has 4 characters, more than 3$/],
  ['an empty text', () => text('--org', 3)(' '), /^--org is empty$/],
  ['zero', () => integer('--idle-lock', 1, 1440)('0'), /from 1 to 1440, not '0'$/],
  ['one more', () => integer('--idle-lock', 1, 1440)('1441'), /from 1 to 1440/],
  ['a fraction', () => integer('--idle-lock', 1, 1440)('1.5'), /whole number/],
  ['an exponent', () => integer('--idle-lock', 1, 1440)('1e1'), /whole number/],
  ['a hexadecimal number', () => integer('--idle-lock', 1, 1440)('0x10'), /whole number/],
  [
    'a colour by name',
    () => color('--brand-color')('red'),
    /^--brand-color is # and six hexadecimal digits, not 'red'$/,
  ],
  ['a short colour', () => color('--brand-color')('#fff'), /six/],
  ['a day that is not', () => date('2027-02-31'), /^--expires is no date: '2027-02-31'$/],
  ['a time on a day that is not', () => date('2027-02-31T00:00Z'), /no date/],
  ['a time that is not', () => date('2027-02-01T25:00Z'), /no date/],
  ['a time without an offset', () => date('2027-02-01T10:00:00'), /no date/],
  ['a date in words', () => date('tomorrow'), /no date/],
  ['yesterday', () => date('2026-11-21'), /in the past/],
  ['this moment', () => date('2026-11-22T00:00Z'), /in the past/],
];

describe('values of options', () => {
  it.each(good)('takes %s', (_name, parse, value) => {
    expect(parse()).toEqual(value);
  });

  it.each(bad)('refuses %s', (_name, parse, message) => {
    const failure = catchFailure(parse);
    expect(failure.message).toMatch(message);
    expect(failure.exitCode).toBe(EXIT.usage);
  });
});

function catchFailure(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
