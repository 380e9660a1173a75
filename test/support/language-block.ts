import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { writeLanguage, type Language, type LanguageBlock } from '@sealpost/core';
import { decodeBase85 } from '../../packages/core/src/wire/base85-decode.js';

/** The block of a language that no release has. */
export function languageBlock(
  texts: Language['texts'],
  { code = 'en', dir = 'ltr', name = code }: Partial<Omit<Language, 'texts'>> = {},
): LanguageBlock {
  const json = writeLanguage({ code, dir, name, texts }, (bytes) => Uint8Array.from(deflateRawSync(bytes)));
  return { code, json };
}

/** The language of a block, as a scanner or a person would take it apart. */
export function unpacked({ json }: LanguageBlock): Language {
  const { packed, ...language } = JSON.parse(json) as Omit<Language, 'texts'> & { packed: readonly string[] };
  const digits = packed.join('');
  const texts = inflateRawSync(decodeBase85(digits, digits.length)).toString('utf8').split('\n');
  return { ...language, texts: texts as unknown as Language['texts'] };
}
