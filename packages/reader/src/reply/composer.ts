import { EnvelopeError, type AttachmentInput, type OpenedPart, type ReplyAction } from '@sealpost/core';
import { button, element, row } from '../dom.js';
import type { Words } from '../words.js';
import { makeAttachedFiles } from './attached-files.js';
import type { Writing } from './draft.js';
import { actionText, type ReplyText } from './reply-words.js';

/** What a composer is made for. */
export interface ComposerSetting {
  readonly action: ReplyAction;
  /** Whom it goes to, and about what; shown, and not to be changed. */
  readonly about: HTMLElement;
  /** What the text field begins with. */
  readonly quote: string;
  /** Of the message that is forwarded. */
  readonly forwarded: readonly OpenedPart[];
  readonly words: Words;
  readonly text: ReplyText;
  /** What was written before the page was locked. */
  readonly writing: Writing | undefined;
  /** Ends a sealing that is under way. */
  readonly closed: AbortSignal;
  readonly discard: () => void;
  /** Seals; says how far it is, and rejects where it fails. */
  readonly seal: (input: ComposerInput, options: SealOptions) => Promise<void>;
}

export interface ComposerInput {
  readonly text: string;
  readonly attachments: readonly AttachmentInput[];
  /** Bytes of both. */
  readonly size: number;
}

export interface SealOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

export interface Composer {
  readonly element: HTMLElement;
  /** To be called once it is in the page. */
  focus(): void;
  /** `undefined` where nothing was written. */
  writing(): Writing | undefined;
}

export function makeComposer(setting: ComposerSetting): Composer {
  const { action, about, quote, forwarded, words, text, writing, discard } = setting;
  const title = actionText(action, text);
  const area = element('textarea', {
    id: 'sealpost-reply-text',
    rows: 12,
    autocomplete: 'off',
    spellcheck: 'false',
    autocorrect: 'off',
    autocapitalize: 'none',
    translate: 'no',
    dir: 'auto',
  });
  area.value = writing?.text ?? quote;
  const status = element('p', { role: 'status' }, writing && text('draftBack'));
  const alert = element('p', { class: 'notice', role: 'alert' });
  const bar = element('progress', { max: 1, 'aria-label': text('sealing') });
  const work = element('div', { class: 'work', hidden: true }, bar);
  let changed = writing !== undefined;
  let attempt: AbortController | undefined;
  const along = forwarded.filter((_, index) => writing?.parts.includes(index) ?? true);
  const files = makeAttachedFiles([...along, ...(writing?.files ?? [])], words, text, say, () => {
    changed = true;
  });
  const sealButton = element('button', { class: 'primary' }, text('seal'));
  const discardButton = button(text('discard'), askToDiscard);
  const place = row(sealButton, discardButton);
  const view = element(
    'form',
    { 'aria-label': title, submit, drop },
    element('h2', {}, title),
    about,
    element('label', { for: area.id }, text('yourMessage')),
    area,
    files.element,
    alert,
    work,
    status,
    place,
  );

  setting.closed.addEventListener('abort', () => {
    attempt?.abort();
  });

  function say(said: string): void {
    alert.textContent = said;
  }

  /** That nothing else happens with what is dropped, whoever shows the form sees to, for all of the page. */
  function drop(event: Event): void {
    if (attempt === undefined) files.add((event as DragEvent).dataTransfer?.files ?? []);
  }

  function askToDiscard(): void {
    if (attempt !== undefined) {
      attempt.abort();
      return;
    }
    if (!isChanged()) {
      discard();
      return;
    }
    status.textContent = text('discardAsk');
    const keep = button(text('keep'), () => {
      status.textContent = '';
      place.replaceChildren(sealButton, discardButton);
      area.focus();
    });
    place.replaceChildren(button(text('discard'), discard), keep);
    keep.focus();
  }

  function isChanged(): boolean {
    return changed || area.value !== quote;
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (attempt !== undefined) return;
    if (action !== 'forward' && !isChanged()) {
      say(text('empty'));
      area.focus();
      return;
    }
    void seal();
  }

  async function seal(): Promise<void> {
    attempt = new AbortController();
    say('');
    busy(true);
    try {
      const input = { text: area.value, attachments: await files.inputs(), size: area.value.length + files.size };
      const onProgress = (fraction: number): void => {
        bar.value = fraction;
      };
      await setting.seal(input, { signal: attempt.signal, onProgress });
    } catch (error) {
      const isOver = error instanceof EnvelopeError && error.code === 'REPLY_REFUSED';
      if (!attempt.signal.aborted) say(isOver ? text('over') : words.text('failed'));
    }
    attempt = undefined;
    busy(false);
    // The button that was pressed was gone meanwhile, and the focus with it.
    if (document.activeElement === document.body) sealButton.focus();
  }

  function busy(is: boolean): void {
    bar.value = 0;
    area.readOnly = is;
    work.hidden = !is;
    sealButton.hidden = is;
    files.element.hidden = is;
    status.textContent = is ? text('sealing') : '';
    discardButton.textContent = is ? words.text('cancel') : text('discard');
  }

  return {
    element: view,
    focus() {
      view.scrollIntoView();
      area.focus({ preventScroll: true });
      area.setSelectionRange(0, 0);
    },
    writing() {
      if (!isChanged()) return undefined;
      const all = files.all();
      const parts = forwarded.flatMap((part, index) => (all.includes(part) ? [index] : []));
      return { action, text: area.value, files: all.filter((one) => one instanceof File), parts };
    },
  };
}
