import { utf8 } from '../kit/bytes.js';
import type { MessageLies, PlaintextPieces } from '../kit/plaintext.js';
import type { Scenario } from './scenario.js';

const parts = [{ role: 'text', type: 'text/plain', content: utf8('Hi') }] as const;

/** Section 7.1. */
export const plaintexts: readonly Scenario[] = [
  {
    name: 'plaintext-padding',
    about: 'Three zero bytes of padding stand between the parts and the manifest.',
    section: '7.1',
    expected: 'success',
    recipe: { message: { parts, padding: 3 } },
  },
  pieces('padding-not-zero', 'A byte of the padding is not zero.', { padding: Uint8Array.of(0, 1, 0) }),
  ...[1, 64, 95, 97].map((length) =>
    pieces(`signature-${length}-bytes`, `The signature block has ${length} bytes.`, {
      signature: new Uint8Array(length),
      signatureLength: length,
    }),
  ),
  pieces('signature-length-most', 'The signature block tells of 2^32 - 1 bytes.', { signatureLength: 0xffffffff }),
  pieces('signature-missing', 'The signature block tells of 96 bytes and has none.', { signatureLength: 96 }),
  pieces('manifest-empty', 'The manifest has no bytes.', { manifest: new Uint8Array(), manifestLength: 0 }),
  pieces('manifest-length-less', 'The length of the manifest is one too small.', ({ manifestLength }) => ({
    manifestLength: manifestLength - 1,
  })),
  pieces('manifest-length-more', 'The length of the manifest is one too large.', ({ manifestLength }) => ({
    manifestLength: manifestLength + 1,
  })),
  pieces('manifest-length-4-mib', 'The manifest tells of 4 MiB, the most there can be, in a shorter plaintext.', {
    manifestLength: 4 * 2 ** 20,
  }),
  pieces(
    'manifest-length-beyond',
    'The manifest tells of a byte more than 4 MiB.',
    { manifestLength: 4 * 2 ** 20 + 1 },
    'LIMIT',
  ),
  pieces('manifest-length-most', 'The manifest tells of 2^32 - 1 bytes.', { manifestLength: 0xffffffff }, 'LIMIT'),
  pieces('part-shorter', 'The last part reaches a byte into the manifest.', ({ parts: [part = new Uint8Array()] }) => ({
    parts: [part.slice(1)],
  })),
];

function pieces(
  name: string,
  about: string,
  changes: Partial<PlaintextPieces> | ((honest: PlaintextPieces) => Partial<PlaintextPieces>),
  expected: 'DAMAGED' | 'LIMIT' = 'DAMAGED',
): Scenario {
  const lie = typeof changes === 'function' ? changes : () => changes;
  const lies: MessageLies = { pieces: (honest) => ({ ...honest, ...lie(honest) }) };
  return { name: `plaintext-${name}`, about, section: '7.1', expected, recipe: { message: { parts, lies } } };
}
