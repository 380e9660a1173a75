import { EnvelopeError } from '@sealpost/core';

/** Texts that anybody can read, by where they stand. */
export type ShownTexts = readonly (readonly [where: string, text: string | undefined])[];

/**
 * The secret never travels in the mail that it protects. Throws `INVALID_ARGUMENT` where one of the texts holds the passphrase or code,
 * also in other capitals, or with other blanks, hyphens, dots and commas in it: an envelope may open with that, too.
 */
export function refuseShownSecret(name: 'passphrase' | 'code', secret: unknown, texts: ShownTexts): void {
  if (secret === undefined) return;
  if (typeof secret !== 'string' || secret === '') {
    throw new EnvelopeError('INVALID_ARGUMENT', `sealed.${name} is not a text; leave it out where you have none`);
  }
  const folded = fold(secret);
  // One of separators only is looked for as it is.
  const holds = (text: string): boolean => (folded === '' ? text.includes(secret) : fold(text).includes(folded));
  const where = texts.find(([, text]) => text !== undefined && holds(text))?.[0];
  if (where === undefined) return;
  throw new EnvelopeError(
    'INVALID_ARGUMENT',
    `the ${name} stands in ${where}, which anybody can read; tell it to the recipient another way`,
  );
}

/** Coarser than each way of reading a typed passphrase (spec/envelope-v1.md, section 6), so that it finds all of them. */
function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\p{Z}\p{Cc}_.,\u2010-\u2015-]+/gu, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1');
}
