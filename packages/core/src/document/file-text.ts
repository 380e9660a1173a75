import { fromUtf8 } from '../bytes.js';

/** The bytes of a file as text, undoing what transport does to ASCII (spec/envelope-v1.md, section 8.4). */

function startsWith(bytes: Uint8Array, ...prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/** Which Unicode encoding the first bytes show. Without a byte order mark, ASCII in UTF-16 has a zero in every pair. */
function encodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' {
  const [first, second] = bytes;
  if (startsWith(bytes, 0xff, 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return 'utf-8';
}

/**
 * Text with LF line ends. Bytes outside ASCII become some character outside ASCII, which no envelope holds where it
 * matters. There are never more characters than bytes, and where all are ASCII, as many; so large files stay small in memory.
 */
export function fileText(input: Uint8Array | string): string {
  const text = typeof input === 'string' ? input : decode(input);
  const unmarked = text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '');
  return unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
}

/** As UTF-8 engines decode ASCII fastest, and without a copy on the way; what is no UTF-8 is read byte by byte. */
function decode(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  try {
    return fromUtf8(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
