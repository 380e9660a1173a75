import { concat, utf8 } from '../kit/bytes.js';
import { ByteSource } from '../kit/byte-source.js';
import { chunkLength, preambleLength } from '../kit/chunked.js';
import type { EnvelopeLies } from '../kit/envelope.js';
import { layPlaintext, type MessageRecipe } from '../kit/plaintext.js';
import type { Scenario } from './scenario.js';

/** A text in the first chunk, and an attachment that begins there and ends in the third. */
const long: MessageRecipe = {
  parts: [
    { role: 'text', type: 'text/plain', content: utf8('Hi') },
    { role: 'attachment', name: 'a', type: 'a/b', content: new ByteSource('long').take(2 * chunkLength) },
  ],
};

/** Sections 3 and 7. */
export const payloads: readonly Scenario[] = [
  ...[0, 1, 16_383, 16_384, 16_385].map((size): Scenario => ({
    name: `chunk-part-${size}`,
    about: `The only part has ${size} bytes.`,
    section: '3',
    expected: 'success',
    recipe: { message: partOf(size) },
  })),
  ...[16_383, 16_384, 16_385, 32_768].map((length): Scenario => ({
    name: `chunk-plaintext-${length}`,
    about: `The plaintext has ${length} bytes${length % chunkLength === 0 ? ', so that its last chunk is empty' : ''}.`,
    section: '3',
    expected: 'success',
    recipe: { message: filling(length) },
  })),
  wrong(
    'chunk-last-full',
    'The last chunk is full.',
    '3',
    pieces((honest) => honest.slice(0, -1)),
    filling(chunkLength),
  ),
  wrong(
    'chunk-empty-twice',
    'Two empty chunks end the payload.',
    '3',
    pieces((honest) => [...honest, new Uint8Array()]),
    filling(chunkLength),
  ),
  wrong(
    'chunk-behind-last',
    'A chunk follows the one that is not full.',
    '3',
    pieces((honest) => [...honest, utf8('more')]),
  ),
  wrong(
    'chunk-short-between',
    'A chunk that is not the last is not full.',
    '3',
    pieces((honest) => honest.flatMap((piece, i) => (i === 1 ? [piece.slice(0, 5), piece.slice(5)] : [piece]))),
    long,
  ),
  wrong(
    'chunk-none',
    'The payload has no chunk.',
    '3',
    pieces(() => []),
  ),
  wrong(
    'chunk-last-cut',
    'The last chunk is shorter than its tag.',
    '3',
    bytes((honest) => honest.slice(0, preambleLength + 15)),
  ),
  wrong(
    'chunk-last-byte-more',
    'A byte follows the last chunk.',
    '3',
    bytes((honest) => concat(honest, new Uint8Array(1))),
  ),
  wrong(
    'chunk-last-dropped',
    'The last chunk was dropped.',
    '3',
    chunks((honest) => honest.slice(0, -1)),
    long,
  ),
  wrong(
    'chunk-first-dropped',
    'The first chunk was dropped.',
    '3',
    chunks((honest) => honest.slice(1)),
    long,
  ),
  wrong(
    'chunk-swapped',
    'The first and the second chunk are swapped.',
    '3',
    chunks((honest) => [...honest.slice(0, 2).reverse(), ...honest.slice(2)]),
    long,
  ),
  wrong(
    'chunk-doubled',
    'The first chunk comes twice.',
    '3',
    chunks((honest) => [...honest.slice(0, 1), ...honest]),
    long,
  ),
  {
    ...wrong('chunk-changed', 'A chunk in the middle of the last part was changed.', '3', chunks(changed(1)), long),
    released: 1,
  },
  wrong('chunk-first-changed', 'A chunk of the first part was changed.', '3', chunks(changed(0)), long),
  wrong('chunk-last-changed', 'The chunk with the manifest was changed.', '3', chunks(changed(2)), long),
  wrong('chunk-padding-changed', 'A chunk in which there is only padding was changed.', '7.1', chunks(changed(1)), {
    ...partOf(10),
    padding: 3 * chunkLength,
  }),
  wrong('payload-commitment', 'The payload commits to another key.', '7', {
    payload: { commitment: (honest) => honest.map((byte) => byte ^ 1) },
  }),
  wrong(
    'payload-salt',
    'The salt of the payload was changed.',
    '7',
    bytes((honest) => concat(Uint8Array.of((honest[0] ?? 0) ^ 1), honest.slice(1))),
  ),
  wrong(
    'payload-commitment-cut',
    'The payload ends within its commitment.',
    '3',
    bytes((honest) => honest.slice(0, 40)),
  ),
  wrong(
    'plaintext-empty',
    'The plaintext is empty.',
    '7.1',
    pieces(() => [new Uint8Array()]),
  ),
  wrong(
    'plaintext-7-bytes',
    'The plaintext has 7 bytes, too few for the two lengths.',
    '7.1',
    pieces(() => [new Uint8Array(7)]),
  ),
];

function partOf(size: number): MessageRecipe {
  const content = new ByteSource('part').take(size);
  return { parts: [{ role: 'attachment', name: 'a', type: 'a/b', content }] };
}

/** A message whose plaintext has this many bytes, padding among them. */
function filling(length: number): MessageRecipe {
  const message = partOf(10_000);
  return { ...message, padding: length - layPlaintext(message, new Uint8Array()).bytes.length };
}

function wrong(name: string, about: string, section: string, lies: EnvelopeLies, message?: MessageRecipe): Scenario {
  const recipe = message === undefined ? { lies } : { lies, message };
  return { name, about, section, expected: 'DAMAGED', recipe };
}

type Pieces = readonly Uint8Array[];

/** Cut otherwise before the chunks are encrypted. */
function pieces(lie: (honest: Pieces) => Pieces): EnvelopeLies {
  return { payload: { pieces: lie } };
}

/** Changed after the chunks were encrypted, the blocks and the end block made to fit. */
function chunks(lie: (honest: Pieces) => Pieces): EnvelopeLies {
  return { payload: { chunks: lie } };
}

function bytes(payloadBytes: (honest: Uint8Array) => Uint8Array): EnvelopeLies {
  return { payloadBytes };
}

function changed(index: number): (honest: Pieces) => Pieces {
  return (honest) =>
    honest.map((chunk, i) => (i === index ? chunk.map((byte, at) => (at === 10 ? byte ^ 1 : byte)) : chunk));
}
