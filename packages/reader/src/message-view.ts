import type { Setting } from './card.js';
import { button, element } from './dom.js';
import { makeMailFile } from './mail-file.js';
import type { ReadMessage } from './read-message.js';
import { readFile, totalSize } from './read-parts.js';
import { registry } from './registry.js';
import { makeActions, type Action } from './render/actions.js';
import { areDangerous, attachmentList } from './render/attachments.js';
import { showBody, type Body } from './render/body.js';
import { boundedLine } from './render/bounded-text.js';
import { headerList } from './render/headers.js';
import { findPictures } from './render/pictures.js';

export interface MessageView {
  readonly element: HTMLElement;
  /** Settles when the body is shown. To be called once the element is in the page. */
  show(): Promise<void>;
  /** Gives back what the view holds. */
  close(): void;
}

export function makeMessageView(message: ReadMessage, setting: Setting, lock: () => void): MessageView {
  const { opened, bodies, signer } = message;
  const { words, sender, languageMenu } = setting;
  const { text } = words;
  const { headers, notes, attachments, original, idleLock } = opened;
  const closing = new AbortController();
  const { signal } = closing;
  const pictures = findPictures(attachments);
  const title = element('h1', { tabindex: -1, dir: 'auto' }, boundedLine(headers.subject?.trim() || text('noSubject')));
  const files = element('div');
  const notices = element('div', { role: 'status' });
  const place = element('section', { class: 'body', 'aria-label': text('body') });
  const folds: HTMLDetailsElement[] = [];
  let current = 0;
  let listed = 0;
  let body: Body | undefined;
  const frame = (): HTMLIFrameElement | null => place.querySelector('iframe');

  async function show(): Promise<void> {
    const content = bodies[current];
    body?.close();
    place.replaceChildren();
    notices.replaceChildren();
    if (content === undefined) {
      place.append(element('p', { class: 'empty' }, text('noBody')));
    } else {
      body = await showBody(place, content, headers, words, pictures, print);
      if (signal.aborted) body.close();
      const target = frame()?.contentDocument;
      if (target) {
        // Printed without the page around it. Firefox puts the title on every sheet.
        target.title = text('title');
        target.querySelector('.paper')?.append(note.cloneNode(true));
      }
      // Not before: one turn at a time.
      if (bodies.length > 1)
        place.prepend(button(text(current === 0 ? 'asText' : 'asHtml'), toggle, { class: 'quiet' }));
      const { blocked, tooLong, filled } = body;
      void filled.then(list);
      if (blocked > 0) notify(text('blocked', { n: words.number(blocked) }));
      if (tooLong) notify(text('tooLong'));
    }
    list();
  }

  function notify(said: string): void {
    notices.append(element('p', { class: 'notice' }, said));
  }

  /** Lists what can be saved, but for pictures that the body shows. What was listed once stays. */
  function list(): void {
    const parts = attachments.filter((part) => !pictures.shown.has(part));
    if (parts.length <= listed || signal.aborted) return;
    listed = parts.length;
    files.replaceChildren(attachmentList(parts, new Date(headers.date ?? ''), words, signal));
  }

  function toggle(): void {
    current = 1 - current;
    void show().then(() => {
      place.querySelector('button')?.focus();
    });
  }

  /** On paper there is nothing to press. */
  function unfold(): void {
    for (const root of [view, frame()?.contentDocument]) {
      folds.push(...(root?.querySelectorAll<HTMLDetailsElement>('details:not([open])') ?? []));
    }
    for (const one of folds) one.open = true;
  }

  function foldAgain(): void {
    for (const one of folds.splice(0)) one.open = false;
  }

  function print(): void {
    const printed = frame()?.contentWindow ?? window;
    unfold();
    // WebKit does not tell; there, all stays open.
    printed.addEventListener('afterprint', foldAgain);
    printed.print();
  }

  const mail: Action = {
    name: 'save-mail',
    label: text('saveMail'),
    file: 'message.eml',
    size: totalSize(original === undefined ? attachments : [original]),
    danger: areDangerous(attachments),
    run: (options) =>
      original === undefined ? makeMailFile(headers, bodies, attachments, options) : readFile(original, options),
  };

  const note = element('div', { class: 'note' });
  if (notes.handling !== undefined) {
    note.append(element('b', {}, text('handling')), element('p', { dir: 'auto' }, notes.handling));
  }
  const date = words.date(new Date((notes.expires ?? NaN) * 1000), 'long');
  if (date !== '') note.append(element('p', {}, text('expires', { date })));

  const reply = registry().find('reply')?.({ ...message, setting, lock, place, closed: signal });
  const view = element(
    'main',
    { class: 'card message' },
    element(
      'div',
      { class: 'bar' },
      sender,
      button(text('print'), print, { class: 'quiet', 'data-action': 'print' }),
      button(text('lock'), lock, { class: 'primary', 'data-action': 'lock' }),
    ),
    title,
    headerList(headers, words),
    note.firstChild === null ? undefined : note,
    files,
    notices,
    place,
    reply,
    element('div', { class: 'files' }, ...makeActions([mail], words, signal)),
    element(
      'p',
      { class: 'after' },
      text('after'),
      idleLock === undefined ? '' : ` ${text('idle', { time: words.number(idleLock, 'minute') })}`,
      notes.archive && ` ${text('archive')}`,
    ),
    // Each group of digits where it was, in an Arabic sentence too.
    signer &&
      element(
        'p',
        { class: 'after' },
        text(opened.signature?.checked ? 'signed' : 'unchecked', { key: `\u2066${signer}\u2069` }),
      ),
    languageMenu,
  );
  addEventListener('beforeprint', unfold, { signal });
  addEventListener('afterprint', foldAgain, { signal });

  return {
    element: view,
    async show() {
      await show();
      // Not where the language was chosen: there it stays.
      if (document.activeElement === document.body) title.focus();
    },
    close() {
      closing.abort();
      body?.close();
      pictures.close();
    },
  };
}
