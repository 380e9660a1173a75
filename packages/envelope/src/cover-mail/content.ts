import type { LanguageCode } from '@sealpost/reader';
import { coverLanguages } from './i18n/all.js';
import type { CoverLanguage, CoverTextKey } from './i18n/texts.js';

/** What the sender says about itself, checked and each on one line. */
export interface Sender {
  readonly org?: string;
  readonly contact?: string;
  readonly hint?: string;
  /** An `https:` address. */
  readonly opener?: string;
  /** `#rrggbb`. */
  readonly color?: string;
}

/** A piece of a body, for text and HTML alike. */
export type Block =
  | { readonly heading: string }
  | { readonly paragraph: string }
  | { readonly steps: readonly string[] }
  | { readonly label: string; readonly value: string; readonly link: boolean };

/** What a cover mail says in one language. */
export interface Section {
  readonly code: LanguageCode;
  readonly dir: CoverLanguage['dir'];
  readonly blocks: readonly Block[];
}

/** The neutral subject: what kind of mail it is, and of whom. */
export function neutralSubject(code: LanguageCode, { org }: Sender): string {
  const { title } = coverLanguages[code].texts;
  return org === undefined ? title : `${title} (${org})`;
}

/** The languages' own names, in their order; nothing where there is but one. */
export function languageNames(codes: readonly LanguageCode[]): string | undefined {
  return codes.length === 1 ? undefined : codes.map((code) => coverLanguages[code].name).join(' / ');
}

/** What a cover mail tells about its envelope. */
export interface EnvelopeFacts {
  readonly fileName: string;
  readonly form: 'html' | 'data';
  /** What its recipient needs. */
  readonly opensWith: 'passphrase' | 'answers' | 'keys';
}

export function writeSection(
  code: LanguageCode,
  sender: Sender,
  { fileName, form, opensWith }: EnvelopeFacts,
): Section {
  const { dir, texts } = coverLanguages[code];
  const fact = (key: 'org' | 'hint' | 'opener' | 'contact', label: CoverTextKey = key): readonly Block[] => {
    const value = sender[key];
    return value === undefined ? [] : [{ label: texts[label], value, link: key === 'opener' }];
  };
  const openData = sender.opener === undefined ? texts.openSaved : texts.openData;
  const openFile = form === 'html' ? texts.openPage : openData;
  const open = {
    passphrase: [openFile, texts.type],
    answers: [openFile, texts.answer],
    keys: [texts.openKey],
  }[opensWith];
  return {
    code,
    dir,
    blocks: [
      { heading: texts.title },
      ...fact('org'),
      { paragraph: texts.lead.replace('{file}', fileName) },
      ...(form === 'data' ? [{ paragraph: texts.dataFile }] : []),
      { heading: texts.howTo },
      { steps: [texts.save, ...open] },
      ...fact('hint', opensWith === 'answers' ? 'codeHint' : 'hint'),
      ...fact('opener'),
      ...(form === 'html' ? [{ paragraph: texts.phone }] : []),
      // Whose key opens it has a program of their own.
      ...(form === 'data' && opensWith !== 'keys' ? [{ paragraph: texts.local }] : []),
      { paragraph: texts.never },
      { paragraph: texts.doubt },
      ...fact('contact'),
    ],
  };
}
