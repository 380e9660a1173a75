import fc from 'fast-check';
import { randomBytes } from '@sealpost/core';
import { expect, it } from 'vitest';
import { Base85Encoder } from '../../core/src/wire/base85-encode.js';
import { decodeBase85 as fast } from '../../core/src/wire/base85-decode.js';
import { decodeBase85 } from '../src/small/base85-decode.js';

type Decoder = typeof decodeBase85;

/** Bytes, or the code of the refusal. */
function outcome(decode: Decoder, text: string, maximum: number): unknown {
  try {
    return [...decode(text, maximum)];
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}

function expectSame(text: string, maximum = text.length): void {
  expect(outcome(decodeBase85, text, maximum), text.slice(0, 40)).toEqual(outcome(fast, text, maximum));
}

it('reads what core reads, of every length', () => {
  for (const length of [...Array.from({ length: 24 }, (_, n) => n), 788, 20_001]) {
    for (const bytes of [randomBytes(length), new Uint8Array(length), new Uint8Array(length).fill(255)]) {
      const text = Buffer.from(new Base85Encoder().encode(bytes)).toString('latin1');
      expect([...decodeBase85(text, length)]).toEqual([...bytes]);
      expectSame(text, length);
      expectSame(text, length - 1);
      expectSame(` \t${text.replace(/./g, '$&\r\n')}\f`, length);
    }
  }
});

it('refuses what core refuses', () => {
  for (const text of [
    '0',
    '~~~~~',
    '|NsC0',
    '|NsC1',
    '00',
    '01',
    '0~',
    '000',
    '00~',
    '0000',
    '000~',
    '0000\u00e9',
    '"',
    '\u0000',
    '0000\u{1f600}',
  ])
    for (const around of ['', '00000', ' '])
      for (const whole of [text, `${around}${text}`, `${text}${around}`]) expectSame(whole);
  // Each way to end a text.
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
  for (const one of digits) for (const other of digits) expectSame(`${one}${other}`);
  for (const last of digits) for (const start of ['0k', '|N', '~~', '|Ns', '0k4']) expectSame(`${start}${last}`);
});

it('of any text says the same', () => {
  const digit = fc.constantFrom(...Array.from('019AZaz!#~|{}<> \n\t"\\\u00ff\u2028'));
  fc.assert(
    fc.property(fc.string({ unit: digit, maxLength: 30 }), fc.nat(30), (text, maximum) => {
      expectSame(text, maximum);
    }),
    { numRuns: 3_000 },
  );
});
