/**
 * The only place where text becomes part of a page. Four contexts, four functions; nothing else may put a variable
 * text into HTML.
 */

/** Longest line that leaves this package (spec/envelope-v1.md, section 8.4). */
export const MAX_LINE = 990;

/** Text inside an element or a double-quoted attribute, as ASCII. Does not break lines. */
export function escapeHtml(text: string): string {
  return text.replace(/[^ !#-%'-;=?-~]/gu, (character) => `&#${String(character.codePointAt(0))};`);
}

/**
 * Text inside an element, as ASCII, in lines of at most 900 characters none of which begins with `.` or `From `.
 * A line is broken inside a `<wbr>` tag, so that no white space appears where the text has none.
 */
export function htmlText(text: string): string {
  let line = 0;
  let out = '';
  for (const character of text) {
    const escaped = escapeHtml(character);
    if (line + escaped.length > 900) {
      out += '<wbr\n>';
      line = 1;
    }
    out += escaped;
    line += escaped.length;
  }
  return out;
}

/** A value as JSON for a data block: ASCII, without `<`, `>` and `&`. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/^ +/gm, '')
    .replace(/^("[\w.]+":) /gm, '$1')
    .replace(/[<>&\u007f-\uffff]/g, (unit) => `\\u${(unit.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

/** Bundled JavaScript for an inline script. HTML gives three sequences a meaning inside scripts; none of them is left. */
export function scriptText(code: string): string {
  return code.replace(/<(?=!--|\/?script)/gi, '\\x3C');
}

/**
 * Breaks a text in which white space means nothing (the header) into lines of `width` characters; a line that would
 * begin with `.` gets a blank before it.
 */
export function wrapLines(text: string, width: number): string {
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += width) {
    const line = text.slice(start, start + width);
    lines.push(line.startsWith('.') ? ` ${line}` : line);
  }
  return lines.join('\n');
}
