/** The bytes of a file as text, undoing what transport does to ASCII (spec/envelope-v1.md, section 8.4). */

function startsWith(bytes: Uint8Array, ...prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/** Which Unicode encoding the first bytes show. Without a byte order mark, ASCII in UTF-16 has a zero in every pair. */
function encodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'latin1' {
  const [first, second] = bytes;
  if (startsWith(bytes, 0xff, 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return 'latin1';
}

/**
 * Text with LF line ends. Bytes outside ASCII become some character outside ASCII, which no envelope holds where it
 * matters; so one byte stays one character, and large files stay small in memory.
 */
export function fileText(input: Uint8Array | string): string {
  const text = typeof input === 'string' ? input : decode(input);
  const unmarked = text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '');
  return unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}
