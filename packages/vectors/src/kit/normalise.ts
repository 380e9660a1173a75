import { utf8 } from './bytes.js';

/** How a passphrase becomes bytes (section 6). */
export type Norm = 'opaque' | 'words' | 'code';

const separators = '[\\p{Zs}\\t\\n\\r\\-_.,\\u2010-\\u2015]';

/** The passphrase's bytes, or undefined where they are none or more than 1,024. */
export function normalise(passphrase: string, norm: Norm): Uint8Array | undefined {
  const bytes = utf8(rules[norm](passphrase));
  return bytes.length >= 1 && bytes.length <= 1024 ? bytes : undefined;
}

const rules: Readonly<Record<Norm, (text: string) => string>> = {
  opaque: (text) => text.replace(/\p{Zs}/gu, ' ').normalize('NFC'),
  words: (text) =>
    text
      .normalize('NFC')
      .toLowerCase()
      .normalize('NFC')
      .replace(new RegExp(`${separators}+`, 'gu'), ' ')
      .replace(/^ | $/g, ''),
  code: (text) =>
    text
      .replace(/[a-z]/g, (letter) => letter.toUpperCase())
      .replace(new RegExp(separators, 'gu'), '')
      .replaceAll('O', '0')
      .replace(/[IL]/g, '1'),
};
