import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase85, encodeBase85, LINE_DIGITS } from '../src/wire/base85.js';

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

describe('base85', () => {
  it.each([
    // Python: base64.b85encode(...)
    ['', ''],
    ['00', '00'],
    ['ff', '{{'],
    ['00000000', '00000'],
    ['ffffffff', '|NsC0'],
    ['48656c6c6f', 'NM&qnZv'],
    ['ffff', '|Nj'],
    ['ffffff', '|Ns9'],
    ['0001', '009'],
    ['0102030405060708090a0b0c', '0RjUA1qKHQ2?`4g'],
  ])('encodes %s as Python does', (hex, digits) => {
    expect(text(encodeBase85(Buffer.from(hex, 'hex')))).toBe(digits);
  });

  it('gives back what it encoded, at every length around lines and groups', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        const encoded = encodeBase85(bytes);
        expect(decodeBase85(text(encoded), bytes.length)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('writes lines of 985 digits and never a comment start', () => {
    // `<!` in every place of a group: digits 65 ("<") and 62 ("!").
    const [less, exclamation] = [ALPHABET.indexOf('<'), ALPHABET.indexOf('!')];
    const word = [less, exclamation, less, exclamation, less].reduce((sum, digit) => sum * 85 + digit, 0);
    const group = new Uint8Array(4);
    new DataView(group.buffer).setUint32(0, word);
    const bytes = new Uint8Array(4 * 2_000);
    for (let at = 0; at < bytes.length; at += 4) bytes.set(group, at);
    const encoded = text(encodeBase85(bytes));
    expect(encoded).not.toContain('<!');
    expect(Math.max(...encoded.split('\n').map((line) => line.length))).toBeLessThanOrEqual(LINE_DIGITS);
    expect(decodeBase85(encoded, bytes.length)).toEqual(bytes);
  });

  it('passes over white space, and over nothing else', () => {
    const encoded = text(encodeBase85(Uint8Array.of(1, 2, 3, 4, 5)));
    expect(decodeBase85(` \t\r\n\f${encoded.split('').join(' ')}\n`, 5)).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
    for (const character of [
      '\u000b',
      '\u00a0',
      '\0',
      '"',
      "'",
      ',',
      '.',
      '/',
      ':',
      '[',
      '\\',
      ']',
      '\u0100',
      '\uff21',
    ]) {
      expect(() => decodeBase85(encoded + character, 99)).toThrow(expect.objectContaining({ code: 'DAMAGED' }));
    }
  });

  it('refuses every text that it would not have written', () => {
    const canonical = new Set<string>();
    for (let value = 0; value < 256; value++) canonical.add(text(encodeBase85(Uint8Array.of(value))));
    let accepted = 0;
    for (const a of ALPHABET) {
      for (const b of ALPHABET) {
        if (canonical.has(a + b)) {
          accepted++;
          continue;
        }
        expect(() => decodeBase85(a + b, 1)).toThrow(expect.objectContaining({ code: 'DAMAGED' }));
      }
    }
    expect(accepted).toBe(256);
    for (const wrong of ['~~~~~', '|NsC1', '0', '000000', '00000' + '~']) {
      expect(() => decodeBase85(wrong, 99)).toThrow(expect.objectContaining({ code: 'DAMAGED' }));
    }
  });

  it('stops at the size that it was given', () => {
    const encoded = text(encodeBase85(new Uint8Array(1_000)));
    expect(() => decodeBase85(encoded, 999)).toThrow(expect.objectContaining({ code: 'DAMAGED' }));
  });
});
