import { describe, expect, it } from 'vitest';
import { withinEffort } from '../src/render/effort.js';

/** How much of a text is kept, from 0 to 1. */
function kept(html: string): number {
  const start = withinEffort(html);
  expect(html.startsWith(start)).toBe(true);
  return start.length / html.length;
}

const numbered = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');

describe('16: the effort of parsing a mail', () => {
  it('lets ordinary mails through whole, however long', () => {
    const row =
      '<tr style="x:y"><td align=left><p>one<br>two<td><b><i>x</i></b> <a href="https://x.example/?a=b">y</a></td></tr>\n';
    const mso = '<!--[if mso]><table><tr><td><![endif]--><div>x</div><!--[if mso]></td></tr></table><![endif]-->';
    const mails = [
      `<!doctype html PUBLIC "-//W3C//DTD"><table>${row.repeat(5_000)}</table>`,
      `<div>${mso.repeat(500)}</div>`,
      // Never closed, or in the wrong order, as in mails of a time past.
      `<ul>${'<li><font face=Arial size=2>x'.repeat(3_000)}</ul>`,
      numbered(2_000, (i) => `<p><a name=${i}>${i}`),
      '<p><font size=2><b>x</font></b></p>'.repeat(1_000),
      numbered(100, (i) => `<p><font size=${i}>x</p>`),
      `<p title="a > b" data-x='<i>'>x</p>`.repeat(3_000),
      `<img src="data:image/png;base64,${'A'.repeat(7_000_000)}">`,
      'a < b '.repeat(200_000),
      '<'.repeat(200_000),
    ];
    for (const mail of mails) expect(kept(mail), mail.slice(0, 60)).toBe(1);
  });

  it('cuts off where too many elements are open', () => {
    for (const piece of ['<div>', '<b>', '<table><tr><td>', '<template>', '<dd><li>', '<p"x>', '<option><b>']) {
      expect(kept(piece.repeat(100_000)), piece).toBeLessThan(0.5);
    }
  });

  it('counts what comes back, whatever its attributes hold', () => {
    const fonts = numbered(2_000, (i) => `<font x="${i}>">`);
    expect(kept(`${fonts}${'<p>x'.repeat(20_000)}`)).toBeLessThan(0.1);
    expect(kept(`<p x=\u00a0"${numbered(200_000, (i) => `a${i} `)}">x<p>`)).toBeLessThan(0.1);
    expect(kept(`${'<a '.repeat(500)}x='y x="${'y'.repeat(7_900_000)}<p>`)).toBeLessThan(0.1);
  });

  it('believes no end tag that may be none', () => {
    const pieces = [
      '<div><!--</div>-->',
      '<div><p title="</div>">',
      "<div><p title='</div>'>",
      '<div><p a"b c="></div>" d>',
      '<div><p ="a c="></div>" d>',
      '<div><p title=x"></div>">',
      '<div><style></div></style>',
      '<g><![CDATA[></g>]]>',
      '<div><!x </div>',
      '<div></ </div>',
      '<div><? </div>',
      '<div></p title="</div>">',
      // Only blanks of ASCII end a name, and only its letters have two cases.
      '<div\u00a0></div>',
      '<lin\u212a></link>',
      '<x\u00c4></x\u00e4>',
      '<div></div\u000b>',
      '<b><table><tr><td></b>',
      '<i><object></i>',
      '<div><p<x></div',
    ];
    for (const piece of pieces) expect(kept(piece.repeat(60_000)), piece).toBeLessThan(0.6);
  });

  it('cuts off where formats that were never closed come back in each block', () => {
    expect(kept(`<p>${numbered(500, (i) => `<b id=${i}>`)}${'<p>x'.repeat(500)}`)).toBeLessThan(0.9);
    expect(kept(`<p>${numbered(30, (i) => `<b id=${i}>`)}${'<p>x'.repeat(100_000)}`)).toBeLessThan(0.1);
    const late = `${'<div>'.repeat(5_000)}${numbered(200, (i) => `<b id=${i}>`)}${'x</div>'.repeat(5_000)}`;
    expect(kept(late)).toBeLessThan(0.9);
  });

  it('cuts off where elements have too many attributes', () => {
    expect(kept(`<p ${numbered(100_000, (i) => `a${i} `)}>`)).toBeLessThan(0.01);
    expect(kept(`<p ${numbered(9_000, (i) => `a${i}=">" `)}>`.repeat(100))).toBeLessThan(0.5);
    expect(kept(numbered(100_000, (i) => `<body a${i}=1>`))).toBeLessThan(0.5);
  });

  it('takes a time that grows with the length only', () => {
    const pieces = [
      '<a',
      '<p a="',
      '<!--',
      '<p a=b/c ',
      '</',
      `<p${' '.repeat(99)}`,
      '<p a',
      '<p/',
      '<p a=\'"',
      '<p a=x/',
    ];
    for (const piece of pieces) {
      const start = performance.now();
      withinEffort(piece.repeat(1_000_000));
      expect(performance.now() - start, piece).toBeLessThan(10_000);
    }
  });
});
