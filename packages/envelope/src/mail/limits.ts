/**
 * Bounds on what `sealpost/mail` reads. Every pass over a mail is linear in its size, so these bounds are what turns
 * "linear" into "a few seconds and some hundred MiB". Real mail stays far below all of them.
 */

/** Largest mail read unless the caller says otherwise. Stops: filling the memory with one huge message. */
export const MAX_RAW_BYTES: number = 64 * 1024 * 1024;

/**
 * Deepest nesting of multiparts. Stops: thousands of nested multiparts, which make recursive readers run out of stack
 * and make each line of the mail be compared with thousands of boundaries.
 */
export const MAX_DEPTH = 64;

/** Most body parts, leaves and multiparts together; an envelope takes 1,024. Stops: a small mail that becomes a million tiny attachments. */
export const MAX_PARTS = 1000;

/**
 * Largest header block of the mail or of one of its parts. Stops: megabytes of one header field, which the parsers of
 * structured fields (addresses, parameters) would have to keep whole.
 */
export const MAX_HEADER_BYTES: number = 256 * 1024;

/** All header blocks of a mail together. Stops: a thousand parts, each with a header block just below the limit. */
export const MAX_HEADERS_BYTES: number = 4 * 1024 * 1024;

/** Most mailboxes over all address fields. Stops: a reader that has to show, and a reply that goes to, a hundred thousand. */
export const MAX_ADDRESSES = 5000;

/** Most identifiers kept from References, the first and the latest (RFC 5537, section 3.4.4). Stops: endless threads. */
export const MAX_REFERENCES = 1000;

/** Longest file name kept, in bytes of UTF-8: as many as an envelope takes. Stops: names that no program can show. */
export const MAX_NAME_BYTES = 4096;

/**
 * Most text, in bytes after transfer decoding, that becomes the body shown. A text part beyond it travels as an
 * attachment. Stops: a 60 MB "text" that freezes the reader's page, and its copies (decoded, escaped) in memory.
 */
export const MAX_BODY_BYTES: number = 16 * 1024 * 1024;

/** Deepest mail within mail that `findEnvelope` looks into. Stops: decoding one attachment again at every level. */
export const MAX_FORWARD_DEPTH = 3;

/** Characters in a line of mail that is written, without its CR LF (RFC 5322, section 2.1.1). */
export const MAX_LINE = 998;
