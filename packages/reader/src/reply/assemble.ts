import { escapeHtml, firstPaint, fromUtf8, splitTexts, utf8, wrapLines } from '@sealpost/core';
import type { Backend, Bytes, Language, ParsedHeader } from '@sealpost/core';
import { makeEndBlock } from '@sealpost/core/page';
import { findLanguages } from '../words.js';
import { Base85Encoder } from './small/base85-encode.js';

/** As core's. */
const HEADER_LINE = 900;
/** Header and payload: what an answer has of its own. */
const DATA = 'application/vnd.sealpost.';

/**
 * The file of an answer, with the code, the style and the texts of this page, byte for byte, as core's `document/assemble.ts` writes one,
 * which is given them. They stay in the page as long as it is open. Its policy is that of its modules, without the endpoint: an answer has none.
 */
export async function* assemble(
  { header, bytes }: ParsedHeader,
  blocks: AsyncIterable<Bytes>,
  backend: Backend,
): AsyncGenerator<Bytes, void, undefined> {
  // A page that shows a message has one.
  const language = (await findLanguages())[0] as Language;
  const { documentElement } = document;
  const policy = document.querySelector<HTMLMetaElement>('meta[http-equiv]')?.content ?? '';
  const brand = documentElement.getAttribute('style');
  const own = [...document.querySelectorAll<HTMLScriptElement>('script[id^=sealpost-]')].filter(
    ({ type }) => !type.startsWith(DATA),
  );
  const lines = [
    '<!doctype html>',
    `<html lang="${escapeHtml(language.code)}" dir="${escapeHtml(language.dir)}" translate="no" class="notranslate"${brand === null ? '' : ` style="${escapeHtml(brand)}"`}>`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy.replace(/(?<=connect-src )[^;]*/, "'none'"))}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    // The first of the first paint's.
    `<title>${escapeHtml(splitTexts(language.texts[0])[0] ?? '')}</title>`,
    `<style id="sealpost-style">${document.querySelector('#sealpost-style')?.textContent ?? ''}</style>`,
    '</head>',
    '<body>',
    firstPaint(header.face, language),
    script(`${DATA}header+json`, 'sealpost-header', `\n${wrapLines(fromUtf8(bytes), HEADER_LINE)}\n`),
    ...own.map(({ type, id, text }) => script(type, id, text)),
  ];
  const encoder = new Base85Encoder();
  const payload = (id: number | string, block: Bytes): string =>
    script(`${DATA}payload`, `sealpost-payload-${String(id)}`, `\n${fromUtf8(encoder.encode(block))}\n`);
  yield utf8(`${lines.join('\n')}\n`);
  let count = 0;
  for await (const block of blocks) yield utf8(`${payload(count++, block)}\n`);
  yield utf8(`${payload('end', await makeEndBlock(count, bytes, backend))}\n</body>\n</html>\n`);
}

function script(type: string, id: string, text: string): string {
  return `<script ${type && `type="${escapeHtml(type)}" `}id="${escapeHtml(id)}">${text}</script>`;
}
