/**
 * Every text of the module `reply` has a key here, and in each language's file beside this one; tsc sees that none is missing. A block holds
 * the texts without their keys, in this order.
 */
export const REPLY_KEYS = ['reply', 'replyAll', 'forward'] as const;

export type ReplyKey = (typeof REPLY_KEYS)[number];

/** The module's texts in one language, complete. */
export type ReplyStrings = Readonly<Record<ReplyKey, string>>;
