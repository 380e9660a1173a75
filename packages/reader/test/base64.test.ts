import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64 as ours, base64urlnopad as oursUrl } from '../src/base64.js';

/** Node's own, which is lenient: a text is right where it is what Node would have written. */
function node(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}

it.each([['base64url', oursUrl] as const, ['base64', ours] as const])(
  '%s writes and reads as others do',
  (encoding, codec) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = Buffer.from(bytes).toString(encoding);
        expect(codec.encode(bytes)).toBe(text);
        expect(codec.decode(text)).toEqual(bytes);
      }),
    );
  },
);

it.each([['base64url', oursUrl] as const, ['base64', ours] as const])(
  '%s refuses what nobody would have written',
  (encoding, codec) => {
    const character = fc.constantFrom(...Array.from('ABCDQZaz019-_+/= \n.\u00e9'));
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 9 }), (text) => {
        const expected = node(text, encoding);
        if (expected === undefined) expect(() => codec.decode(text)).toThrow();
        else expect(Buffer.from(codec.decode(text))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  },
);
