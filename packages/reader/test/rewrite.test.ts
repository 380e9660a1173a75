import path from 'node:path';
import { compileFunction } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withAliases } from '../scripts/aliases.mjs';
import { withArrows } from '../scripts/arrows.mjs';
import { CORE, leanBeside, leanCore, UNUSED, UNUSED_BESIDE } from '../scripts/lean-core.mjs';
import { inLines } from '../scripts/lines.mjs';
import { inlineNumbers } from '../scripts/rewrite.mjs';
import { moduleOptions, source } from '../scripts/page-options.mjs';
import { UNUSED_OF_NOBLE } from '../scripts/plain-noble.mjs';
import { readableScript } from '../scripts/page-script.mjs';
import { shorten } from '../scripts/without-messages.mjs';
import { expressionOf, withExpressions, withSplitLists } from '../scripts/word-lists.mjs';

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

describe('long lists of words', () => {
  const words = Array.from({ length: 20 }, (_, index) => `word${index}`);
  const list = (all: readonly string[]): string => `const A = [${all.map((word) => `'${word}'`).join(', ')}] as const;`;

  it('become one string', () => {
    const code = withSplitLists(list(words));
    expect(code).toBe(`const A = "${words.join(' ')}".split(' ') as const;`);
  });

  it('but not short ones, nor such as hold anything else', () => {
    for (const code of [list(words.slice(1)), list([...words, 'two words']), list(words).replace('[', '[a, ')])
      expect(withSplitLists(code)).toBe(code);
  });
});

describe('functions as arrows', () => {
  it.each([
    ['f(); function f() { return 1; }', 'let f=()=>{ return 1; };\nf();\n'],
    ['async function f(a, [b], ...c) {}', 'let f=async(a,[b],...c)=>{};\n'],
    ['{ function f() {} function g() {} }', '{let f=()=>{},g=()=>{};\n\n}'],
    [
      'function f() { const g = function () { return this; }; }',
      'let f=()=>{ const g = function () { return this; }; };\n',
    ],
    ['function f() { function g() {} }', 'let f=()=>{let g=()=>{};\n};\n'],
    ['function f() {} f.list[0] = 1;', 'let f=()=>{};\n\nf.list[0] = 1;'],
  ])('%s', (code, expected) => {
    expect(withArrows(code)).toBe(expected);
  });

  it.each([
    'function* f() {}',
    'function f() { return this.a; }',
    'function f() { return () => arguments; }',
    'function f() { return new.target; }',
    'function f() {} new f();',
    'function f() {} class A extends f {}',
    'function f() {} f = 1;',
    'function f() {} [f] = [1];',
    'function f() {} f++;',
    'function f() {} for (f of []) ;',
    'function f() {} function f(a) {}',
  ])('not %s', (code) => {
    expect(withArrows(code)).toBe(code);
  });

  it('are there before the first statement, as functions are', () => {
    const code =
      'return [...list()]; function list() { return [one(), two]; function one() { return 1; } } function two() {}';
    const run = (text: string): unknown => (compileFunction(text) as () => unknown)();
    expect(String(run(withArrows(code)))).toBe(String(run(code)).replace('function two() ', '()=>'));
  });
});

describe('variables for what is named often', () => {
  it.each([
    ['(()=>{f(void 0)})();', '(()=>{var __undefined;f(__undefined)})();'],
    [
      '(()=>{var a=new Uint8Array(1);f(Uint8Array,Uint8Array)})();',
      '(()=>{var __Uint8Array=Uint8Array,a=new __Uint8Array(1);f(__Uint8Array,__Uint8Array)})();',
    ],
    [
      '(()=>{a.Object;({Object:Object.keys});f(Object)})();',
      '(()=>{var __Object=Object;a.Object;({Object:__Object.keys});f(__Object)})();',
    ],
    ['(()=>{f(void g())})();', '(()=>{f(void g())})();'],
    [
      '(()=>{f(document,document,document)})();',
      '(()=>{var __document=globalThis.document;f(__document,__document,__document)})();',
    ],
    ['(()=>{location.href})();', '(()=>{location.href})();'],
  ])('%s', (code, expected) => {
    expect(withAliases(code)).toBe(expected);
  });

  it('throws where a program has such a name of its own', () => {
    expect(() => withAliases('(()=>{let Object=1;f(Object,Object,Object)})();')).toThrow(
      'Object is more than the language',
    );
    expect(() => withAliases('(()=>{f({Object},Object,Object,Object)})();')).toThrow(
      'Object is more than the language',
    );
    expect(() => withAliases('let a=1;')).toThrow('does not begin with a function');
  });
});

describe('lines', () => {
  it.each([
    ['f(a,b,c)', 5, 'f(a,\nb,c)'],
    ['a=b;return c', 8, 'a=b;\nreturn c'],
    ['f(a,...b)', 7, 'f(\na,...b)'],
    ['a="abcdefgh"', 8, 'a="abcd\\\nefgh"'],
    ['a="abc\\x3cdef"', 8, 'a="abc\\\n\\x3cdef"'],
    ['a="abcd.fgh"', 8, 'a="abc\\\nd.fgh"'],
    ['a(`b\nc`,d)', 6, 'a(`b\nc`,d)'],
  ])('%s of at most %i', (code, maximum, expected) => {
    const lines = inLines(code, maximum);
    expect(lines).toBe(expected);
  });

  it('throws where there is no place to end one', () => {
    expect(() => inLines('abcdefgh', 5)).toThrow('no place to end the line "abcde"');
    expect(() => inLines('a=/bcdefgh/', 5)).toThrow('no place');
  });
});

describe('what a page does not call', () => {
  it('is left out, and not called', async () => {
    const page = await readableScript(path.join(source, 'main.ts'));
    expect(page).toContain('OpenedPart = class');
    for (const name of Object.values(UNUSED).flat()) expect(page).not.toContain(`.${name}(`);
  });

  it('is left out of what answers, too', async () => {
    const sealing = path.join(import.meta.dirname, 'support/sealing-entry.ts');
    const programs = await Promise.all(
      [path.join(source, 'reply/main.ts'), sealing, path.join(source, 'pq/main.ts')].map((entry) =>
        readableScript(entry, moduleOptions),
      ),
    );
    expect(programs[1]).toMatch(/\.encapsulate\(/);
    for (const name of [UNUSED_BESIDE, UNUSED_OF_NOBLE].flatMap((unused) => Object.values(unused).flat()))
      for (const program of programs) expect(program).not.toContain(`.${name}(`);
    const hybrid = path.join(CORE, 'kem/hybrid.ts');
    expect(leanBeside(hybrid, 'f({ generate() {}, a, decapsulate: 1 });')).toBe('f({ a });');
    expect(() => leanBeside(path.join(CORE, 'kem/hpke.ts'), 'f();')).toThrow('hpke.ts does not hold');
  });

  it.each([
    ['message/opened-part.ts', 'class A { stream() {} bytes() {} }', 'class A {  bytes() {} }'],
    ['crypto/webcrypto.ts', 'f({ sha256Stream, a, seal: 1, b() {} });', 'f({ a, b() {} });'],
    ['bytes.ts', 'class A { stream() {} }', 'class A { stream() {} }'],
  ])('goes from %s', (file, code, expected) => {
    expect(leanCore(path.join(CORE, file), code)).toBe(expected);
  });

  it('stops the build where what is known of the page has no place', () => {
    expect(() => leanCore(path.join(CORE, 'open.ts'), 'f();')).toThrow('open.ts does not hold');
  });
});

describe('lists of words as expressions', () => {
  it.each(['a', 'a ab abc', 'b-c b', '1 2 12', 'htm html shtml', 'x.y xay'])('exactly %s', (list) => {
    const words = list.split(' ');
    const expression = new RegExp(`^${expressionOf(words)}$`);
    const near = words.flatMap((word) => [word, '', `${word}a`, `a${word}`, word.slice(1), word.slice(0, -1)]);
    for (const word of [...near, 'xby', 'bc']) expect(expression.test(word), word).toBe(words.includes(word));
  });

  it('takes the place of a set that is only asked for words', () => {
    const list = "const LIST = new Set(('aa ' + 'ab').split(' '));";
    expect(withExpressions(`${list}\nLIST.has(f(b));`)).toBe('const LIST = /^(?:a[ab])$/;\nLIST.test(f(b));');
    expect(() => withExpressions(`${list}\nLIST.size;`)).toThrow('LIST is asked for more than a word');
  });
});
