import { concat, fromAscii, utf8, type Bytes } from '../bytes.js';
import type { Backend } from '../crypto/backend.js';
import { EnvelopeError } from '../errors.js';
import { makeEndBlock } from '../payload/end-block.js';
import { Base85Encoder } from '../wire/base85-encode.js';
import type { ParsedHeader } from '../wire/header.js';
import { brandStyle } from './brand.js';
import { contentSecurityPolicy } from './csp.js';
import { firstPaint } from './first-paint.js';
import { escapeHtml, wrapLines } from './inline.js';
import { readLanguage, splitTexts, type Language } from './language.js';
import {
  DATA_FORM_LINE,
  END_ID,
  HEADER_TAG,
  LANGUAGE_TAG,
  moduleTag,
  payloadTag,
  SCRIPT_END,
  STYLE_TAG,
} from './markup.js';
import { RUNTIME_MODULES, type LanguageBlock, type Runtime } from './runtime.js';

/** What an HTML envelope consists of besides header and payload. */
export interface Page {
  readonly runtime: Runtime;
  /** At least one; the first is the language of the first paint. */
  readonly languages: readonly LanguageBlock[];
}

const HEADER_LINE = 900;

/**
 * The file of an envelope, piece by piece: ASCII bytes. A pure function of its arguments (with the blocks' content), so that
 * {@link inspectEnvelope} can assemble a file again and compare. A piece is the taker's until it asks for the next; its memory is
 * then used again. So it is with the blocks. Throws `INVALID_ARGUMENT` where an HTML envelope has no language, and like `readLanguage`.
 */
export async function* assemble(
  { header, bytes }: ParsedHeader,
  page: Page | undefined,
  blocks: AsyncIterable<Bytes>,
  backend: Backend,
): AsyncGenerator<Bytes, void, undefined> {
  const headerText = wrapLines(fromAscii(bytes), HEADER_LINE);
  if (page === undefined) yield utf8(`${DATA_FORM_LINE}\n${headerText}\n`);
  else yield concat(utf8(await pageHead(header, headerText, page, backend)), modulesText(page.runtime));
  const [opening, closing] =
    page === undefined
      ? [(): string => '\n', '']
      : [(id: number | typeof END_ID): string => `${payloadTag(id)}\n`, `${SCRIPT_END}\n`];
  const encoder = new Base85Encoder();
  let count = 0;
  for await (const block of blocks) {
    yield utf8(opening(count++));
    yield encoder.encode(block);
    yield utf8(`\n${closing}`);
  }
  const end = fromAscii(encoder.encode(await makeEndBlock(count, bytes, backend)));
  yield utf8(`${opening(END_ID)}${end}\n${closing}${page === undefined ? '' : '</body>\n</html>\n'}`);
}

/** Encoded once: it is nearly all of a short message's file. Never given away, only copied. */
const modulesOf = new WeakMap<Runtime, Bytes>();

function modulesText(runtime: Runtime): Bytes {
  const known = modulesOf.get(runtime);
  if (known !== undefined) return known;
  const scripts = RUNTIME_MODULES.flatMap((name) => {
    const code = runtime.modules[name];
    return code === undefined ? [] : [`${moduleTag(name)}${code}${SCRIPT_END}\n`];
  });
  const text = utf8(scripts.join(''));
  modulesOf.set(runtime, text);
  return text;
}

/** All that stands before the modules. */
async function pageHead(
  header: ParsedHeader['header'],
  headerText: string,
  { runtime, languages }: Page,
  backend: Backend,
): Promise<string> {
  const [first] = languages;
  if (first === undefined) throw new EnvelopeError('INVALID_ARGUMENT', 'an HTML envelope needs at least one language');
  const language = await languageOf(first, backend);
  const brand = header.face.color === undefined ? '' : ` style="${brandStyle(header.face.color)}"`;
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language.code)}" dir="${language.dir}" translate="no" class="notranslate"${brand}>`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${await contentSecurityPolicy(runtime, header.connect, backend)}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    // The first of the first paint's.
    `<title>${escapeHtml(splitTexts(language.texts[0])[0] ?? '')}</title>`,
    `${STYLE_TAG}${runtime.style}</style>`,
    '</head>',
    '<body>',
    firstPaint(header.face, language),
    HEADER_TAG,
    headerText,
    SCRIPT_END,
    ...languages.map(({ code, json }) => `${LANGUAGE_TAG}${escapeHtml(code)}">\n${json}\n${SCRIPT_END}`),
    '',
  ].join('\n');
}

/** Unpacked once: a gateway writes the same languages into every envelope. */
const languageOfBlock = new WeakMap<LanguageBlock, Language>();

async function languageOf(block: LanguageBlock, backend: Backend): Promise<Language> {
  const known = languageOfBlock.get(block);
  if (known !== undefined) return known;
  const language = await readLanguage(block.json, backend);
  languageOfBlock.set(block, language);
  return language;
}
