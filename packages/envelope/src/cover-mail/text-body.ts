import type { Block, Section } from './content.js';

/** Characters in a line: what mail programs quote without breaking it. */
const WIDTH = 72;

/** The body as plain text in short lines, none of which begins with `.` or `From `: values stand indented. */
export function writeText(sections: readonly Section[], languages: string | undefined): string {
  const bodies = sections.map(({ blocks }) => blocks.map(writeBlock).join('\n\n'));
  return `${[...(languages === undefined ? [] : [languages]), ...bodies].join(`\n\n${'-'.repeat(20)}\n\n`)}\n`;
}

function writeBlock(block: Block): string {
  if ('heading' in block) return wrap(block.heading, '');
  if ('paragraph' in block) return wrap(block.paragraph, '');
  if ('steps' in block) return block.steps.map((step, index) => wrap(step, '   ', `${index + 1}. `)).join('\n');
  return `${wrap(block.label, '')}\n${wrap(block.value, '  ')}`;
}

/** Breaks a text at its blanks. A word that is longer than a line keeps a line of its own. */
function wrap(text: string, indent: string, first: string = indent): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(/ +/)) {
    const bare = line === first || line === indent;
    if (!bare && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line += bare ? word : ` ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
