/**
 * Every text of the page has a key; `{n}`, `{name}` and `{date}` stand for values. A language holds the texts without their keys,
 * in this order. Behind them stand the forms of those that depend on a number, for each of {@link FORMS} but the first.
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
  'tooLong',
  'handling',
  'expires',
  'after',
  'archive',
  'signed',
  'unchecked',
  'print',
  'lock',
  'locked',
  // Attachments
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
  // Texts that depend on a number: last, and their forms behind them
  'attachments',
  'blocked',
  'idle',
] as const;

export type Key = (typeof KEYS)[number];

/** Texts that depend on a number. */
export type CountedKey = Extract<Key, 'attachments' | 'blocked' | 'idle'>;

/** Forms of a text that depends on a number, as `Intl.PluralRules` names them. The first is the text itself. */
export const FORMS = ['other', 'zero', 'one', 'two', 'few', 'many'] as const;

/** A form's key; a language has those that it tells apart. */
export type PluralKey = `${CountedKey}.${Exclude<(typeof FORMS)[number], 'other'>}`;

/** One language, complete: tsc sees to it. */
export interface Strings {
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  /** The language's own name. */
  readonly name: string;
  readonly strings: Readonly<Record<Key, string> & Partial<Record<PluralKey, string>>>;
}
