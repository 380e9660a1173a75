import { randomBytes } from '@sealpost/core';
import { expect, it } from 'vitest';
import { Base85Encoder as Fast } from '../../core/src/wire/base85-encode.js';
import { decodeBase85 } from '../../core/src/wire/base85-decode.js';
import { Base85Encoder } from '../src/reply/small/base85-encode.js';

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

it('writes what core writes', () => {
  const [own, fast] = [new Base85Encoder(), new Fast()];
  const lengths = [...Array.from({ length: 20 }, (_, n) => n), 787, 788, 789, 1_575, 1_576, 1_577, 20_000, 120_000];
  for (const length of lengths) {
    for (const bytes of [randomBytes(length), new Uint8Array(length), new Uint8Array(length).fill(255)])
      expect(ascii(own.encode(bytes)), String(length)).toBe(ascii(fast.encode(bytes)));
  }
});

it('1: puts a line feed inside each <! wherever it stands, as core does', () => {
  // Groups of which each digit pair is "<!" once, and whole lines of nothing else.
  const groups = ['<!000', '0<!00', '00<!0', '000<!', '<!<!<', '0000<', '!0000', '<!0<!'];
  for (const group of groups) {
    for (const text of [group, group.repeat(400), `0000<${'!000<'.repeat(300)}`]) {
      const bytes = decodeBase85(text, text.length);
      const written = ascii(new Base85Encoder().encode(bytes));
      expect(written).toBe(ascii(new Fast().encode(bytes)));
      expect(written).not.toContain('<!');
      expect(written.replaceAll('\n', '')).toBe(text);
    }
  }
});
