import type { Address, ReplyAction } from '@sealpost/core';
import { button, element, row } from '../dom.js';
import { saveFile } from '../save.js';
import type { Words } from '../words.js';
import { actionText, type ReplyText } from './reply-words.js';
import { send } from './send.js';

export interface ResultSetting {
  readonly action: ReplyAction;
  readonly file: File;
  readonly to: readonly Address[];
  /** Of a forward: what opens it. */
  readonly code: string | undefined;
  /** The sender's endpoint. */
  readonly endpoint: string | undefined;
  readonly words: Words;
  readonly text: ReplyText;
  readonly closed: AbortSignal;
  /** It has left the page, by one way or another. */
  readonly gone: () => void;
  readonly back: () => void;
  readonly done: () => void;
}

/** Says in plain words what to do with a sealed answer: the best way first. The result is to be put into the page, then focused. */
export function makeResult(setting: ResultSetting): HTMLElement {
  const { action, file, to, code, endpoint, words, text, closed } = setting;
  const status = element('p', { role: 'status' });
  const title = element('h2', { tabindex: -1 }, text('sealed'));
  // In a tab of its own: what opens a mail may be a page.
  const byMail = element(
    'ol',
    {},
    element('li', {}, button(text('saveFile'), save, { class: 'primary', 'data-action': 'save-reply' })),
    element(
      'li',
      {},
      element(
        'a',
        { href: mailAddress(to, words, text), target: '_blank', rel: 'noopener noreferrer', 'data-action': 'mail' },
        text('writeMail'),
      ),
    ),
    element('li', {}, text('attach', { name: file.name })),
  );
  const ways = row();
  // Not before it has left the page: it is nowhere else.
  const done = button(text('done'), setting.done, { hidden: true });
  const view = element(
    'section',
    { 'aria-label': actionText(action, text) },
    title,
    code === undefined
      ? undefined
      : element(
          'div',
          { class: 'note' },
          element('p', {}, text('code')),
          element('p', { class: 'code', translate: 'no', dir: 'ltr' }, code),
          element('p', {}, text('tellCode')),
        ),
    ways,
    status,
    byMail,
    row(done, button(text('change'), setting.back, { class: 'quiet' })),
  );
  if (endpoint !== undefined) {
    byMail.hidden = true;
    ways.append(button(text('send'), () => void sendNow(endpoint), { class: 'primary', 'data-action': 'send' }));
  }
  // A phone's way to a mail program, which takes the file along.
  else if (canShare(file)) ways.append(button(text('share'), () => void share(), { class: 'primary' }));

  function gone(): void {
    done.hidden = false;
    // Of what has a code, not before the writer says so: nobody can open it without, and the code is nowhere but here.
    if (code === undefined) setting.gone();
  }

  function save(): void {
    saveFile(file, file.name, closed);
    gone();
    status.textContent = words.text('saved');
  }

  async function share(): Promise<void> {
    // Rejects where the user thinks better of it.
    await navigator.share({ files: [file] }).then(gone, () => undefined);
  }

  async function sendNow(address: string): Promise<void> {
    const attempt = new AbortController();
    const giveUp = (): void => {
      attempt.abort();
    };
    closed.addEventListener('abort', giveUp, { signal: attempt.signal });
    const buttons = [...ways.children];
    ways.replaceChildren(element('progress', { 'aria-label': text('sending') }), button(words.text('cancel'), giveUp));
    status.textContent = text('sending');
    const taken = await send(address, file, attempt);
    status.textContent = text(taken ? 'sent' : 'notSent');
    ways.replaceChildren(...(taken ? [] : buttons));
    byMail.hidden = taken;
    if (taken) gone();
    title.focus();
  }

  return view;
}

function canShare(file: File): boolean {
  // Not everywhere, and not of every kind of file.
  const { canShare: ask } = navigator as Partial<Navigator>;
  return ask?.call(navigator, { files: [file] }) === true;
}

/** An address that no mail program takes for several, or for another field. */
const PLAIN = /^[^\s\p{C}"(),:;<>[\]\\]+$/u;

/** A mail that says what it brings, and nothing of what is in it (checklist 14). */
function mailAddress(to: readonly Address[], words: Words, text: ReplyText): string {
  const encoded = (value: string): string => encodeURIComponent(value);
  const plain = to.filter(({ address }) => PLAIN.test(address));
  const all = plain.map(({ address }) => encoded(address).replace('%40', '@')).join(',');
  return `mailto:${all}?subject=${encoded(words.text('title'))}&body=${encoded(text('mailBody'))}`;
}
