import { escapeHtml, htmlText } from '@sealpost/core';
import type { Block, Section } from './content.js';

/**
 * The body as HTML: ASCII in lines of less than 998 characters. One table and inline styles, which Outlook reads; no colour but
 * that of a line, so that a dark mail program chooses its own; no picture, and no link but the opener's address.
 */
export function writeHtml(
  sections: readonly Section[],
  languages: string | undefined,
  { title, color = '#808080' }: { readonly title: string; readonly color?: string | undefined },
): string {
  const [first] = sections;
  return [
    '<!doctype html>',
    element('html', { lang: first?.code, dir: first?.dir }),
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${htmlText(title)}</title>`,
    '</head>',
    '<body style="margin: 0; padding: 16px">',
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width: 600px">',
    ...(languages === undefined ? [] : row({}, [`<p>${htmlText(languages)}</p>`], color)),
    ...sections.flatMap(({ code, dir, blocks }) => row({ lang: code, dir }, blocks.flatMap(writeBlock), color)),
    '</table>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const FONT = 'font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5';

function row(language: Attributes, lines: readonly string[], color: string): readonly string[] {
  const style = `padding: 8px 0; border-top: 3px solid ${color}; ${FONT}`;
  return ['<tr>', element('td', { ...language, style }), ...lines, '</td>', '</tr>'];
}

function writeBlock(block: Block): readonly string[] {
  if ('heading' in block) return [`<p style="font-weight: bold">${htmlText(block.heading)}</p>`];
  if ('paragraph' in block) return [`<p>${htmlText(block.paragraph)}</p>`];
  if ('steps' in block) return ['<ol>', ...block.steps.map((step) => `<li>${htmlText(step)}</li>`), '</ol>'];
  const { label, value, link } = block;
  // A value is in a language and a direction of its own.
  const shown = link
    ? [element('a', { href: value, dir: 'ltr' }), `<b>${htmlText(value)}</b></a></p>`]
    : [`<b dir="auto">${htmlText(value)}</b></p>`];
  return [`<p>${htmlText(label)}<br>`, ...shown];
}

type Attributes = Readonly<Record<string, string | undefined>>;

/** A start tag; an attribute without a value is left out. */
function element(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value = '']) => ` ${key}="${escapeHtml(value)}"`);
  return `<${name}${written.join('')}>`;
}
