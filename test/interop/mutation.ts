import type { Random } from './random.js';

/** A change of a text, and what it is called in a failure. */
type Mutation = (text: string, random: Random) => string;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const ODDITIES = [
  '\n',
  '\n\n',
  ' ',
  '\t',
  '\r',
  '\f',
  '\v',
  '\0',
  '"',
  '.',
  '{"',
  '</script>',
  '<script>',
  '\xa0',
  '\xff',
  '\\u0041',
];
const NUMBERS = ['0', '1', '2', '7', '9', '16', '17', '01', '-1', '1.0', '1e1', '9007199254740992', '"1"', 'null', ''];

function splice(text: string, at: number, removed: number, added = ''): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}

function flipBit(text: string, random: Random): string {
  const at = random.below(text.length);
  return splice(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(8))));
}

function otherCharacter(text: string, random: Random): string {
  return splice(text, random.below(text.length), 1, DIGITS.charAt(random.below(DIGITS.length)));
}

function insertOddity(text: string, random: Random): string {
  return splice(text, random.below(text.length + 1), 0, random.pick(ODDITIES));
}

function removeCharacters(text: string, random: Random): string {
  return splice(text, random.below(text.length), 1 + random.below(random.pick([1, 5, 100])));
}

function truncate(text: string, random: Random): string {
  return text.slice(0, random.below(text.length));
}

function loseBeginning(text: string, random: Random): string {
  return text.slice(random.below(text.length));
}

function repeatPiece(text: string, random: Random): string {
  const at = random.below(text.length);
  return splice(text, at, 0, text.slice(at, at + 1 + random.below(random.pick([1, 5, 1000]))));
}

/** Takes a line away, or writes it elsewhere, or again. */
function moveLine(text: string, random: Random): string {
  const lines = text.split('\n');
  const from = random.below(lines.length);
  const [line = ''] = random.once(3) ? lines.slice(from, from + 1) : lines.splice(from, 1);
  if (!random.once(3)) lines.splice(random.below(lines.length + 1), 0, line);
  return lines.join('\n');
}

/** Takes an element of the page, or a block of the data form, elsewhere. */
function moveBlock(text: string, random: Random): string {
  const separator = text.includes('</script>\n') ? '</script>\n' : '\n\n';
  const blocks = text.split(separator);
  const [block = ''] = blocks.splice(random.below(blocks.length), random.below(2));
  blocks.splice(random.below(blocks.length + 1), 0, block);
  return blocks.join(separator);
}

/** Another value for a number of the header, or for a name in it. */
function otherValue(text: string, random: Random): string {
  const values = [...text.matchAll(/:(\d+|"[a-z0-9-]*")[,}]/g)];
  if (values.length === 0) return flipBit(text, random);
  const { index, 1: value = '' } = random.pick(values);
  return splice(
    text,
    index + 1,
    value.length,
    random.pick([...NUMBERS, '"code"', '"opaque"', '"card"', '"answer"', '"answers"', '"answers-code"']),
  );
}

function otherLineEnds(text: string, random: Random): string {
  return text.replaceAll('\n', random.pick(['\r\n', '\r', ' \n', '\n\n', '\r\r\n']));
}

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  otherCharacter,
  insertOddity,
  removeCharacters,
  truncate,
  loseBeginning,
  repeatPiece,
  moveLine,
  moveBlock,
  otherValue,
  otherLineEnds,
];

/** One mutation of a text of one-byte characters, or two; and what they were. */
export function mutated(text: string, random: Random): { readonly text: string; readonly names: string } {
  const names: string[] = [];
  let changed = text;
  do {
    const mutation = random.pick(MUTATIONS);
    names.push(mutation.name);
    changed = mutation(changed, random);
  } while (changed !== '' && random.once(5));
  return { text: changed, names: names.join(', ') };
}
