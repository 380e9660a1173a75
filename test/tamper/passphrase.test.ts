import { buildEnvelope, encodeText, smallestPbkdf2, type Norm } from '@sealpost/vectors';
import { describe, expect, it } from 'vitest';
import { forms, recipe } from './envelopes.js';
import { openers } from './sweep.js';

const kdf = smallestPbkdf2(new Uint8Array(16));

interface Spellings {
  readonly norm: Norm;
  readonly passphrase: string;
  readonly same: readonly string[];
  readonly other: readonly string[];
}

/** Section 6, as far as an envelope shows it. */
const spellings: readonly Spellings[] = [
  {
    norm: 'opaque',
    passphrase: 'Caf\u00e9 au lait',
    same: ['Cafe\u0301 au lait', 'Caf\u00e9\u00a0au\u2003lait'],
    other: [
      'caf\u00e9 au lait',
      ' Caf\u00e9 au lait',
      'Caf\u00e9 au lait ',
      'Caf\u00e9  au lait',
      'Caf\u00e9\tau lait',
      'Cafe au lait',
    ],
  },
  {
    norm: 'words',
    passphrase: 'caf\u00e9 au lait',
    same: ['CAFE\u0301-au_LAIT', ' caf\u00e9 .,\u2014\u2010 au\r\n\tlait. ', 'caf\u00e9\u3000au lait'],
    other: ['caf\u00e9aulait', 'caf\u00e9 au', 'caf\u00e9/au/lait', 'caf\u00e9\u200bau lait'],
  },
  {
    norm: 'code',
    passphrase: '0123-4567-89AB-CDEF',
    same: ['o123456789abcdef', ' OI23 4567.89ab_cdef ', 'ol23\u20134567\u201589ab,cdef'],
    other: ['0123-4567-89AB-CDE', '0123/4567/89AB/CDEF', '\uff10123-4567-89AB-CDEF'],
  },
];

describe.each(openers)('%s', (_, open) => {
  describe.each(forms)('%s', (_form, write) => {
    it.each(spellings)('norm $norm', async ({ norm, passphrase, same, other }) => {
      const { sections } = buildEnvelope(recipe(norm, { slots: [{ passphrase, norm, kdf }] }));
      const file = encodeText(write(sections));
      for (const typed of [passphrase, ...same])
        expect([typed, (await open(file, typed)).outcome]).toEqual([typed, 'opens']);
      for (const typed of other) expect([typed, (await open(file, typed)).outcome]).toEqual([typed, 'DID_NOT_OPEN']);
    });

    it('a passphrase of which the first slot leaves nothing opens the second', async () => {
      const slots = [
        { passphrase: 'words', norm: 'words', kdf },
        { passphrase: '---', norm: 'opaque', kdf },
      ] as const;
      const file = encodeText(write(buildEnvelope(recipe('nothing left', { slots })).sections));
      expect((await open(file, '---')).outcome).toBe('opens');
    });
  });
});
