/** What two implementations say of one case. */
interface Difference {
  readonly library: string;
  readonly python: string;
}

function all(names: readonly string[], difference: Difference): Record<string, Difference> {
  return Object.fromEntries(names.map((name) => [name, difference]));
}

const NOT_SEEN = { library: 'NOT_AN_ENVELOPE', python: 'UNSUPPORTED_VERSION' };
const DAMAGED_FIRST = { library: 'DAMAGED', python: 'LIMIT' };

/**
 * Cases of which the implementations say different things. The spec is on Python's side in each of them; when the library
 * is mended, the case goes from this list.
 */
export const KNOWN: Readonly<Record<string, Difference>> = {
  // Section 4.1: the library counts an empty list or object as a value in its parent, not as a level of its own.
  'reserved slot with arrays to the 33rd level': { library: 'success', python: 'NOT_AN_ENVELOPE' },
  // Section 8.2: a number of more than nine digits, and a first line that nothing ends, tell the version too.
  ...all(
    ['first line sealpost/1234567890', 'other version alone', 'other version and blanks'].flatMap((name) => [
      name,
      `${name}, and a wrong passphrase`,
    ]),
    NOT_SEEN,
  ),
  // Sections 7.3 and 9: where a limit is passed and something is damaged besides, the code is LIMIT.
  ...all(
    [
      'manifest too long, and a signature of another length',
      '1,024 parts without end',
      'a limit and a wrong SHA-256',
      'a limit and no headers',
      'a limit and a wrong role',
      'a limit and a gap',
      '5 GB stored',
      'body of 16 MiB and a byte',
    ],
    DAMAGED_FIRST,
  ),
};
