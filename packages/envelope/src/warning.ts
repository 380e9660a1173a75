/**
 * Something that the caller should know, and that stops nothing.
 *
 * - `WEAK_PASSPHRASE`: a given passphrase is easy to guess.
 * - `WEAK_ANSWERS`: answers to questions open the envelope without a code.
 * - `RENEW_SECRET`: a prepared secret is older than 90 days.
 * - `SHOWN_SUBJECT`: the subject stands in the face, readable by everybody.
 * - `ORIGINAL_LEFT_OUT`: the exact original did not fit under `maxBytes`.
 * - `LARGE_AS_BASE64`: the envelope fits under `maxBytes` as 7-bit text, but not if a mail system recodes it to base64.
 * - `MIXED_KEYS`: some of the envelope's keys withstand quantum computers and some do not; the weaker ones decide.
 * - `LARGE_FOR_PAGE`: the message is larger than a page opens (256 MiB).
 */
export interface Warning {
  readonly code:
    | 'MIXED_KEYS'
    | 'WEAK_PASSPHRASE'
    | 'WEAK_ANSWERS'
    | 'RENEW_SECRET'
    | 'SHOWN_SUBJECT'
    | 'ORIGINAL_LEFT_OUT'
    | 'LARGE_AS_BASE64'
    | 'LARGE_FOR_PAGE';
  readonly message: string;
}
