/** Every text of the page has a key; `{n}`, `{name}` and `{date}` stand for values. */
export type Key =
  // The first paint, which core writes
  | 'title'
  | 'lead'
  | 'subject'
  | 'date'
  | 'howTo'
  | 'step1'
  | 'step2'
  | 'step3'
  | 'stuck'
  | 'preview'
  | 'phone'
  | 'never'
  | 'contact'
  | 'opener'
  // Unlocking
  | 'passphrase'
  | 'hint'
  | 'show'
  | 'open'
  | 'checking'
  | 'reading'
  | 'slow'
  | 'cancel'
  | 'empty'
  | 'language'
  // The two panels below the form
  | 'help'
  | 'helpPassphrase'
  | 'helpSafe'
  | 'helpDoubt'
  | 'forgot'
  | 'forgotWhy'
  | 'forgotMail'
  | 'forgotSubject'
  | 'forgotBody'
  // Why it did not open
  | 'wrong'
  | 'cutOff'
  | 'altered'
  | 'damaged'
  | 'again'
  | 'version'
  | 'limit'
  | 'notEnvelope'
  | 'oldBrowser'
  | 'framed'
  | 'insecure'
  | 'failed'
  // The message
  | 'noSubject'
  | 'from'
  | 'to'
  | 'cc'
  | 'body'
  | 'noBody'
  | 'asText'
  | 'asHtml'
  | 'quote'
  | 'blocked'
  | 'tooLong'
  | 'handling'
  | 'expires'
  | 'after'
  | 'archive'
  | 'idle'
  | 'print'
  | 'lock'
  | 'locked'
  // Attachments
  | 'attachments'
  | 'saveAll'
  | 'saveMail'
  | 'view'
  | 'viewName'
  | 'hide'
  | 'onlyStart'
  | 'save'
  | 'saveName'
  | 'saved'
  | 'danger'
  | 'saveAnyway'
  | 'notSaved';

/** Texts that depend on a number. */
export type CountedKey = Extract<Key, 'attachments' | 'blocked' | 'idle'>;

/** Forms of a text that depends on a number: `key.one` and so on, by `Intl.PluralRules`; `key` itself is "other". */
export type PluralKey = `${CountedKey}.${'zero' | 'one' | 'two' | 'few' | 'many'}`;

/** One language, complete: tsc sees to it. */
export interface Strings {
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  /** The language's own name. */
  readonly name: string;
  readonly strings: Readonly<Record<Key, string> & Partial<Record<PluralKey, string>>>;
}
