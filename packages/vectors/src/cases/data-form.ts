import type { Lie } from '../kit/lie.js';
import type { Scenario } from './scenario.js';

/** Section 8.2. */
export const dataForms: readonly Scenario[] = [
  text(
    'white-space-before',
    'Lines of white space stand before the first line.',
    'success',
    (honest) => `\n \t\n ${honest}`,
  ),
  text(
    'blank-lines-before-header',
    'Lines of white space stand between the first line and the header.',
    'success',
    (honest) => honest.replace('\n', '\n\n \t\n\n'),
  ),
  text('blank-lines', 'Three lines of white space stand between the blocks.', 'success', (honest) =>
    honest.replaceAll('\n\n', '\n \n\t\n\f\n'),
  ),
  text(
    'blank-lines-behind',
    'Lines of white space stand behind the end block.',
    'success',
    (honest) => `${honest}\n \n\n`,
  ),
  text('no-last-line-end', 'The last line does not end.', 'success', (honest) => honest.trimEnd()),
  text('lines', 'Header and blocks have other lines than a writer makes.', 'success', (honest) =>
    honest.replace(/([^\n]{70})(?=[^\n])/g, '$1\n'),
  ),
  version('0', 'The first line tells of version 0.', 'UNSUPPORTED_VERSION'),
  version('2', 'The first line tells of version 2, and the header of version 1.', 'UNSUPPORTED_VERSION'),
  version('99999999999', 'The first line tells of a version of eleven digits.', 'UNSUPPORTED_VERSION'),
  version('01', 'The number of the first line has a leading zero.', 'NOT_AN_ENVELOPE'),
  version('1.0', 'The number of the first line is not an integer.', 'NOT_AN_ENVELOPE'),
  version('', 'The first line has no number.', 'NOT_AN_ENVELOPE'),
  version('1 x', 'Something stands behind the number of the first line.', 'NOT_AN_ENVELOPE'),
  text(
    'version-2-alone',
    'There is nothing but a first line of version 2, and it does not end.',
    'UNSUPPORTED_VERSION',
    () => 'sealpost/2',
  ),
  text(
    'version-2-garbage',
    'What follows a first line of version 2 is nothing that version 1 knows.',
    'UNSUPPORTED_VERSION',
    () => 'sealpost/2\n\u0000<>',
  ),
  text('upper-case', 'The first line begins with a capital letter.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.replace('s', 'S'),
  ),
  text(
    'text-before',
    'A line of text stands before the first line.',
    'NOT_AN_ENVELOPE',
    (honest) => `Hello,\n${honest}`,
  ),
  text('empty', 'The file has no bytes.', 'NOT_AN_ENVELOPE', () => ''),
  text('first-line-alone', 'There is nothing but the first line.', 'NOT_AN_ENVELOPE', () => 'sealpost/1\n'),
  text('header-cut', 'The file is cut off within the header.', 'NOT_AN_ENVELOPE', (honest) => honest.slice(0, 100)),
  text('header-alone', 'The file is cut off behind the header.', 'DAMAGED', (honest) =>
    honest.slice(0, honest.indexOf('\n\n') + 1),
  ),
  text('block-cut', 'The file is cut off within a block.', 'DAMAGED', (honest) =>
    honest.slice(0, honest.indexOf('\n\n') + 100),
  ),
  text('header-doubled', 'The header comes again as a block.', 'NOT_AN_ENVELOPE', (honest) => {
    const header = honest.slice(honest.indexOf('{'), honest.indexOf('\n\n'));
    return honest.replace('\n\n', () => `\n\n${header}\n\n`);
  }),
];

function text(name: string, about: string, expected: Scenario['expected'], lie: Lie<string>): Scenario {
  return { name: `data-form-${name}`, about, section: '8.2', expected, form: 'data', text: lie };
}

function version(number: string, about: string, expected: Scenario['expected']): Scenario {
  const name = `version-${number.replace(/[^0-9]/g, '-') || 'none'}`;
  return text(name, about, expected, (honest) => honest.replace('sealpost/1', `sealpost/${number}`));
}
