/** Bounds on what the opener looks at. Whatever an envelope itself may hold, core bounds. */

/** Largest file that is read. Stops: filling a phone's memory with a film that was chosen by mistake; no mail is so large. */
export const MAX_FILE_BYTES: number = 256 * 1_048_576;

/** Largest file that is taken apart as a mail. Stops: a mail reader's copies of a file that is not a mail. */
export const MAX_MAIL_BYTES: number = 64 * 1_048_576;

/** Most lines of a mail. Stops: a mail of empty lines, of which a parser's copy is a hundred times as large. The largest has fewer, at 76 characters each. */
export const MAX_MAIL_LINES = 1_000_000;

/** Most lines of a mail that begin as those between its parts do. Stops: a hundred thousand parts, each a node of its own. */
export const MAX_MARKS = 10_000;

/** Most bytes of a mail's headers, all parts together. Stops: lists of addresses that take seconds to read. */
export const MAX_MAIL_HEADER_BYTES = 524_288;

/** Deepest part within part of a mail. Stops: a line that is compared with thousands of boundaries. */
export const MAX_MAIL_DEPTH = 64;

/** Most line ends in a file. Stops: a file of nothing else, in which changing each takes a hundred times its size. Ten times what an envelope has. */
export const MAX_LINES = 4_000_000;

/** Most blocks of an envelope. Stops: a million elements in the page. A file of the largest size has fewer that are full. */
export const MAX_ENVELOPE_BLOCKS = 256;

/** Most files looked at in one go. Stops: a whole folder, dropped by mistake. */
export const MAX_FILES = 50;

/** Most parts of one mail that are looked at. Stops: a mail of a hundred thousand empty attachments. */
export const MAX_PARTS = 200;

/** Deepest mail within mail. Stops: the same attachment, decoded again at every level. */
export const MAX_FORWARD_DEPTH = 3;
