import type { Scenario } from './scenario.js';

type Form = NonNullable<Scenario['form']>;
type Steps = Pick<Scenario, 'text' | 'encoding'>;

/** Section 8.4: what transport does to a file without harm. */
export const transports: readonly Scenario[] = [
  ...(['data', 'html'] as const).flatMap((form) => [
    carried(form, 'crlf', 'Lines end in CRLF.', { text: (honest) => honest.replaceAll('\n', '\r\n') }),
    carried(form, 'cr', 'Lines end in CR.', { text: (honest) => honest.replaceAll('\n', '\r') }),
    carried(form, 'blanks', 'Blanks and tabs stand at the end of every line.', {
      text: (honest) => honest.replaceAll('\n', ' \t \n'),
    }),
  ]),
  carried('data', 'mark', 'A byte order mark stands before UTF-8.', { encoding: 'utf-8 with mark' }),
  carried('html', 'mark', 'A byte order mark stands before UTF-8.', { encoding: 'utf-8 with mark' }),
  carried('data', 'utf-16le', 'It is in UTF-16, the lower byte first, with a mark.', { encoding: 'utf-16le' }),
  carried('html', 'utf-16be', 'It is in UTF-16, the higher byte first, with a mark.', { encoding: 'utf-16be' }),
  carried('html', 'utf-16le-unmarked', 'It is in UTF-16, the lower byte first, without a mark.', {
    encoding: 'utf-16le without mark',
  }),
  carried('data', 'utf-16be-unmarked', 'It is in UTF-16, the higher byte first, without a mark.', {
    encoding: 'utf-16be without mark',
  }),
  carried('data', 'utf-16le-crlf', 'It is in UTF-16, and lines end in CRLF.', {
    text: (honest) => honest.replaceAll('\n', '\r\n'),
    encoding: 'utf-16le',
  }),
];

function carried(form: Form, name: string, about: string, steps: Steps): Scenario {
  return { name: `transport-${form}-${name}`, about, section: '8.4', expected: 'success', form, ...steps };
}
