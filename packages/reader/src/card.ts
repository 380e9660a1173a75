import type { Bytes, Face } from '@sealpost/core';
import { element } from './dom.js';
import type { Key } from './i18n/keys.js';
import type { Words } from './words.js';

/** What every view of the page shows besides its own. */
export interface Setting {
  readonly words: Words;
  readonly face: Face;
  /** The envelope's; empty where there is none. */
  readonly id: Bytes;
  /** What opens it: a passphrase, answers to the face's questions, these with a code. */
  readonly takesPassphrase: boolean;
  readonly asks: boolean;
  readonly takesCode: boolean;
  /** How much room the first paint's steps took, in CSS. */
  readonly height: string;
  /** Made once: a picture that is loaded again while the page is being left would be reported as blocked. */
  readonly sender: HTMLElement;
  readonly languageMenu: HTMLElement | undefined;
}

/** Who sent it, as the first paint has it, with the logo in the place that was kept for it. */
export function makeSender(face: Face): HTMLElement {
  const header = element('header', { class: 'sender' });
  if (face.logo !== undefined) {
    const src = URL.createObjectURL(new Blob([face.logo]));
    const forget = (): void => {
      URL.revokeObjectURL(src);
    };
    header.append(element('div', { class: 'logo' }, element('img', { alt: '', src, load: forget, error: forget })));
  }
  if (face.org !== undefined) header.append(element('p', { class: 'org' }, element('bdi', {}, face.org)));
  return header;
}

/** The card of the first paint, element for element, with something else in the place of its steps. */
export function card({ words, face, sender, languageMenu }: Setting, place: HTMLElement): HTMLElement {
  const text = words.text;
  const facts = element('dl');
  const fact = (key: Key, value: string | undefined): void => {
    if (value) facts.append(element('dt', {}, text(key)), element('dd', { dir: 'auto' }, value));
  };
  fact('subject', face.subject);
  fact('date', words.date(new Date((face.date ?? NaN) * 1000), 'medium'));
  const care = element('footer', { class: 'care' }, element('p', { class: 'never' }, text('never')));
  const ask = (key: Key, value: string | undefined): void => {
    if (value !== undefined) care.append(element('p', {}, `${text(key)}\n`, element('b', { dir: 'auto' }, value)));
  };
  ask('contact', face.contact);
  ask('opener', face.opener);
  if (languageMenu !== undefined) care.append(languageMenu);
  return element(
    'main',
    { class: 'card' },
    sender,
    element('h1', {}, text('title')),
    element('p', { class: 'lead' }, text('lead')),
    face.hint === undefined
      ? undefined
      : element('p', { id: 'sealpost-hint', class: 'hint' }, `${text('hint')}\n`, element('bdi', {}, face.hint)),
    facts.firstChild === null ? undefined : facts,
    place,
    care,
  );
}
