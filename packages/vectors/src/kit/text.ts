/** What transport may do to a file's text without harm (section 8.4). */
export type Encoding =
  'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'utf-16be' | 'utf-16le without mark' | 'utf-16be without mark';

/** A file's bytes. Characters beyond U+00FF do not occur; each other one is one byte of a `utf-8` file. */
export function encodeText(text: string, encoding: Encoding = 'utf-8'): Uint8Array {
  if (encoding === 'utf-8') return new Uint8Array(Buffer.from(text, 'latin1'));
  if (encoding === 'utf-8 with mark') return new Uint8Array(Buffer.from(`\u00ef\u00bb\u00bf${text}`, 'latin1'));
  const units = Buffer.from(encoding.endsWith('without mark') ? text : `\ufeff${text}`, 'utf16le');
  return new Uint8Array(encoding.startsWith('utf-16le') ? units : units.swap16());
}

/**
 * The text of a file, its lines ended by LF, without a byte order mark. Every other byte of an 8-bit file stays one
 * character: those beyond ASCII have no meaning in an envelope and make whatever holds them wrong.
 */
export function decodeText(file: Uint8Array): string {
  return decode(Buffer.from(file)).replace(/\r\n?/g, '\n');
}

function decode(file: Buffer): string {
  const mark = file.toString('hex', 0, 3);
  if (mark === 'efbbbf') return file.toString('latin1', 3);
  const isMarked = /^(?:fffe|feff)/.test(mark);
  const even = file.subarray(isMarked ? 2 : 0, file.length - (file.length % 2));
  if (mark.startsWith('fffe') || (!isMarked && file[1] === 0)) return even.toString('utf16le');
  if (mark.startsWith('feff') || file[0] === 0) return Buffer.from(even).swap16().toString('utf16le');
  return file.toString('latin1');
}
