import { hex } from '@sealpost/core';
import type { Setting } from './card.js';
import { element, type Child } from './dom.js';
import type { Key } from './i18n/keys.js';

/** A plain address, whole: none of the characters around it could belong to it. */
const ADDRESS = /(?<![^\s<(:,;])[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+(?=\.?(?![^\s>),;]))/i;

/** What unfolds below the form: help, and whom to ask for a lost passphrase. Of what is typed, nothing gets here. */
export function panels({ words: { text }, face: { contact }, id, asks }: Setting): readonly HTMLElement[] {
  const [to = ''] = ADDRESS.exec(contact ?? '') ?? [];
  const mail = `?subject=${encodeURIComponent(text('forgotSubject'))}&body=${encodeURIComponent(text('forgotBody', { id: hex(id) }))}`;
  return [
    panel('help', text(asks ? 'helpAsk' : 'helpPassphrase'), text('helpSafe'), text('phone'), text('helpDoubt')),
    panel(
      asks ? 'forgotAsk' : 'forgot',
      text('forgotWhy'),
      ...(contact === undefined ? [] : [element('b', { dir: 'auto' }, contact)]),
      // In a tab of its own: what opens a mail may be a page.
      element('a', { href: `mailto:${to}${mail}`, target: '_blank', rel: 'noopener noreferrer' }, text('forgotMail')),
    ),
  ];

  function panel(key: Key, ...paragraphs: readonly Child[]): HTMLElement {
    return element(
      'details',
      { name: 'sealpost-panel' },
      element('summary', {}, text(key)),
      ...paragraphs.map((paragraph) => element('p', {}, paragraph)),
    );
  }
}
