import {
  cutBlocks,
  encodeText,
  endBlock,
  preambleLength,
  sealedChunkLength,
  sectionsOf,
  type BuiltEnvelope,
  type Section,
} from '@sealpost/vectors';
import { describe } from 'vitest';
import { forms, longEnvelope } from './envelopes.js';
import { openers, testSweep, type Alteration } from './sweep.js';

const short = longEnvelope(4);
const long = longEnvelope(64 * 2 + 2);

type Rearrangement<T> = readonly [name: string, rearranged: readonly T[]];

// Base85 and the chunks' cipher are the same work on either backend: the long envelopes take one.
const using = openers.filter(([name]) => name !== 'core on noble');

describe.each(forms)('order in the %s', (form, write) => {
  const file = ({ sections }: BuiltEnvelope): Uint8Array => encodeText(write(sections));
  function* copies(rearranged: readonly Rearrangement<Section>[]): Generator<Alteration, void, undefined> {
    for (const [name, sections] of rearranged) yield { name, file: encodeText(write(sections)) };
  }

  testSweep(`chunks in one block, ${form}`, {
    honest: file(short),
    alterations: () => copies(inChunks(short, rearrangements(chunksOf(short)))),
  });

  testSweep(`chunks across blocks, ${form}`, {
    honest: file(long),
    alterations: () => copies(inChunks(long, acrossBlocks(chunksOf(long)))),
    using,
  });

  testSweep(`blocks, ${form}`, {
    honest: file(long),
    alterations: () => copies([...rearrangements(long.sections.slice(1)).flatMap(inSections), ...wrongEnds(long)]),
    using,
  });
});

function acrossBlocks<T>(chunks: readonly T[]): readonly Rearrangement<T>[] {
  return [
    swap(chunks, 0, 64),
    swap(chunks, 63, 64),
    swap(chunks, 5, 127),
    double(chunks, 63),
    drop(chunks, 0),
    drop(chunks, 64),
  ];
}

/** The chunks rearranged in the payload, which is cut into blocks, with an end block that fits. */
function inChunks(
  built: BuiltEnvelope,
  changes: readonly Rearrangement<Uint8Array>[],
): readonly Rearrangement<Section>[] {
  return changes.map(([name, chunks]) => {
    const payload = Buffer.concat([built.payload.slice(0, preambleLength), ...chunks]);
    const blocks = cutBlocks(new Uint8Array(payload));
    return [name, sectionsOf(built.headerBytes, blocks, endBlock(blocks.length, built.headerBytes))];
  });
}

/** The sections rearranged as they are, and with their elements numbered anew. */
function inSections([name, payload]: Rearrangement<Section>): readonly Rearrangement<Section>[] {
  const [header] = long.sections;
  const end = long.sections.at(-1)?.id;
  let number = 0;
  const renumbered = payload.map(({ id, text }) => ({ id: id === end ? id : `sealpost-payload-${number++}`, text }));
  return header === undefined
    ? []
    : [
        [name, [header, ...payload]],
        [`${name}, numbered anew`, [header, ...renumbered]],
      ];
}

/** An end block that says something else than the file is. */
function wrongEnds({ headerBytes, blocks }: BuiltEnvelope): readonly Rearrangement<Section>[] {
  const other = new Uint8Array(headerBytes).fill(0x20, -1);
  const ends: readonly (readonly [string, Uint8Array])[] = [
    ['one block more', endBlock(blocks.length + 1, headerBytes)],
    ['one block fewer', endBlock(blocks.length - 1, headerBytes)],
    ['no block', endBlock(0, headerBytes)],
    ['another header', endBlock(blocks.length, other)],
    ['a byte more', Buffer.concat([endBlock(blocks.length, headerBytes), new Uint8Array(1)])],
    ['a byte fewer', endBlock(blocks.length, headerBytes).slice(0, -1)],
    ['nothing', new Uint8Array()],
  ];
  return ends.map(([name, end]) => [`end block says ${name}`, sectionsOf(headerBytes, blocks, end)]);
}

function chunksOf({ payload }: BuiltEnvelope): readonly Uint8Array[] {
  const count = Math.ceil((payload.length - preambleLength) / sealedChunkLength);
  return Array.from({ length: count }, (_, i) =>
    payload.slice(preambleLength + i * sealedChunkLength, preambleLength + (i + 1) * sealedChunkLength),
  );
}

/** Every swap of two, and each of the items doubled in place, written over each other, and dropped. */
function rearrangements<T>(items: readonly T[]): readonly Rearrangement<T>[] {
  const indices = items.map((_, i) => i);
  const pairs = indices.flatMap((a) => indices.filter((b) => b !== a).map((b) => [a, b] as const));
  return [
    ...pairs.filter(([a, b]) => a < b).map(([a, b]) => swap(items, a, b)),
    ...pairs.map(([a, b]) => overwrite(items, a, b)),
    ...indices.map((a) => double(items, a)),
    ...indices.map((a) => drop(items, a)),
  ];
}

function swap<T>(items: readonly T[], a: number, b: number): Rearrangement<T> {
  const swapped = items.map((item, i) => items[i === a ? b : i === b ? a : i] ?? item);
  return [`${a} and ${b} swapped`, swapped];
}

function overwrite<T>(items: readonly T[], from: number, to: number): Rearrangement<T> {
  return [`${from} in place of ${to}`, items.map((item, i) => (i === to ? (items[from] ?? item) : item))];
}

function double<T>(items: readonly T[], a: number): Rearrangement<T> {
  return [`${a} doubled`, items.flatMap((item, i) => (i === a ? [item, item] : [item]))];
}

function drop<T>(items: readonly T[], a: number): Rearrangement<T> {
  return [`${a} dropped`, items.filter((_, i) => i !== a)];
}
