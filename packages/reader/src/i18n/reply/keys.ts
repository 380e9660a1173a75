/**
 * Every text of the module `reply` has a key here, and in each language's file beside this one; tsc sees that none is missing. A language holds
 * the texts without their keys, in this order.
 */
export const REPLY_KEYS = [
  'reply',
  'toAll',
  'forward',
  'yourMessage',
  'wrote',
  'forwarded',
  'addFiles',
  'tooLarge',
  'remove',
  'seal',
  'sealing',
  'empty',
  'discard',
  'discardAsk',
  'keep',
  'draftBack',
  'sealed',
  'code',
  'tellCode',
  'send',
  'sending',
  'sent',
  'notSent',
  'share',
  'saveFile',
  'writeMail',
  'attach',
  'mailBody',
  'change',
  'done',
  'over',
  'elsewhere',
] as const;

export type ReplyKey = (typeof REPLY_KEYS)[number];

/** The module's texts in one language, complete. */
export type ReplyStrings = Readonly<Record<ReplyKey, string>>;
