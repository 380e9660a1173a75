/**
 * Every text of the page has a key; `{n}`, `{time}`, `{name}` and `{date}` stand for values. A language holds the texts without their keys,
 * in this order. None needs another form for another number: "Attachments (3)".
 */
export const KEYS = [
  // The first paint, which core writes, in the order of its `FIRST_PAINT_KEYS`
  'title',
  'lead',
  'hint',
  'subject',
  'date',
  'howTo',
  'step1',
  'step2',
  'step3',
  'stuck',
  'preview',
  'phone',
  'never',
  'contact',
  'opener',
  'step3Ask',
  // Unlocking
  'passphrase',
  'show',
  'open',
  'checking',
  'reading',
  'slow',
  'cancel',
  'empty',
  'code',
  'language',
  // The two panels below the form
  'help',
  'helpPassphrase',
  'helpAsk',
  'helpSafe',
  'helpDoubt',
  'forgot',
  'forgotAsk',
  'forgotWhy',
  'forgotMail',
  'forgotSubject',
  'forgotBody',
  // Why it did not open
  'wrong',
  'wrongAsk',
  'cutOff',
  'altered',
  'damaged',
  'again',
  'version',
  'limit',
  'notEnvelope',
  'framed',
  'insecure',
  'failed',
  // The message
  'noSubject',
  'from',
  'to',
  'cc',
  'body',
  'noBody',
  'asText',
  'asHtml',
  'quote',
  'blocked',
  'tooLong',
  'handling',
  'expires',
  'after',
  'archive',
  'signed',
  'unchecked',
  'idle',
  'print',
  'lock',
  'locked',
  // Attachments
  'attachments',
  'saveAll',
  'saveMail',
  'view',
  'viewName',
  'hide',
  'onlyStart',
  'save',
  'saveName',
  'saved',
  'danger',
  'saveAnyway',
  'notSaved',
] as const;

export type Key = (typeof KEYS)[number];

/** One language, complete: tsc sees to it. */
export interface Strings {
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  /** The language's own name. */
  readonly name: string;
  readonly strings: Readonly<Record<Key, string>>;
}
