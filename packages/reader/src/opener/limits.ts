/** Bounds on what the opener looks at. Whatever an envelope itself may hold, core bounds. */

/** Largest file that is read. Stops: filling a phone's memory with a film that was chosen by mistake; no mail is so large. */
export const MAX_FILE_BYTES: number = 256 * 1_048_576;

/** Largest file that is taken apart as a mail. Stops: a mail reader's copies of a file that is not a mail. */
export const MAX_MAIL_BYTES: number = 64 * 1_048_576;

/** Most files looked at in one go. Stops: a whole folder, dropped by mistake. */
export const MAX_FILES = 50;

/** Most parts of one mail that are looked at. Stops: a mail of a hundred thousand empty attachments. */
export const MAX_PARTS = 200;

/** Deepest mail within mail. Stops: the same attachment, decoded again at every level. */
export const MAX_FORWARD_DEPTH = 3;
