import type { WrapLies } from '../kit/wrap.js';
import type { Expected } from './scenario.js';

/** Section 5: what can be wrong with a wrap, whatever its slot is: the end of a name, what it is about, and how it comes out. */
export const wrapLies: readonly (readonly [name: string, about: string, expected: Expected, lies: WrapLies])[] = [
  [
    'commitment',
    'Its wrap commits to another key.',
    'DID_NOT_OPEN',
    { wrap: { commitment: (honest) => honest.map((byte) => byte ^ 1) } },
  ],
  [
    'tag',
    'Its wrap commits to the right key, but does not decrypt.',
    'DID_NOT_OPEN',
    { wrap: { chunks: (chunks) => chunks.map((chunk) => chunk.map((byte, i) => (i === 47 ? byte ^ 1 : byte))) } },
  ],
  [
    'file-key',
    'It opens, and holds a file key that is not the payload\u2019s.',
    'DAMAGED',
    { fileKey: (honest) => honest.map((byte) => byte ^ 1) },
  ],
];
