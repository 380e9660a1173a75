import * as scure from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as own from '../src/base64.js';

function outcome(decode: (text: string) => Uint8Array, text: string): Uint8Array | 'refused' {
  try {
    return Uint8Array.from(decode(text));
  } catch {
    return 'refused';
  }
}

describe.each(['base64', 'base64urlnopad'] as const)('%s is what @scure/base has', (name) => {
  it('writes the same text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(own[name].encode(bytes)).toBe(scure[name].encode(bytes));
        expect(outcome(own[name].decode, scure[name].encode(bytes))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('takes and refuses the same texts', () => {
    const character = fc.constantFrom(...Array.from('AQZaz019+/-_= \n.é\u0100'));
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        expect(outcome(own[name].decode, text)).toEqual(outcome(scure[name].decode, text));
      }),
      { numRuns: 5_000 },
    );
    for (const a of 'AQZaz019+/-_') {
      for (const b of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
        for (const text of [a + b, `${a + b}==`, `${a + b}=`, `${a}${b}A`, `A${a}${b}=`, `AA${a}${b}`]) {
          expect(outcome(own[name].decode, text)).toEqual(outcome(scure[name].decode, text));
        }
      }
    }
  });
});
