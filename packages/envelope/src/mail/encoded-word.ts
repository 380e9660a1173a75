import { decodeBase64 } from './base64.js';
import { decodeText } from './charset.js';

// RFC 2047, section 2, with what is seen in real mail: blanks in the text, and RFC 2231's language after the charset.
const ENCODED_WORD = /=\?([^?*\s]{1,60})(?:\*[^?\s]{0,60})?\?([bBqQ])\?([^?]*)\?=/g;

interface Word {
  readonly charset: string;
  readonly bytes: Uint8Array;
}

/**
 * Decodes the encoded words (RFC 2047) of a header value. Blanks between two of them go (section 6.2). Words of one
 * charset that follow each other are decoded together, since many programs split a text inside a character, against
 * section 5; postal-mime's decoder shows "?" there (postalsys/postal-mime#68).
 */
export function decodeEncodedWords(value: string): string {
  return replaceEncodedWords(value, (text) => text);
}

/**
 * Writes every run of encoded words as one word in UTF-8 and base64, so that a parser of structured fields can still tell
 * what was encoded (a comma in a name) from what was not, and decodes it right.
 */
export function mergeEncodedWords(value: string): string {
  return replaceEncodedWords(value, (text) => `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`);
}

function replaceEncodedWords(value: string, write: (text: string) => string): string {
  if (!value.includes('=?')) return value;
  let result = '';
  let position = 0;
  let run: Word[] = [];
  const flush = (): void => {
    if (run.length > 0) result += write(decodeRun(run));
    run = [];
  };
  for (const match of value.matchAll(ENCODED_WORD)) {
    const between = value.slice(position, match.index);
    if (run.length === 0 || between.trim() !== '') {
      flush();
      result += between;
    }
    run.push({ charset: (match[1] ?? '').toLowerCase(), bytes: decodeWord(match[2] ?? '', match[3] ?? '') });
    position = match.index + match[0].length;
  }
  flush();
  return result + value.slice(position);
}

function decodeRun(run: readonly Word[]): string {
  let text = '';
  for (let from = 0; from < run.length;) {
    const charset = run[from]?.charset ?? '';
    let to = from;
    while (to < run.length && run[to]?.charset === charset) to++;
    const words = run.slice(from, to).map((word) => word.bytes);
    // ISO-2022-JP words each begin in ASCII, so decoding them together or one by one is the same.
    text += decodeText(Buffer.concat(words), charset).text;
    from = to;
  }
  return text;
}

function decodeWord(encoding: string, text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  if (encoding === 'b' || encoding === 'B') return decodeBase64(bytes).bytes;
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const hex = byte === 0x3d ? bytes.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16);
      i += 2;
    } else {
      bytes[length++] = byte === 0x5f ? 0x20 : byte;
    }
  }
  return bytes.subarray(0, length);
}
