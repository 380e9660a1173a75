import { deflateRawSync } from 'node:zlib';
import { writeLanguage, type Language, type LanguageBlock } from '@sealpost/core';

/** The block of a language that no release has. */
export function languageBlock(
  texts: Language['texts'],
  { code = 'en', dir = 'ltr', name = code }: Partial<Omit<Language, 'texts'>> = {},
): LanguageBlock {
  const json = writeLanguage({ code, dir, name, texts }, (bytes) => Uint8Array.from(deflateRawSync(bytes)));
  return { code, json };
}
