import { EnvelopeError, type LanguageBlock } from '@sealpost/core';
import { languageBlocks, LANGUAGES, type LanguageCode } from '@sealpost/reader';

/** Whether the page of this release speaks a language. */
export function isLanguage(code: string): code is LanguageCode {
  return (LANGUAGES as readonly string[]).includes(code);
}

/** The languages asked for, each once, in that order. Throws `INVALID_ARGUMENT` for one that the page does not have. */
export function checkLanguages(codes: readonly string[]): readonly LanguageCode[] {
  const list: unknown = codes;
  if (!Array.isArray(list) || list.length === 0) {
    throw new EnvelopeError('INVALID_ARGUMENT', `languages is not a list of some of ${LANGUAGES.join(', ')}`);
  }
  return [...new Set(codes)].map((code) => {
    if (!isLanguage(code)) {
      throw new EnvelopeError(
        'INVALID_ARGUMENT',
        `language ${JSON.stringify(code)} is not one of ${LANGUAGES.join(', ')}`,
      );
    }
    return code;
  });
}

/** Blocks of the languages asked for. Throws as {@link checkLanguages} does. */
export function chooseLanguages(codes: readonly string[]): readonly LanguageBlock[] {
  return checkLanguages(codes).map((code) => languageBlocks[code]);
}
