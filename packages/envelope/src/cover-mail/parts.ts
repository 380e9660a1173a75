import type { MessageHeaders } from '@sealpost/core';

/** `7bit`: as it is, with CRLF. */
export type Transfer = '7bit' | 'base64';

/** A mail around a file, all of it checked. */
export interface CoverMailParts {
  readonly headers: MessageHeaders;
  /** Lines end in LF. */
  readonly text: string;
  /** ASCII in lines that fit into a mail, ending in LF. */
  readonly html: string;
  readonly file: Uint8Array;
  /** Letters, digits, `.`, `_` and `-`. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly transfer: Transfer;
}
