import { EnvelopeError, type ReadOptions } from '@sealpost/core';
import { button, element, row } from '../dom.js';
import type { Key } from '../i18n/keys.js';
import { saveFile } from '../save.js';
import type { Words } from '../words.js';

/** Bytes from which reading takes long enough to show how far it is. */
const LONG = 1_000_000;

export interface ActionOptions extends ReadOptions {
  readonly signal: AbortSignal;
}

/** Something that a button does with decrypted bytes. */
export interface Action {
  /** The button's `data-action`. */
  readonly name: string;
  readonly label: string;
  /** The label for whoever hears the button without its surroundings. */
  readonly title?: string;
  /** Name of the file that it is about. */
  readonly file: string;
  /** Bytes that are read. */
  readonly size: number;
  /** Whether a second question comes first. */
  readonly danger?: boolean;
  /** Gives a file to be saved, or what there is to say when it is done. */
  run(options: ActionOptions, pressed: HTMLButtonElement): Promise<Blob | Key | undefined>;
}

/**
 * Buttons of which one works at a time, a line that says what happened, and room for what wants to be pressed only after that was
 * read. What takes long shows how far it is and can be given up; after it, the focus is where it was. `locked` ends everything.
 */
export function makeActions(actions: readonly Action[], { text }: Words, locked: AbortSignal): readonly HTMLElement[] {
  const status = element('p', { role: 'status' });
  const place = row();
  const after = row();
  const bar = element('progress', { max: 1 });
  const buttons = actions.map((action) => {
    const { name, label, title } = action;
    const made = button(
      label,
      () => {
        ask(action, made);
      },
      { 'data-action': name, 'aria-label': title },
    );
    return made;
  });
  let running = false;
  place.append(...buttons);
  return [place, status, after];

  function ask(action: Action, pressed: HTMLButtonElement): void {
    if (running) return;
    status.textContent = '';
    if (action.danger !== true) {
      void run(action, pressed);
      return;
    }
    status.textContent = text('danger');
    const answer = (key: Key, act: () => void, name?: string): HTMLButtonElement =>
      button(
        text(key),
        (event) => {
          // Not the second click of a double one, of which the first has asked.
          if ((event as UIEvent).detail < 2) act();
        },
        { 'data-action': name, 'aria-label': name && `${text(key)}: ${action.file}` },
      );
    const cancel = answer('cancel', () => {
      status.textContent = '';
      rest(pressed);
    });
    swap(cancel);
    after.append(answer('saveAnyway', () => void run(action, pressed), 'save-anyway'));
  }

  async function run(action: Action, pressed: HTMLButtonElement): Promise<void> {
    if (running) return;
    const attempt = new AbortController();
    const giveUp = (): void => {
      attempt.abort();
    };
    locked.addEventListener('abort', giveUp);
    running = true;
    status.textContent = '';
    if (action.size >= LONG) {
      bar.value = 0;
      bar.setAttribute('aria-label', pressed.getAttribute('aria-label') ?? action.label);
      swap(bar, button(text('cancel'), giveUp));
    }
    let said: Key | undefined;
    try {
      const onProgress = (fraction: number): void => {
        bar.value = fraction;
      };
      const made = await action.run({ signal: attempt.signal, onProgress }, pressed);
      attempt.signal.throwIfAborted();
      if (made instanceof Blob) saveFile(made, action.file, locked);
      said = made instanceof Blob ? 'saved' : made;
    } catch (error) {
      const damaged = error instanceof EnvelopeError && error.code === 'DAMAGED';
      said = !damaged ? 'failed' : action.name === 'view' ? 'damaged' : 'notSaved';
    }
    locked.removeEventListener('abort', giveUp);
    running = false;
    rest(pressed);
    if (said !== undefined && !attempt.signal.aborted) status.textContent = text(said);
  }

  /** Puts others in the place of the buttons; the last one leads back. */
  function swap(...others: readonly HTMLElement[]): void {
    after.replaceChildren();
    place.replaceChildren(...others);
    others.at(-1)?.focus();
  }

  function rest(pressed: HTMLButtonElement): void {
    if (pressed.isConnected) return;
    const hadFocus = place.contains(document.activeElement) || after.contains(document.activeElement);
    after.replaceChildren();
    place.replaceChildren(...buttons);
    if (hadFocus) pressed.focus();
  }
}
