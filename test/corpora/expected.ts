import type { EnvelopeErrorCode } from '@sealpost/core';

/** A mail in the corpora that is not sealed, and why. */
export interface Refusal {
  readonly code: EnvelopeErrorCode;
  readonly reason: string;
}

/** A mail that is read otherwise than by Python's `email`: in what, and why ours is right, or at least as good. */
export interface Difference {
  readonly in: readonly ('text' | 'html' | 'attachment')[];
  readonly reason: string;
}

export const REFUSALS: Readonly<Record<string, Refusal>> = {
  'stalwart/malformed/002.eml': {
    code: 'BAD_MAIL',
    reason: 'a multipart without a single delimiter line, so its content belongs to no part',
  },
  'stalwart/malformed/004.eml': {
    code: 'BAD_MAIL',
    reason: 'the boundary is "a", the lines are "--ab" and "--ac": none of them is a delimiter',
  },
};

const TEXT_INTO_HTML =
  'a text without an HTML form stands between or after HTML parts: it is put into the HTML body, too';
const NAMED_TEXT = 'a text with a file name behind the body is an attachment here, body for Python';
const NO_FIELD =
  'a line in the header is no field: skipped here and the original kept, for Python the body begins there';
const LAST_CHOICE =
  'two texts in a multipart/alternative: the last is shown (RFC 2046, 5.1.4), Python lists both; the original is kept';

export const DIFFERENCES: Readonly<Record<string, Difference>> = {
  'mailparser/mixed.eml': { in: ['html'], reason: TEXT_INTO_HTML },
  'postal-mime/mixed.eml': { in: ['html'], reason: TEXT_INTO_HTML },
  'stalwart/rfc/007.eml': { in: ['html'], reason: TEXT_INTO_HTML },
  'stalwart/legacy/030.eml': { in: ['text'], reason: NAMED_TEXT },
  'stalwart/legacy/042.eml': { in: ['text'], reason: NAMED_TEXT },
  'stalwart/legacy/047.eml': { in: ['text'], reason: NAMED_TEXT },
  'stalwart/malformed/005.eml': {
    in: ['text'],
    reason:
      'boundaries "a--" and "a----": "--a----" is a delimiter of the inner one here, the end of the outer for Python, which finds no part',
  },
  'stalwart/malformed/008.eml': {
    in: ['text', 'html'],
    reason: `${TEXT_INTO_HTML}, and there is no text of the whole`,
  },
  'stalwart/malformed/012.eml': {
    in: ['attachment'],
    reason:
      'no boundary is closed: Python takes the last line break for that of a delimiter, here it belongs to the part',
  },
  'stalwart/malformed/017.eml': {
    in: ['attachment'],
    reason: 'no semicolon between type and boundary: Python finds no part, here the image is found',
  },
  'stalwart/malformed/019.eml': {
    in: ['text', 'html'],
    reason: `made by a fuzzer; ${NO_FIELD}`,
  },
  'mikel-mail/plain_emails/raw_email_incorrect_header.eml': { in: ['text'], reason: NO_FIELD },
  'mikel-mail/rfc2822/example13.eml': {
    in: ['text'],
    reason: 'blanks before the colon (RFC 5322, 4.5.8): fields here, the end of the header for Python',
  },
  'stalwart/thirdparty/012.eml': {
    in: ['attachment'],
    reason:
      'the boundary is folded within its quotes: unfolded here (RFC 5322, 2.2.3), kept with its line break by Python, which finds no part',
  },
  'stalwart/thirdparty/000.eml': { in: ['text'], reason: LAST_CHOICE },
  'stalwart/thirdparty/001.eml': { in: ['text'], reason: LAST_CHOICE },
};
