/** What a cover mail says. `{file}` stands for the name of the attached file. */
export type CoverTextKey =
  /** The neutral subject, and the heading. */
  | 'title'
  | 'lead'
  /** Of the data form: why nothing happens when it is clicked. */
  | 'dataFile'
  /** Labels; a value that the sender gave follows. The hint is to a passphrase, or to the code that belongs to answers. */
  | 'org'
  | 'hint'
  | 'codeHint'
  | 'opener'
  | 'contact'
  | 'howTo'
  | 'save'
  /** Step 2 for the HTML form, and for the data form: where the sender named an opener page, whose address stands below, and where not. */
  | 'openPage'
  | 'openData'
  | 'openSaved'
  /** The last step where only keys open the envelope. */
  | 'openKey'
  /** The last step where a passphrase opens the envelope, and where answers do. */
  | 'type'
  | 'answer'
  /** What else to know of the HTML form, and of the page that opens the data form. */
  | 'phone'
  | 'local'
  | 'never'
  | 'doubt';

/** One language of the cover mail, complete: tsc sees to it. */
export interface CoverLanguage {
  readonly dir: 'ltr' | 'rtl';
  /** The language's own name. */
  readonly name: string;
  readonly texts: Readonly<Record<CoverTextKey, string>>;
}
