import type { HostileMail } from './mails.js';

function many(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join('');
}

const picture = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
const heavy: Readonly<Record<string, () => string>> = {
  '100,000 attributes': () => `<p ${many(100_000, (i) => `a${i}=1 `)}>x`,
  'a hundred times 10,000 attributes': () => `<p ${many(10_000, (i) => `a${i} `)}>x</p>`.repeat(100),
  '100,000 attributes of one body': () => many(100_000, (i) => `<body a${i}=1>`),
  '10,000 nested elements': () => '<div>'.repeat(10_000),
  '8 MB of nested elements': () => '<div>'.repeat(1_600_000),
  'open elements, closed in comments': () => '<i><!--</i>-->'.repeat(50_000),
  'open elements, closed in attributes': () => '<div><p title="</div>"></p>'.repeat(50_000),
  'open elements, closed in styles': () => '<div><style></div></style>'.repeat(50_000),
  'open elements, closed in an svg': () => `<svg>${'<g><![CDATA[></g>]]>'.repeat(50_000)}`,
  'open elements, closed in cells': () => '<b><table><tr><td></b>'.repeat(10_000),
  'cells in an svg': () => `<svg>${'<td>'.repeat(100_000)}`,
  'lists in definitions': () => '<dd><li>'.repeat(50_000),
  '500 open formats, and paragraphs': () => `<p>${many(500, (i) => `<b id=${i}>`)}${'<p>x'.repeat(500)}`,
  '30 open formats, and many paragraphs': () => `<p>${many(30, (i) => `<b id=${i}>`)}${'<p>x'.repeat(100_000)}`,
  'open formats, each in a paragraph': () => many(20_000, (i) => `<p><font size=${i}>x</p>`),
  'blocks that end after 200 formats began': () =>
    `${'<div>'.repeat(5000)}${many(200, (i) => `<b id=${i}>`)}${'x</div>'.repeat(5000)}`,
  '10,000 fonts': () => many(10_000, (i) => `<font size=${i}>`),
  'misnested formats': () => many(10_000, (i) => `<b id=${i}><i><u><p></b></i></u>x`),
  'links in links': () => '<a href=x><div>'.repeat(20_000),
  'content that a table throws out': () => `<table>${'<b>x</b><tr>y'.repeat(30_000)}`,
  'templates in templates': () => '<template>'.repeat(20_000),
  'lists in lists': () => '<ul><li>'.repeat(10_000),
  'tables in tables': () => '<table><tr><td>'.repeat(10_000),
  'quotations in quotations': () => '<blockquote>'.repeat(10_000),
  'a table of 1,000 columns and rows': () => `<table>${`<tr>${'<td>x'.repeat(1000)}`.repeat(1000)}</table>`,
  'a table of 100 columns and 1,000 rows': () => `<table border=1>${`<tr>${'<td>'.repeat(100)}`.repeat(1000)}</table>`,
  'cells as wide and high as can be': () =>
    `<table>${`<tr>${'<td colspan=1000 rowspan=65534>x</td>'.repeat(40)}</tr>`.repeat(500)}</table>`,
  'columns that span a thousand': () =>
    `<table>${'<col span=1000>'.repeat(1000)}${'<tr><td colspan=1000>x'.repeat(1000)}`,
  'tables 200 deep, with columns': () => `${'<table width=100%><tr><td>x<td width=50%>'.repeat(195)}x`,
  '8 MB of brackets': () => '<'.repeat(8_000_000),
  '8 MB of names': () => '<a'.repeat(4_000_000),
  '8 MB of entities': () => '&amp;'.repeat(1_600_000),
  '8 MB in one line': () => 'a'.repeat(8_000_000),
  '8 MB of words as they stand': () => `<pre>${'word '.repeat(1_600_000)}`,
  '30,000 links': () => many(30_000, (i) => `<a href="https://h${i}.example/">l</a> `),
  '50,000 pictures that are not there': () => many(50_000, (i) => `<img src="cid:x${i}" alt=y>`),
  '50,000 data: pictures': () => `<img src="${picture}">`.repeat(50_000),
  'a data: picture of 8 MB': () => `<img src="data:image/png;base64,${'A'.repeat(7_900_000)}">`,
  'a class list of 8 MB': () => `<p class="${many(1_000_000, (i) => `c${i} `)}">x`,
  'a style of 8 MB': () => `<p style="${'color:red;'.repeat(790_000)}">x`,
  '5,000 long styles': () => `<p style="${'color:red;margin:1px;'.repeat(70)}">x</p>`.repeat(5_000),
  'rules in rules': () => `<style>${'a{'.repeat(40_000)}</style>x`,
  'selectors in selectors': () => `<style>a${':not('.repeat(40_000)}b${')'.repeat(40_000)}{color:red}</style>x`,
  'functions in functions': () => `<p style="width:${'min(1px,'.repeat(40_000)}1px">x`,
  'colours in colours': () => `<p style="color:${'color-mix(in srgb,'.repeat(40)}red,red${',red)'.repeat(40)}">x`,
  'brackets behind closing ones that are none': () => `<p style="--x:${"(')'/*)*/\\)".repeat(40_000)}">x`,
  'media in media': () => `<style>${'@media all{'.repeat(40_000)}</style>x`,
  'selectors as long as they may be, and deep elements': () =>
    `<style>${many(2_000, (i) => `${'b '.repeat(9)}.c${i}>i{color:red}`)}</style>${`${'<b>'.repeat(190)}<i>x</i>${'</b>'.repeat(190)}`.repeat(250)}`,
  'lists of selectors': () =>
    `<style>${many(1_000, () => `${many(40, (i) => `p~b:nth-child(${i}n+1)~i`)},u{color:red}`.replaceAll('ip', 'i,p'))}</style>${'<p><b>x</b><i>y</i>'.repeat(10_000)}`,
  'siblings that look back': () =>
    `<style>${many(1_000, (i) => `${'p~'.repeat(9)}p.c${i}{color:red}`)}</style>${'<p class=c1>x</p>'.repeat(20_000)}`,
  'flexible boxes in flexible boxes': () => '<div style="display:flex"><p>x</p>'.repeat(195),
  'grids in grids': () => '<div style="display:grid;width:min-content"><p>x</p>'.repeat(195),
  floats: () => '<div style="float:left;width:33%;height:9px">x</div>'.repeat(20_000),
  'inline blocks in inline blocks': () => '<span style="display:inline-block;width:50%">x '.repeat(195),
  'words that turn': () => '\u202E\u2067a\u2068b'.repeat(200_000),
  'letters that turn': () => 'a\u05D0'.repeat(400_000),
  'bold letters without a blank': () => '<b>x</b>y'.repeat(100_000),
  'tones upon tones': () => `\u{1F44D}${'\u{1F3FB}'.repeat(400_000)}`,
  'alternative texts that turn': () => `<img src=x alt="${'\u05D0a'.repeat(500)}">`.repeat(7_500),
  'letters that stand apart': () => '<bdi>\u05D0</bdi>a'.repeat(90_000),
  'letters that style sets apart': () => '<b style="unicode-bidi:isolate-override">x</b>'.repeat(90_000),
  'letters that find their own direction': () => `<div dir=auto>${'<b>.</b>'.repeat(45_000)}`,
  'readings above letters': () => '<ruby>x<rt>y</rt></ruby>'.repeat(90_000),
  'items with numbers of their own': () => many(95_000, (i) => `<li value=${i}>`),
  'items that count down': () => `<ol reversed>${'<li>x'.repeat(95_000)}`,
  'items that count up': () => `<ol>${'<li>x'.repeat(95_000)}`,
  'items in a quote': () => `<p>x</p><blockquote type=cite><ol>${'<li>x'.repeat(95_000)}`,
  'a language for each letter': () => many(95_000, (i) => `<b lang=x${i}>x</b>`),
  'fonts for each letter': () => many(10_000, (i) => `<font face="${many(60, (j) => `f${i}x${j},`)}g">x</font>`),
  'every border of every letter': () =>
    '<b style="font:1px a;border:0;margin:0;padding:0;text-decoration:none;list-style:none;flex:none">x</b>'.repeat(
      72_000,
    ),
  'a host of 4 MB': () => `<a href="http://${'a'.repeat(4_000_000)}/">x</a>`,
  'text behind as many nodes as are shown': () => `${'<br>'.repeat(100_000)}${'a '.repeat(3_500_000)}`,
  'marks upon marks': () => `a${'\u0300'.repeat(900_000)}`,
};

/** Mails made to keep a browser busy. Each is made when it is asked for. */
export const heavyMails: readonly { readonly name: string; readonly make: () => HostileMail }[] = Object.entries(
  heavy,
).map(([name, html]) => ({ name, make: () => ({ name, html: html() }) }));
