import { concat, u32 } from '../kit/bytes.js';
import { preambleLength, chunkLength } from '../kit/chunked.js';
import type { EnvelopeLies } from '../kit/envelope.js';
import { layPlaintext, type MessageRecipe } from '../kit/plaintext.js';
import type { Scenario } from './scenario.js';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
const endId = 'sealpost-payload-end';

/** Section 8.1. */
export const blocks: readonly Scenario[] = [
  ...[1, 2, 3, 4].map((length) =>
    digits(`last-group-${length}`, `The last group of the block has ${length} bytes.`, 'success', length, same),
  ),
  digits('white-space', 'White space of all five kinds stands between digits.', 'success', 4, (honest) =>
    honest.replace(/(.)(.)(.)/, '$1\t\f $2\r\n$3\n'),
  ),
  {
    name: 'base85-long-line',
    about: 'All digits stand in one line, longer than any that a writer makes.',
    section: '8.1',
    expected: 'success',
    recipe: { message: { parts: [], padding: 3000 } },
    sections: (honest) => honest.map(({ id, text }) => ({ id, text: text.replaceAll('\n', '') })),
  },
  digits(
    'vertical-tab',
    'A vertical tab, which is not white space here, stands in the block.',
    'DAMAGED',
    4,
    (honest) => `\u000b${honest}`,
  ),
  digits('no-break-space', 'A byte A0 stands in the block.', 'DAMAGED', 4, (honest) => `\u00a0${honest}`),
  digits('nul', 'A NUL stands in the block.', 'DAMAGED', 4, (honest) => `\u0000${honest}`),
  digits(
    'another-alphabet',
    'A digit is a solidus, which only other alphabets have.',
    'DAMAGED',
    4,
    (honest) => `/${honest.slice(1)}`,
  ),
  digits('digit-more', 'The last group has one digit.', 'DAMAGED', 4, (honest) => `${honest}0`),
  digits('digit-fewer', 'A digit is missing.', 'DAMAGED', 4, (honest) => honest.slice(0, -1)),
  digits('group-too-large', 'A group stands for 2^32.', 'DAMAGED', 4, (honest) => `|NsC1${honest.slice(5)}`),
  digits(
    'group-largest',
    'A group has the highest digit five times.',
    'DAMAGED',
    4,
    (honest) => `~~~~~${honest.slice(5)}`,
  ),
  ...[1, 2, 3].map((length) =>
    digits(
      `last-digit-of-${length}`,
      `The last digit of a group of ${length} bytes is one higher than the encoder writes.`,
      'DAMAGED',
      length,
      (honest) => honest.slice(0, -1) + digitBehind(honest.slice(-1)),
    ),
  ),
  laid('two', 'There are two blocks, the second with an empty chunk and no other.', 'success', {}, filling(64)),
  laid('cut-in-two', 'The payload of one block stands in two.', 'DAMAGED', {
    blocks: ([block = new Uint8Array()]) => [block.slice(0, 100), block.slice(100)],
  }),
  laid('preamble-alone', 'The preamble stands in a block of its own.', 'DAMAGED', {
    blocks: ([block = new Uint8Array()]) => [block.slice(0, preambleLength), block.slice(preambleLength)],
  }),
  laid('more', 'A block that is not of the payload follows.', 'DAMAGED', {
    blocks: (honest) => [...honest, new Uint8Array(16)],
  }),
  laid('none', 'There is no block but the end block.', 'DAMAGED', { blocks: () => [] }),
  end('count-more', 'The end block tells of a block more than there is.', (honest) => concat(u32(2), honest.slice(4))),
  end('count-0', 'The end block tells of no block.', (honest) => concat(u32(0), honest.slice(4))),
  end('header', 'The end block is of another header.', (honest) =>
    honest.map((byte, i) => (i === 11 ? byte ^ 1 : byte)),
  ),
  ended('missing', 'There is no end block.', (honest) => honest.filter(({ id }) => id !== endId)),
  ended('digit-fewer', 'The end block has 14 digits.', (honest) =>
    honest.map(({ id, text }) => ({ id, text: id === endId ? text.slice(0, -1) : text })),
  ),
  ended('doubled', 'The end block comes twice.', (honest) => [...honest, ...honest.slice(-1)]),
];

/** A message of one padded part whose payload is of this length, modulo 4, so that the last group has as many bytes. */
function groupOf(length: number): MessageRecipe {
  const message = { parts: [] };
  const bare = layPlaintext(message, new Uint8Array()).bytes.length;
  return { ...message, padding: (length - (bare % 4) + 4) % 4 };
}

/** A plaintext of so many full chunks. */
function filling(chunks: number): MessageRecipe {
  const message = { parts: [] };
  return { ...message, padding: chunks * chunkLength - layPlaintext(message, new Uint8Array()).bytes.length };
}

function digits(
  name: string,
  about: string,
  expected: Scenario['expected'],
  lastGroup: number,
  rewrite: (honest: string) => string,
): Scenario {
  return {
    name: `base85-${name}`,
    about,
    section: '8.1',
    expected,
    recipe: { message: groupOf(lastGroup) },
    sections: (honest) =>
      honest.map(({ id, text }) => ({ id, text: id === 'sealpost-payload-0' ? rewrite(text) : text })),
  };
}

function same(honest: string): string {
  return honest;
}

function digitBehind(digit: string): string {
  return alphabet.charAt((alphabet.indexOf(digit) + 1) % alphabet.length);
}

function laid(
  name: string,
  about: string,
  expected: Scenario['expected'],
  lies: EnvelopeLies,
  message?: MessageRecipe,
): Scenario {
  const recipe = message === undefined ? { lies } : { lies, message };
  return { name: `block-${name}`, about, section: '8.1', expected, recipe };
}

function end(name: string, about: string, endBlock: (honest: Uint8Array) => Uint8Array): Scenario {
  return { name: `end-block-${name}`, about, section: '8.1', expected: 'DAMAGED', recipe: { lies: { endBlock } } };
}

function ended(name: string, about: string, sections: NonNullable<Scenario['sections']>): Scenario {
  return { name: `end-block-${name}`, about, section: '8.1', expected: 'DAMAGED', sections };
}
