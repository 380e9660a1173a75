import {
  buildEnvelope,
  chunkLength,
  endBlock,
  preambleLength,
  sectionsOf,
  utf8,
  type EnvelopeLies,
  type MessageRecipe,
  type Section,
} from '@sealpost/vectors';
import { recipe } from './envelopes.js';
import type { Outcome } from './openers.js';
import { wrong, wrongAfter, type WrongEnvelope } from './wrong-envelope.js';

/** A message whose plaintext fills this many chunks to the last byte, so that an empty chunk ends it. */
function full(chunks: number): MessageRecipe {
  const message = (size: number): MessageRecipe => ({
    parts: [{ role: 'attachment', name: 'a', type: 'a/b', content: new Uint8Array(size) }],
  });
  // The size's own digits count, so the second guess is the right one.
  const bare = buildEnvelope(recipe('bare', { message: message(10_000) })).plaintext.length - 10_000;
  const digits = String(chunks * chunkLength - bare).length - 5;
  return message(chunks * chunkLength - bare - 2 * digits);
}

/** Sections 3 and 7. */
export const wrongPayloads: readonly WrongEnvelope[] = [
  wrong('a last chunk that is empty', 'opens', { message: full(1) }),
  payload('a full last chunk', 'DAMAGED', { payload: { pieces: (pieces) => pieces.slice(0, -1) } }, full(1)),
  payload(
    'a second empty chunk',
    'DAMAGED',
    { payload: { pieces: (pieces) => [...pieces, new Uint8Array()] } },
    full(1),
  ),
  payload('a chunk behind the short one', 'DAMAGED', { payload: { pieces: (pieces) => [...pieces, utf8('more')] } }),
  payload('a short chunk in the middle', 'DAMAGED', {
    payload: { pieces: (pieces) => pieces.flatMap((piece) => [piece.slice(0, 5), piece.slice(5)]) },
  }),
  payload('no chunk', 'DAMAGED', { payload: { pieces: () => [] } }),
  payload('an empty plaintext', 'DAMAGED', { payload: { pieces: () => [new Uint8Array()] } }),
  payload('seven bytes of plaintext', 'DAMAGED', { payload: { pieces: () => [new Uint8Array(7)] } }),
  payload('a wrong commitment', 'DAMAGED', { payload: { commitment: (honest) => honest.map((byte) => byte ^ 1) } }),
  payload('a commitment of zeros', 'DAMAGED', { payload: { commitment: () => new Uint8Array(32) } }),
  payload('another salt', 'DAMAGED', {
    payloadBytes: (honest) => honest.map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
  }),
  ...[0, 1, 11, 13, 24, preambleLength, preambleLength + 15].map((length) =>
    payload(`${length} bytes`, 'DAMAGED', { payloadBytes: (honest) => honest.slice(0, length) }),
  ),
  payload('a byte more', 'DAMAGED', { payloadBytes: (honest) => Buffer.concat([honest, new Uint8Array(1)]) }),
  payload('a block more', 'DAMAGED', { blocks: (honest) => [...honest, new Uint8Array(16)] }),
  payload('an empty block', 'DAMAGED', { blocks: (honest) => [...honest, new Uint8Array()] }),
  payload('a block cut in two', 'DAMAGED', {
    blocks: ([block = new Uint8Array()]) => [block.slice(0, 100), block.slice(100)],
  }),
  payload('the preamble in a block of its own', 'DAMAGED', {
    blocks: ([block = new Uint8Array()]) => [block.slice(0, preambleLength), block.slice(preambleLength)],
  }),
  payload('no block', 'DAMAGED', { blocks: () => [] }),
  payload('an end block of another number', 'DAMAGED', {
    endBlock: (honest) => honest.map((byte, i) => (i === 3 ? 2 : byte)),
  }),
  payload('an end block of another header', 'DAMAGED', {
    endBlock: (honest) => honest.map((byte, i) => (i === 11 ? byte ^ 1 : byte)),
  }),
  payload('an end block of zeros', 'DAMAGED', { endBlock: () => new Uint8Array(12) }),
];

/** Section 8.1: texts of a block that decode, leniently, to the right bytes, or nearly so. */
export const wrongTexts: readonly WrongEnvelope[] = [
  blockText('white space of all five kinds between its digits', 'opens', (digits) =>
    digits.replace(/(.)(.)/, '$1\t\f $2\n'),
  ),
  blockText('a vertical tab', 'DAMAGED', (digits) => `${digits}\u000b`),
  blockText('a no-break space', 'DAMAGED', (digits) => `${digits}\u00a0`),
  blockText('a zero byte', 'DAMAGED', (digits) => `${digits}\u0000`),
  blockText('a digit more', 'DAMAGED', (digits) => `${digits}0`),
  blockText('a digit fewer', 'DAMAGED', (digits) => digits.slice(0, -1)),
  blockText('a digit of another alphabet', 'DAMAGED', (digits) => `${digits.slice(0, -1)}/`),
  blockText('a character reference', 'DAMAGED', (digits) => `&#48;${digits}`),
  blockText('its last group another way', 'DAMAGED', (digits) => digits.slice(0, -1) + nextDigit(digits.slice(-1))),
  blockText('a first group above 2^32 - 1', 'DAMAGED', (digits) => `|NsC1${digits.slice(5)}`),
  blockText('a first group of the highest digits', 'DAMAGED', (digits) => `~~~~~${digits.slice(5)}`),
  blockText('nothing', 'DAMAGED', () => ''),
];

function payload(name: string, expected: Outcome, lies: EnvelopeLies, message?: MessageRecipe): WrongEnvelope {
  return wrong(`payload with ${name}`, expected, { lies, ...(message === undefined ? {} : { message }) });
}

/** The text of block 0 rewritten; its last group is of one byte, the group that has most other ways to be written. */
function blockText(name: string, expected: Outcome, rewrite: (digits: string) => string): WrongEnvelope {
  return wrongAfter(`block text with ${name}`, expected, () => {
    const shortGroup = (padding: number) => buildEnvelope(recipe(name, { message: { parts: [], padding } }));
    const built = [0, 1, 2, 3].map(shortGroup).find(({ payload: bytes }) => bytes.length % 4 === 1) ?? shortGroup(0);
    const end = endBlock(1, built.headerBytes);
    const sections: Section[] = sectionsOf(built.headerBytes, built.blocks, end);
    return { sections: sections.map(({ id, text }) => ({ id, text: id.endsWith('-0') ? rewrite(text) : text })) };
  });
}

function nextDigit(digit: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
  return alphabet.charAt((alphabet.indexOf(digit) + 1) % 85);
}
