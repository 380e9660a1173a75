import { usageFailure } from './failure.js';

/** Values of options, checked when they are read: each function gives a parser that fails with one line naming the flag. */

/** One of a few words. */
export function oneOf<const T extends string>(flag: string, choices: readonly T[]): (value: string) => T {
  return (value) => {
    const choice = choices.find((one) => one === value);
    if (choice === undefined) throw usageFailure(`${flag} is ${choices.join(' or ')}, not '${value}'`);
    return choice;
  };
}

/** Some of a few words, separated by commas, in the order given, none twice. */
export function someOf<const T extends string>(flag: string, choices: readonly T[]): (value: string) => readonly T[] {
  return (value) => {
    const words = value.split(',').map((word) => word.trim());
    const chosen = words.map((word) => {
      const choice = choices.find((one) => one === word);
      if (choice === undefined) throw usageFailure(`${flag} does not know '${word}'`, `it knows ${choices.join(', ')}`);
      return choice;
    });
    if (new Set(chosen).size < chosen.length) throw usageFailure(`${flag} names something twice: '${value}'`);
    return chosen;
  };
}

/** A text of 1 to `maximum` UTF-16 code units. */
export function text(flag: string, maximum: number): (value: string) => string {
  return (value) => {
    if (value.trim() === '') throw usageFailure(`${flag} is empty`);
    if (value.length > maximum) throw usageFailure(`${flag} has ${value.length} characters, more than ${maximum}`);
    return value;
  };
}

/** As {@link someOf}, or the word `none`, which gives an empty list. */
export function someOrNone<const T extends string>(
  flag: string,
  choices: readonly T[],
): (value: string) => readonly T[] {
  const read = someOf(flag, choices);
  return (value) => (value === 'none' ? [] : read(value));
}

export function integer(flag: string, minimum: number, maximum: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= minimum && number <= maximum) return number;
    throw usageFailure(`${flag} is a whole number from ${minimum} to ${maximum}, not '${value}'`);
  };
}

export function color(flag: string): (value: string) => string {
  return (value) => {
    if (/^#[0-9a-f]{6}$/i.test(value)) return value.toLowerCase();
    throw usageFailure(`${flag} is # and six hexadecimal digits, not '${value}'`, "write it in quotes: '#1a5fb4'");
  };
}

/** An `https:` address in ASCII that does not look like another one. */
export function httpsAddress(flag: string, maximum: number): (value: string) => string {
  return (value) => {
    if (!/^https:\/\/[!-~]+$/.test(value) || value.includes('\\') || !URL.canParse(value)) {
      throw usageFailure(`${flag} is no address that begins with https://: '${value}'`);
    }
    const { username, password } = new URL(value);
    if (username !== '' || password !== '') throw usageFailure(`${flag} holds a user name or a password`);
    if (value.length > maximum) throw usageFailure(`${flag} has ${value.length} characters, more than ${maximum}`);
    return value;
  };
}

/** Where a page sends something: `https:`, or `http:` on this machine. */
export function endpointAddress(flag: string): (value: string) => string {
  return (value) => {
    const url = /^https?:\/\/[!-~]+$/.test(value) && URL.canParse(value) ? new URL(value) : undefined;
    const here = url?.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1)$/.test(url.hostname) && url.port !== '';
    if (url === undefined || !(url.protocol === 'https:' || here)) {
      throw usageFailure(
        `${flag} is no address that begins with https://: '${value}'`,
        'http:// is for this machine alone, with a port: http://localhost:8080/replies',
      );
    }
    if (url.username !== '' || url.password !== '') throw usageFailure(`${flag} holds a user name or a password`);
    if (url.hash !== '') throw usageFailure(`${flag} has a fragment, which is never sent`);
    if (url.pathname.length + url.search.length > 500) throw usageFailure(`${flag} has a path longer than 500`);
    return value;
  };
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/;
const MAX_ADDRESS = 1_000;

/** The address of one person, without a name; several, each given with the option. */
export function addresses(flag: string): (value: string, before?: readonly string[]) => readonly string[] {
  return (value, before = []) => {
    if (!ADDRESS.test(value) || value.length > MAX_ADDRESS) {
      throw usageFailure(`${flag} is one address, such as ada@example.org, not '${value}'`);
    }
    return [...before, value];
  };
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A date, meaning the end of that day in UTC, or a date and time with an offset (RFC 3339; seconds may be left out). */
export function futureDate(flag: string, now: () => number = Date.now): (value: string) => Date {
  const read = dateFrom(flag, '23:59:59');
  return (value) => {
    const date = read(value);
    if (date.getTime() <= now()) throw usageFailure(`${flag} is in the past: '${value}'`);
    return date;
  };
}

/** A date, meaning that time of that day in UTC, or a date and time with an offset. */
export function dateFrom(flag: string, time: string): (value: string) => Date {
  return (value) => {
    const day = DATE_TIME.exec(value)?.[1] ?? value;
    const date = new Date(day === value ? `${value}T${time}Z` : value);
    if (!isDay(day) || Number.isNaN(date.getTime())) {
      throw usageFailure(
        `${flag} is no date: '${value}'`,
        'write 2027-01-31, or with a time and its offset from UTC 2027-01-31T18:00:00+01:00',
      );
    }
    return date;
  };
}

/** Several values of an option, each given with it. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Whether the calendar has that day: `Date` takes February 31 for a day in March. */
function isDay(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
