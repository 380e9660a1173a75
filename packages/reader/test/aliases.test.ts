import { expect, it } from 'vitest';
import { withAliases } from '../scripts/aliases.mjs';

it('declares aliases before everything else, and joins no later declaration', () => {
  const late = '(()=>{let t=(r=void 0,r);var r;return t})()';
  expect(withAliases(late)).toBe('(()=>{var __undefined;let t=(r=__undefined,r);var r;return t})()');
  const first = '(()=>{var a=void 0;var b;return[a,b]})()';
  expect(withAliases(first)).toBe('(()=>{var __undefined,a=__undefined;var b;return[a,b]})()');
});

it('takes what is named often, and not what stands in the place of another', () => {
  const often = (text: string): string => `(()=>{${text.repeat(9)}})()`;
  expect(withAliases(often('a.length;'))).toBe(`(()=>{var __length="length";${'a[__length];'.repeat(9)}})()`);
  expect(withAliases(often('a?.b.length=1;'))).toContain('a?.b[__length]=1;');
  expect(withAliases(often('a?.length;'))).toContain('a?.[__length];');
  expect(withAliases(often('Object.keys(a.Object);'))).toContain('var __Object=Object;__Object.keys(a.Object);');
  for (const few of ['(()=>{a.length;Object.keys(a)})()', often('({length:a}=b);'), often('a.lengths;')])
    expect(withAliases(few)).toBe(few);
});
