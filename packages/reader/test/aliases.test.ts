import { expect, it } from 'vitest';
import { withAliases } from '../scripts/aliases.mjs';

it('declares aliases before everything else, and joins no later declaration', () => {
  const late = '(()=>{let t=(r=void 0,r);var r;return t})()';
  expect(withAliases(late)).toBe('(()=>{var __undefined;let t=(r=__undefined,r);var r;return t})()');
  const first = '(()=>{var a=void 0;var b;return[a,b]})()';
  expect(withAliases(first)).toBe('(()=>{var __undefined,a=__undefined;var b;return[a,b]})()');
});
