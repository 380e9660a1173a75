import { describe, expect, it } from 'vitest';
import { sealEnvelope } from '@sealpost/core';
import { languageBlock } from '../support/language-block.js';
import { secret } from './secret.js';
import { TransportRules } from './transport-rules.js';

function check(text: string): void {
  const rules = new TransportRules();
  rules.push(new TextEncoder().encode(text));
  rules.end();
}

describe('5: transport rules', () => {
  it('take what mail transport leaves alone', () => {
    expect(() => {
      check(`a\n\n${'x'.repeat(990)}\n x.\nFrom\n`);
    }).not.toThrow();
  });

  it.each([
    ['a long line', `${'x'.repeat(991)}\n`],
    ['a leading dot', 'a\n.b\n'],
    ['a leading "From "', 'a\nFrom b\n'],
    ['a trailing blank', 'a \n'],
    ['CR', 'a\r\n'],
    ['TAB', 'a\tb\n'],
    ['DEL', 'a\u007fb\n'],
    ['text outside ASCII', 'ü\n'],
    ['no line feed at the end', 'a'],
  ])('refuse %s', (_, text) => {
    expect(() => {
      check(text);
    }).toThrow('transport rules');
  });

  it('every envelope of every test is checked: one that breaks a rule fails', async () => {
    const page = { runtime: { modules: { open: '.' }, style: '\n.dot{}' }, languages: [languageBlock([''])] };
    const sealed = await sealEnvelope({ headers: {} }, { secrets: [secret], page });
    await expect(drain(sealed.file())).rejects.toThrow('transport rules');
  });
});

async function drain(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) expect(piece).toBeInstanceOf(Uint8Array);
}
