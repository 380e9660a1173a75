import { toStream } from '@sealpost/core';
import { describe, expect, it } from 'vitest';
import type { FileInput } from '../../packages/envelope/src/input.js';
import { knownFaults } from './known-faults.js';
import type { Reading } from './open-with-core.js';
import { openers, openWithKit } from './openers.js';
import { difference } from './outcome.js';
import { refusesBytesBehindDeflate } from './platform.js';
import { readVectors, type PublishedVector } from './published.js';

const vectors = readVectors();

/** How a file comes and how its attachments go. */
const ways: readonly (readonly [name: string, feed: (file: Uint8Array) => FileInput, reading: Reading])[] = [
  ['whole', (file) => file, 'bytes'],
  ['in odd pieces', (file) => toStream(pieces(file, 997)), 'stream'],
  ['byte by byte', (file) => pieces(file, 1), 'stream'],
];

const behindDeflate = ['part-deflate-byte-behind', 'part-deflate-stream-behind'];
const platformRefusesMore = await refusesBytesBehindDeflate();

describe.each(openers)('%s', (openerName, open) => {
  const skipped = [...knownFaults, ...(openerName.startsWith('core') && !platformRefusesMore ? behindDeflate : [])];
  it.each(ways)('%s', { timeout: 300_000 }, async (way, feed, reading) => {
    await expectAll(`${openerName}, ${way}`, skipped, async (vector) =>
      difference(vector, await open(feed(vector.bytes), vector, reading)),
    );
  });
});

it('the kit', { timeout: 120_000 }, async () => {
  await expectAll('the kit', [], (vector) =>
    Promise.resolve(difference(vector, openWithKit(vector.bytes, vector), { eager: true })),
  );
});

it.each(knownFaults)('%s is a fault still', async (name) => {
  const vector = vectors.find((each) => each.name === name)!;
  const faults = openers.map(async ([, open]) => difference(vector, await open(vector.bytes, vector, 'bytes')));
  expect((await Promise.all(faults)).some((fault) => fault !== undefined)).toBe(true);
});

/** Prints how many came out as they should. */
async function expectAll(
  name: string,
  skipped: readonly string[],
  check: (vector: PublishedVector) => Promise<string | undefined>,
): Promise<void> {
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  for (const vector of vectors.filter((each) => !skipped.includes(each.name))) {
    const fault = await check(vector);
    if (fault !== undefined) wrong.push(`${vector.name}: ${fault}`);
    else counts[vector.expected] = (counts[vector.expected] ?? 0) + 1;
  }
  console.log(`vectors, ${name}: ${JSON.stringify(counts)}${skipped.map((each) => `, SKIPPED ${each}`).join('')}`);
  expect(wrong).toEqual([]);
}

async function* pieces(file: Uint8Array, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < file.length; at += length) yield await Promise.resolve(file.subarray(at, at + length));
}
