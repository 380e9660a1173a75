import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase85 } from '../src/wire/base85-decode.js';
import { Base85Encoder, LINE_DIGITS } from '../src/wire/base85-encode.js';

const encodeBase85 = (bytes: Uint8Array): Uint8Array => new Base85Encoder().encode(bytes);
const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** Bytes that whole groups of digits stand for. */
function fromDigits(digits: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array((digits.length / 5) * 4);
  const view = new DataView(out.buffer);
  for (let group = 0; group * 5 < digits.length; group++) {
    let word = 0;
    for (let i = 0; i < 5; i++) word = word * 85 + ALPHABET.indexOf(digits.charAt(group * 5 + i));
    view.setUint32(group * 4, word);
  }
  return out;
}

/** Digits in lines as section 8.1 of the spec breaks them, said another way. */
function inLines(digits: string): string {
  const lines: string[] = [];
  for (let at = 0; at < digits.length; at += LINE_DIGITS) lines.push(digits.slice(at, at + LINE_DIGITS));
  return lines.map((line) => line.replaceAll('<!', '<\n!')).join('\n');
}

/** Vitest's own comparison takes seconds for a block. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

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

  it('encodes one text after the other in the same memory, and nothing of the one before shows', () => {
    const groups = fc.array(fc.constantFrom('<!<!<', '!0<!<', '00000', '~0000'), { maxLength: 1_000 });
    const texts = fc.array(fc.tuple(groups, fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 6 });
    const property = fc.property(texts, (all) => {
      const encoder = new Base85Encoder();
      for (const [digits, less] of all) {
        const whole = fromDigits(digits.join(''));
        const bytes = whole.subarray(0, Math.max(0, whole.length - less));
        expect(equal(encoder.encode(bytes), encodeBase85(bytes))).toBe(true);
      }
    });
    fc.assert(property);
    const encoder = new Base85Encoder();
    expect(encoder.encode(new Uint8Array(9)).buffer).toBe(encoder.encode(new Uint8Array(5)).buffer);
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

  it('breaks every `<!`, at whatever place of a group, a step or a line it stands', () => {
    for (let place = 0; place < 2 * LINE_DIGITS - 1; place++) {
      const digits = `${'0'.repeat(place)}<!`.padEnd(2 * LINE_DIGITS, '0');
      const bytes = fromDigits(digits);
      const encoded = text(encodeBase85(bytes));
      expect(encoded).toBe(inLines(digits));
      expect(equal(decodeBase85(encoded, bytes.length), bytes)).toBe(true);
    }
  });

  it('breaks what is not random, at any offset in memory', () => {
    const property = fc.property(
      fc.array(fc.constantFrom('0<!0<', '!0<!<', '<!<!<', '!<!<!', '<0000', '!0000', '00000'), { maxLength: 500 }),
      fc.integer({ min: 0, max: 7 }),
      (groups, offset) => {
        const bytes = fromDigits(groups.join(''));
        const within = new Uint8Array(offset + bytes.length + 3).fill(0xff);
        within.set(bytes, offset);
        const encoded = text(encodeBase85(within.subarray(offset, offset + bytes.length)));
        expect(encoded).toBe(inLines(groups.join('')));
        expect(equal(decodeBase85(encoded, bytes.length), bytes)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('has room for a whole block of nothing but `<!`', () => {
    const digits = '<!'.repeat(656_130);
    const bytes = fromDigits(digits);
    const encoded = text(encodeBase85(bytes));
    expect(encoded === inLines(digits)).toBe(true);
    expect(equal(decodeBase85(encoded, bytes.length), bytes)).toBe(true);
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

  it('decodes texts longer than it takes at once, wherever white space stands', () => {
    const bytes = Uint8Array.from({ length: 50_001 }, (_, index) => (index * 2_654_435_761) >>> 24);
    const encoded = text(encodeBase85(bytes));
    for (const blank of ['', '\r', ' '.repeat(16_383), '\t'.repeat(40_000)]) {
      for (const at of [0, 3, 985, 16_384, 40_002, encoded.length]) {
        expect(equal(decodeBase85(encoded.slice(0, at) + blank + encoded.slice(at), bytes.length), bytes)).toBe(true);
      }
    }
    for (const at of [0, 16_383, 16_384, encoded.length]) {
      for (const wrong of ['\u00e9', '\ud83d\ude00', '"', '~~~~~~']) {
        expect(() => decodeBase85(encoded.slice(0, at) + wrong + encoded.slice(at), 99_999)).toThrow(
          expect.objectContaining({ code: 'DAMAGED' }),
        );
      }
    }
  });

  it('stops at the size that it was given', () => {
    const encoded = text(encodeBase85(new Uint8Array(1_000)));
    for (const maximum of [0, 3, 4, 995, 996, 999]) {
      expect(() => decodeBase85(encoded, maximum)).toThrow(expect.objectContaining({ code: 'DAMAGED' }));
    }
    expect(decodeBase85(encoded, 1_000)).toHaveLength(1_000);
  });
});
