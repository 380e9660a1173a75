import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Comparison } from './comparison.js';
import type { Row } from './row.js';

const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';

/** The figures as Markdown: a table of what was aimed at, one of the peers, and the notes to both. */
export function writeTable(machine: string, rows: readonly Row[], comparison: Comparison): string {
  const notes = rows.flatMap(({ what, note }) => (note === undefined ? [] : [`- ${what}: ${note}.`]));
  const missed = rows.filter(({ met }) => met === false).map(({ what }) => what);
  return [
    `Measured with \`npm run bench\` on: ${machine}. Medians, with the range of the runs; MB is 1,000,000 bytes.`,
    '',
    ...markdown(
      ['what', 'measured', 'goal', 'met'],
      rows.map(({ what, measured, goal = '', met }) => [
        what,
        measured,
        goal,
        met === undefined ? '' : met ? 'yes' : '**no**',
      ]),
    ),
    '',
    missed.length === 0 ? 'Every goal is met.' : `Missed: ${missed.join('; ')}.`,
    '',
    ...notes,
    '',
    'Beside the tools that make one HTML file out of a page:',
    '',
    ...markdown(comparison.head, comparison.lines),
    '',
    ...comparison.notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

function markdown(head: readonly string[], lines: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line)];
}

/** Puts the table between its marks in a file; false where the file or the marks are missing. */
export async function replaceBlock(file: string, table: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) return false;
  const replaced = `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n${text.slice(end)}`;
  writeFileSync(file, await format(replaced, { ...(await resolveConfig(file)), filepath: file }));
  return true;
}
