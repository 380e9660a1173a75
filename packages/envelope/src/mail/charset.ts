import { base64Value } from './base64.js';
import { inPieces } from './in-pieces.js';
import { latin1 } from './latin1.js';

/** Text, and whether its bytes were valid in the charset used: if not, some characters are U+FFFD or guessed. */
export interface DecodedText {
  readonly text: string;
  readonly exact: boolean;
}

// Names in use that the WHATWG Encoding Standard, and so TextDecoder, does not know.
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['windows-932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['ks_c_5601', 'euc-kr'],
  ['iso-2022-jp-1', 'iso-2022-jp'],
  ['iso-2022-jp-2', 'iso-2022-jp'],
  ['iso-2022-jp-3', 'iso-2022-jp'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['cp50220', 'iso-2022-jp'],
  ['cp50221', 'iso-2022-jp'],
  ['koi8', 'koi8-r'],
  ['utf8mb4', 'utf-8'],
  ['cp65001', 'utf-8'],
  ['unicode-1-1-utf-7', 'utf-7'],
  ['utf7', 'utf-7'],
  ['cp65000', 'utf-7'],
]);

const PLUS = 0x2b;
const HYPHEN = 0x2d;

// The bytes 0x80 to 0x9F of windows-1252 (WHATWG Encoding Standard, index-windows-1252).
const WINDOWS_1252_C1 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

// eslint-disable-next-line no-control-regex -- an escape sequence begins with ESC
const ISO_2022_JP_ESCAPE = /\u001b(?:\$[@B]|\([JI])/;

/**
 * Decodes bytes whose charset was declared with this name. An unknown name, and one that cannot be meant (`us-ascii` over
 * 8-bit bytes), is treated like none. A byte order mark of UTF-8 is not part of the text.
 */
export function decodeText(bytes: Uint8Array, label?: string): DecodedText {
  const name = normalizeLabel(label);
  if (name === undefined) return decodeUnlabelled(bytes);
  if (name === 'utf-7') return decodeUtf7(bytes);
  let encoding: string;
  try {
    encoding = new TextDecoder(name).encoding;
  } catch {
    return { text: decodeUnlabelled(bytes).text, exact: isAscii(bytes) };
  }
  if (encoding === 'windows-1252') return { text: decodeWindows1252(bytes), exact: true };
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), exact: true };
  } catch {
    return { text: decodeMislabelled(bytes, encoding), exact: false };
  }
}

/**
 * Bytes that are not valid in their declared charset. What is valid UTF-8 is UTF-8: nothing else looks like it. "UTF-8"
 * without one valid character beyond ASCII is the commonest other charset. What remains was damaged on the way.
 */
function decodeMislabelled(bytes: Uint8Array, encoding: string): string {
  const guessed = decodeUnlabelled(bytes);
  if (guessed.exact && !isAscii(bytes)) return guessed.text;
  const damaged = new TextDecoder(encoding).decode(bytes);
  return encoding === 'utf-8' && !/[\u0080-\ufffc\ufffe\uffff]/.test(damaged) ? guessed.text : damaged;
}

/**
 * Decodes bytes of undeclared charset: US-ASCII with the escapes of ISO-2022-JP (RFC 1468; still sent without a label),
 * else UTF-8 where it is valid (RFC 6532), else windows-1252, which at least loses no byte.
 */
export function decodeUnlabelled(bytes: Uint8Array): DecodedText {
  if (isAscii(bytes)) {
    const text = latin1(bytes);
    if (!ISO_2022_JP_ESCAPE.test(text)) return { text, exact: true };
    return { text: new TextDecoder('iso-2022-jp').decode(bytes), exact: true };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), exact: true };
  } catch {
    return { text: decodeWindows1252(bytes), exact: false };
  }
}

/**
 * Decodes an HTML body. The charset of the part's Content-Type decides; without one a byte order mark or valid UTF-8
 * does, then `<meta charset>` in the first 1,024 bytes (HTML, section "determining the character encoding").
 */
export function decodeHtml(bytes: Uint8Array, label?: string): DecodedText {
  if (normalizeLabel(label) !== undefined) return decodeText(bytes, label);
  const guessed = decodeUnlabelled(bytes);
  if (guessed.exact && !isAscii(bytes)) return guessed;
  const head = latin1(bytes, 0, 1024);
  const declared = /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})/i.exec(head)?.[1];
  return declared === undefined || /^utf-?(?:16|32)/i.test(declared) ? guessed : decodeText(bytes, declared);
}

/** The name in lower case and unquoted; undefined for those that only say "plain ASCII" or "I do not know". */
function normalizeLabel(label = ''): string | undefined {
  const name = label
    .slice(0, 100)
    .replace(/["'\s]/g, '')
    .toLowerCase();
  if (/^(?:|us-?ascii|ascii|ansi_x3\.4-1968|default|unknown|unknown-8bit|x-unknown|binary|7bit|8bit)$/.test(name)) {
    return undefined;
  }
  return ALIASES.get(name) ?? name;
}

// Node 20's TextDecoder turns 0x80 to 0x9F of windows-1252 into control characters (nodejs/node#56542): seen in 20.20.2.
function decodeWindows1252(bytes: Uint8Array): string {
  return inPieces(latin1(bytes), (piece) =>
    piece.replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252_C1.charAt(char.charCodeAt(0) - 0x80)),
  );
}

/**
 * UTF-7 (RFC 2152). TextDecoder refuses it since it let scripts past filters of web pages; here the text is mail that
 * somebody wrote, and leaving it undecoded hides it from the reader and from content rules.
 */
function decodeUtf7(bytes: Uint8Array): DecodedText {
  const out = Buffer.alloc(bytes.length * 2);
  let length = 0;
  let exact = true;
  for (let i = 0; i < bytes.length;) {
    if (bytes[i] !== PLUS) {
      length = out.writeUInt16LE(bytes[i] ?? 0, length);
      i++;
      continue;
    }
    const start = ++i;
    let bits = 0;
    let pending = 0;
    for (let value = base64Value(bytes[i]); value !== undefined; value = base64Value(bytes[++i])) {
      bits = ((bits << 6) | value) & 0xfffff;
      pending += 6;
      if (pending < 16) continue;
      pending -= 16;
      length = out.writeUInt16LE((bits >>> pending) & 0xffff, length);
    }
    // "+-" is a plus sign; a lone "+" is none of UTF-7, but was surely meant.
    if (i === start) length = out.writeUInt16LE(PLUS, length);
    if ((i === start && bytes[i] !== HYPHEN) || pending >= 6) exact = false;
    if (bytes[i] === HYPHEN) i++;
  }
  return { text: out.toString('utf16le', 0, length), exact };
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}
