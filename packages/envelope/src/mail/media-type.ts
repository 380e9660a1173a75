import { decodeText } from './charset.js';

/** A header value of the form `value; name=value; ...` (RFC 2045, section 5.1; RFC 2183). */
export interface ParameterizedValue {
  /** In lower case, without comments; may be empty. */
  readonly value: string;
  /** By name in lower case. RFC 2231 continuations are joined and decoded; encoded words are not. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A Content-Type whose value is always a valid `type/subtype` in lower case. */
export interface MediaType extends ParameterizedValue {
  readonly multipart: boolean;
}

// RFC 6838, section 4.2: restricted names, at most 127 characters each.
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

/**
 * Reads a Content-Type. A missing one has the default of its place; one that is not `type/subtype` counts as
 * text/plain (RFC 2045, section 5.2). Comments may stand around every token; blanks in an unquoted value are accepted,
 * since file names are written so.
 */
export function readMediaType(field: string | undefined, defaultType: string): MediaType {
  const { value, parameters } = readParameters(field ?? defaultType);
  const type = MEDIA_TYPE.test(value) ? value : field === undefined ? defaultType : 'text/plain';
  return { value: type, parameters, multipart: type.startsWith('multipart/') };
}

/**
 * Reads a parameterized header value. Of a parameter given twice the first counts; the extended form (`name*`) wins
 * over the plain one (RFC 6266, section 4.3, the same reading of RFC 2231).
 */
export function readParameters(source: string): ParameterizedValue {
  // Some programs forget the semicolon before the first parameter.
  const field = source.replace(/^(\s*[^\s;()"=]+)\s+(?=[\w*-]{1,60}=)/, '$1; ');
  let position = 0;
  let unclosedComment = false;

  const skipBlanks = (): void => {
    while (position < field.length) {
      const char = field.charAt(position);
      if (char === '(') position = commentEnd(field, position) ?? field.length;
      else if (char === ' ' || char === '\t' || char === '\r' || char === '\n') position++;
      else return;
    }
  };
  // Up to one of the stops, or to a comment that stands at the end of the token.
  const token = (stops: string): string => {
    const start = position;
    while (position < field.length && !stops.includes(field.charAt(position))) {
      if (field.charAt(position) !== '(' || unclosedComment) {
        position++;
        continue;
      }
      const end = commentEnd(field, position);
      if (end === undefined) unclosedComment = true;
      else if (isTrailing(field, position, end, stops)) break;
      // Jumping over it, and never looking for the same closing parenthesis twice, keeps this linear.
      else position = end;
    }
    const text = field.slice(start, position).trim();
    skipBlanks();
    return text;
  };
  const quoted = (): string => {
    const start = ++position;
    while (position < field.length && field.charAt(position) !== '"')
      position += field.charAt(position) === '\\' ? 2 : 1;
    const text = field.slice(start, position).replace(/\\(.)/gs, '$1');
    position++;
    return text;
  };

  skipBlanks();
  const value = token(';').toLowerCase();
  const plain = new Map<string, string>();
  while (position < field.length) {
    if (field.charAt(position) !== ';') {
      // Left over behind a quoted value: not ours to read.
      position++;
      continue;
    }
    position++;
    skipBlanks();
    const name = token('=;').toLowerCase();
    if (field.charAt(position) !== '=') continue;
    position++;
    skipBlanks();
    const text = field.charAt(position) === '"' ? quoted() : token(';');
    if (name !== '' && !plain.has(name)) plain.set(name, text);
    skipBlanks();
  }
  return { value, parameters: joinContinuations(plain) };
}

/** RFC 2231, sections 3 and 4: `name*0*=utf-8''a%20; name*1="b"` and `name*=utf-8''a%20b`. */
function joinContinuations(plain: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  const sections = new Map<string, { readonly index: number; readonly extended: boolean; readonly text: string }[]>();
  for (const [name, text] of plain) {
    const match = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(name);
    if (match?.[1] === undefined || (match[2] === undefined && match[3] === undefined)) {
      joined.set(name, text);
      continue;
    }
    const list = sections.get(match[1]) ?? [];
    list.push({ index: Number(match[2] ?? 0), extended: match[3] !== undefined, text });
    sections.set(match[1], list);
  }
  for (const [name, list] of sections) {
    list.sort((a, b) => a.index - b.index);
    let label: string | undefined;
    const bytes: Buffer[] = [];
    for (const [order, section] of list.entries()) {
      let text = section.text;
      if (order === 0 && section.extended) {
        const prefix = /^([^']*)'[^']*'/.exec(text);
        label = prefix?.[1];
        text = text.slice(prefix?.[0].length ?? 0);
      }
      bytes.push(section.extended ? percentDecode(text) : Buffer.from(text, 'utf8'));
    }
    joined.set(name, decodeText(Buffer.concat(bytes), label === '' ? undefined : label).text);
  }
  return joined;
}

function percentDecode(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const hex = bytes[i] === 0x25 ? bytes.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16);
      i += 2;
    } else {
      bytes[length++] = bytes[i] ?? 0;
    }
  }
  return bytes.subarray(0, length);
}

/** The offset behind a comment (RFC 5322, section 3.2.2: comments nest); undefined when it is not closed. */
function commentEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') i++;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i + 1;
  }
  return undefined;
}

/** True for a comment after a token, false for parentheses within an unquoted file name (`name=plan (2).pdf`). */
function isTrailing(text: string, start: number, end: number, stops: string): boolean {
  const before = text.charAt(start - 1);
  if (before !== ' ' && before !== '\t') return false;
  const after = /^[ \t\r\n]*([^ \t\r\n]?)/.exec(text.slice(end, end + 100))?.[1] ?? '';
  return after === '' || after === '(' || stops.includes(after);
}
