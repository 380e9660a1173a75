import { OpenFailure } from './failure.js';
import type { Section } from './section.js';

/** Section 8.2. Ids are not written: the order alone counts. */
export function writeDataForm(sections: readonly Section[]): string {
  return `sealpost/1\n${sections.map(({ text }) => text).join('\n\n')}\n`;
}

/**
 * The sections of a data form, its lines ended by LF, or undefined where the first line is not one's. Where the last
 * block is not an end block there is no section with its id.
 */
export function readDataForm(text: string): Section[] | undefined {
  const [first = '', ...lines] = text
    .replace(/^[\t\n\f ]+/, '')
    .split('\n')
    .map((line) => line.replace(/[\t\f ]+$/, ''));
  const version = /^sealpost\/(0|[1-9][0-9]*)$/.exec(first)?.[1];
  if (version === undefined) return undefined;
  if (version !== '1') throw new OpenFailure('UNSUPPORTED_VERSION', '8.2: first line');
  const [header = '', ...blocks] = cutAtBlankLines(lines);
  if (blocks.some((block) => block.trimStart().startsWith('{"'))) {
    throw new OpenFailure('NOT_AN_ENVELOPE', '8.2: second header');
  }
  const last = blocks.length - 1;
  return [
    { id: 'sealpost-header', text: header },
    ...blocks.map((block, i) => ({ id: idOf(block, i, last), text: block })),
  ];
}

/** The pieces between runs of blank lines. */
function cutAtBlankLines(lines: readonly string[]): string[] {
  const pieces: string[] = [];
  let before = '';
  for (const line of lines) {
    if (before !== '' && line !== '') pieces.push(`${pieces.pop() ?? ''}\n${line}`);
    else if (line !== '') pieces.push(line);
    before = line;
  }
  return pieces;
}

function idOf(block: string, index: number, last: number): string {
  const isEnd = index === last && block.replace(/\s/g, '').length === 15;
  return isEnd ? 'sealpost-payload-end' : `sealpost-payload-${index}`;
}
