import {
  buildEnvelope,
  cutBlocks,
  encodeText,
  endBlock,
  preambleLength,
  sealedChunkLength,
  sectionsOf,
  utf8,
  writeDataForm,
} from '@sealpost/vectors';
import { flipBit } from './bit-flips.js';
import { recipe } from './envelopes.js';
import { testSweep, type Alteration } from './sweep.js';

// Chunks 1 and 2 of 4 hold padding and nothing else: no part of the message is in them, but they are the payload's.
const message = {
  parts: [{ role: 'text', type: 'text/plain', content: utf8('Hi') }],
  padding: 3 * 16_384,
} as const;
const built = buildEnvelope(recipe('padding', { message }));

testSweep('chunks of padding', { honest: fileOf(built.payload), alterations: () => [0, 1, 2, 3].map(flipInChunk) });

function flipInChunk(chunk: number): Alteration {
  const at = preambleLength + chunk * sealedChunkLength + 10;
  return { name: `chunk ${chunk}`, file: fileOf(flipBit(built.payload, at, 0)) };
}

function fileOf(payload: Uint8Array): Uint8Array {
  const blocks = cutBlocks(payload);
  return encodeText(writeDataForm(sectionsOf(built.headerBytes, blocks, endBlock(blocks.length, built.headerBytes))));
}
