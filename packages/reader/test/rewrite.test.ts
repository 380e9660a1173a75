import { describe, expect, it } from 'vitest';
import { inlineNumbers } from '../scripts/rewrite.mjs';
import { shorten } from '../scripts/without-messages.mjs';

describe('numbers in the place of their names', () => {
  it.each([
    ['f(MAX + 1);', 'f(5 + 1);'],
    ['f(o.MAX, { MAX });', 'f(o.MAX, { MAX });'],
    ['class A { MAX = 1 }', 'class A { MAX = 1 }'],
    ['export { MAX };', 'export { MAX };'],
  ])('%s', (code, expected) => {
    expect(inlineNumbers(`const MAX = 5;\n${code}`)).toBe(`const MAX = 5;\n${expected}`);
  });

  it.each([
    'function f(MAX) { return MAX; }',
    'const f = (MAX) => MAX;',
    'function f() { const MAX = g(); return MAX; }',
    'function f({ MAX }) { return MAX; }',
    'function f({ a: MAX }) { return MAX; }',
    'function f() { function MAX() {} return MAX; }',
    'const A = class MAX {};',
  ])('throws for another thing of the name: %s', (code) => {
    expect(() => inlineNumbers(`const MAX = 5;\n${code}`)).toThrow('MAX is the name of a number');
  });
});

describe('messages that stay out', () => {
  const none: ReadonlyMap<string, number> = new Map();

  it.each([
    ["throw damaged('cut off', { cause });", 'throw damaged();'],
    ["throw new RangeError('far');", 'throw new RangeError();'],
    ["throw new EnvelopeError('LIMIT', 'too long');", "throw new EnvelopeError('LIMIT');"],
    ["new EnvelopeError('DAMAGED', 'cut', { fault });", "new EnvelopeError('DAMAGED', '', { fault });"],
  ])('%s', (code, expected) => {
    expect(shorten(code, none)).toBe(expected);
  });

  it('but not what a function of the same name takes besides', () => {
    const own = "function damaged(message: string, fault: Fault) {}\ndamaged('cut off', 'cut-off');";
    expect(shorten(own, none)).toBe(own);
    expect(() => shorten(`export ${own}`, none)).toThrow('takes more than a message');
    expect(() => shorten('class A { wrong(key: string, code: Code) {} }', none)).toThrow('takes more than a message');
  });
});
