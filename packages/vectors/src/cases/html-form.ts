import type { Lie } from '../kit/lie.js';
import type { Scenario } from './scenario.js';

const headerTag = '<script type="application/vnd.sealpost.header+json" id="sealpost-header">';
const endTag = blockTag('end');

/** Section 8.3. */
export const htmlForms: readonly Scenario[] = [
  text(
    'other-elements',
    'Policy, style, language blocks and runtime modules stand around the elements.',
    'success',
    (honest) =>
      honest
        .replace(
          '<title>',
          '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n<style>p{color:#000}</style>\n<title>',
        )
        .replace(headerTag, `<p>Hello</p>\n${headerTag}`)
        .replace(
          blockTag(0),
          '<script type="application/json" id="sealpost-lang-en">{"a":"b"}</script>\n<script id="sealpost-open">\nalert(1)\n</script>\n' +
            blockTag(0),
        ),
  ),
  text(
    'tag-within-line',
    'The start tag of the header also stands within a line, where it means nothing.',
    'success',
    (honest) => honest.replace('<title>', `<title>${headerTag}`),
  ),
  text('between', 'Other elements stand between the blocks.', 'success', (honest) =>
    honest.replace(endTag, `<p>\n</p>\n${endTag}`),
  ),
  text('header-missing', 'There is no header.', 'NOT_AN_ENVELOPE', (honest) => without(honest, headerTag)),
  text('header-doubled', 'The header comes twice.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.replace(headerTag, () => element(honest, headerTag) + headerTag),
  ),
  text('header-behind', 'The header comes again behind the blocks.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.replace('</body>', () => `${element(honest, headerTag)}</body>`),
  ),
  text(
    'header-in-block',
    'Within block 0, a line begins with the start tag of a header.',
    'NOT_AN_ENVELOPE',
    (honest) => honest.replace(`${blockTag(0)}\n`, (tag) => `${tag}${headerTag}\n`),
  ),
  text('header-in-comment', 'A comment, which means nothing here, holds another header.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.replace('<body>', () => `<body><!--\n${element(honest, headerTag)}-->`),
  ),
  text('header-in-line', 'The start tag of the header does not begin a line.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.replace(headerTag, ` ${headerTag}`),
  ),
  text('header-single-quotes', 'The start tag of the header has single quotes.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.replace(headerTag, headerTag.replaceAll('"', "'")),
  ),
  text('header-upper-case', 'The start tag of the header has an upper-case name.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.replace(headerTag, headerTag.replace('script', 'SCRIPT')),
  ),
  text(
    'header-attributes-reordered',
    'The attributes of the header are in another order.',
    'NOT_AN_ENVELOPE',
    (honest) => honest.replace(headerTag, '<script id="sealpost-header" type="application/vnd.sealpost.header+json">'),
  ),
  text('header-not-closed', 'The file is cut off within the header.', 'NOT_AN_ENVELOPE', (honest) =>
    honest.slice(0, honest.indexOf(headerTag) + 200),
  ),
  text(
    'plain-page',
    'It is a page without an envelope.',
    'NOT_AN_ENVELOPE',
    () => '<!doctype html><title>t</title><p>Hello\n',
  ),
  text('block-missing', 'Block 0 is missing.', 'DAMAGED', (honest) => without(honest, blockTag(0))),
  text('block-doubled', 'Block 0 comes twice.', 'DAMAGED', (honest) =>
    honest.replace(blockTag(0), () => element(honest, blockTag(0)) + blockTag(0)),
  ),
  text('block-number', 'The only block has the number 1.', 'DAMAGED', (honest) =>
    honest.replace(blockTag(0), blockTag(1)),
  ),
  text('block-leading-zero', 'The number of block 0 is written 00.', 'DAMAGED', (honest) =>
    honest.replace(blockTag(0), blockTag('00')),
  ),
  text('block-before-header', 'Block 0 stands before the header.', 'DAMAGED', (honest) =>
    without(honest, blockTag(0)).replace(headerTag, () => element(honest, blockTag(0)) + headerTag),
  ),
  text('block-behind-end', 'Block 0 stands behind the end block.', 'DAMAGED', (honest) =>
    without(honest, blockTag(0)).replace('</body>', () => `${element(honest, blockTag(0))}</body>`),
  ),
  text('block-not-closed', 'The file is cut off within block 0.', 'DAMAGED', (honest) =>
    honest.slice(0, honest.indexOf(blockTag(0)) + 200),
  ),
  text(
    'block-closed-in-upper-case',
    'Block 0 is closed by an end tag in upper case, which ends nothing here.',
    'DAMAGED',
    (honest) => {
      const block = element(honest, blockTag(0));
      return honest.replace(block, () => block.replace('</script>', '</SCRIPT>'));
    },
  ),
  text('block-reference', 'A digit of block 0 is written as a character reference.', 'DAMAGED', (honest) =>
    honest.replace(`${blockTag(0)}\n`, `${blockTag(0)}\n&#48;`),
  ),
  text('end-missing', 'The end block is missing.', 'DAMAGED', (honest) => without(honest, endTag)),
  text('end-not-closed', 'The file is cut off within the end block.', 'DAMAGED', (honest) =>
    honest.slice(0, honest.indexOf(endTag) + endTag.length + 17),
  ),
  text('end-doubled', 'The end block comes twice.', 'DAMAGED', (honest) =>
    honest.replace(endTag, () => element(honest, endTag) + endTag),
  ),
];

function text(name: string, about: string, expected: Scenario['expected'], lie: Lie<string>): Scenario {
  return { name: `html-form-${name}`, about, section: '8.3', expected, form: 'html', text: lie };
}

function blockTag(id: number | string): string {
  return `<script type="application/vnd.sealpost.payload" id="sealpost-payload-${id}">`;
}

/** The element with this start tag, its line end included. */
function element(page: string, tag: string): string {
  const start = page.indexOf(tag);
  const close = '</script>\n';
  return page.slice(start, page.indexOf(close, start) + close.length);
}

function without(page: string, tag: string): string {
  return page.replace(element(page, tag), '');
}
