import type { HostileMail } from './mails.js';

function many(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join('');
}

function rules(count: number, rule: (index: number) => string): string {
  return `<style>${many(count, rule)}</style>`;
}

/** Rules for elements that look like these. */
function selectors(count: number, selector: (index: number) => string): string {
  return rules(count, (index) => `${selector(index)}{color:red}`);
}

const short = '<p>x'.repeat(3_000);
const long = '<p class=c>x'.repeat(30_000);
const deep = `${'<b class=y>'.repeat(150)}${'<i class=z>x</i>'.repeat(3_000)}`;
/** Some sixty declarations. */
const declarations =
  'font:1px a;border:0;margin:0;padding:0;border-radius:1px;flex:1;list-style:none;text-decoration:none;gap:1px;white-space:pre;color:red';

/** Names of families that no other mail has: a browser remembers that it has no such font. */
function families(start: string, count = 120): string {
  return `${many(count, (index) => `${start}x${index},`)}serif`;
}

const heavy: Readonly<Record<string, () => string>> = {
  'a rule of later siblings': () => selectors(1, () => 'u~p') + '<p>'.repeat(30_000),
  'rules of later siblings': () => selectors(2_000, () => 'u~p') + short,
  'rules of next siblings': () => selectors(2_000, () => 'b+b+b+b+b+b+b+b+b') + '<b>x</b>'.repeat(30_000),
  'rules that count later siblings': () => selectors(2_000, (i) => `:nth-child(${i}n of u~p)`) + short,
  'rules that count descendants': () => selectors(2_000, (i) => `:nth-child(${i}n of b p.c)`) + long,
  'rules that count siblings of a type': () => selectors(2_000, (i) => `p:nth-of-type(${i}n+1)`) + long,
  'rules of the only one of a type': () => selectors(100, () => 'p:last-of-type:first-of-type') + long,
  'rules that count siblings': () => selectors(2_000, (i) => `p:nth-child(${i}n+1)`) + long,
  'rules that count a few thousand siblings': () =>
    selectors(2_000, (i) => `p:nth-child(${i}n+1)`) + '<p>x'.repeat(5_500),
  'rules that count siblings again and again': () =>
    selectors(2_000, (i) => `p${`:nth-child(${i}n+1)`.repeat(40)}`) + long,
  'rules of many ancestors': () => selectors(2_000, () => '.y>* * * * * * * * *') + deep,
  'rules of ancestors that are not there': () => selectors(2_000, () => '.y .y .y .y .y .y .u>.y .z') + deep,
  'rules of parents that are not there': () => selectors(2_000, () => '.u>.y .u>.y .u>.y .u>.y .z') + deep,
  'rules for everything': () => selectors(2_000, () => '*') + long,
  'rules of many names': () => selectors(2_000, (i) => `${'.c'.repeat(40)}.d${i}`) + long,
  'long rules for everything': () => rules(2_000, () => `p{${declarations}}`) + long,
  '100 lists of 120 families': () => many(100, (i) => `<p style="font-family:${families(`a${i}`)}">x`),
  '500 faces of 120 families': () => many(500, (i) => `<font face="${families(`b${i}`)}">x</font>`),
  'a rule of 120 families for all': () => rules(1, () => `p{font-family:${families('c')}}`) + long,
  '2,000 rules of families': () => rules(2_000, (i) => `p:nth-child(${i}){font-family:d${i}}`) + short,
  '33,000 weights': () => many(33_000, (i) => `<b style="font-weight:${1 + i / 33}">x</b>`),
  '33,000 widths of letters': () => many(33_000, (i) => `<b style="font-stretch:${50 + i / 1000}%">x</b>`),
  '33,000 distances of letters': () => many(33_000, (i) => `<b style="letter-spacing:${i / 5000}px">x</b>`),
  '33,000 sizes': () => many(33_000, (i) => `<b style="font-size:${1 + i / 100}px">x</b>`),
  'sizes that multiply': () =>
    many(170, (i) => {
      const inner = many(170, (j) => `<b style="font-size:${50 + j}%">x</b>`);
      return `<p style="font-size:${50 + 9 * i}%">${inner}</p>`;
    }),
  'two rules of sizes that multiply': () =>
    rules(1, () => 'b{font-size:101%}i{font-size:99%}') +
    many(150, (i) => `<div>${'<b>x'.repeat(i)}${'<i>x'.repeat(150 - i)}${'</i>'.repeat(150 - i)}${'</b>'.repeat(i)}`),
  '72,000 long styles': () => `<b style="${declarations}"></b>`.repeat(72_000),
};

/** Mails whose style is made to keep a browser busy. Each is made when it is asked for. */
export const heavyStyles: readonly { readonly name: string; readonly make: () => HostileMail }[] = Object.entries(
  heavy,
).map(([name, html]) => ({ name, make: () => ({ name, html: html() }) }));
