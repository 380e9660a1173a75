import { cleanFileName, isDangerousFile, type OpenedPart } from '@sealpost/core';
import { button, element } from '../dom.js';
import { savePart } from '../save.js';
import type { Words } from '../words.js';

/** Bytes from which saving takes long enough to show how far it is. */
const LONG = 1_000_000;

/** The list of what can be saved. Nothing is decrypted before its button is pressed. */
export function attachmentList(
  parts: readonly OpenedPart[],
  words: Words,
  signal: AbortSignal,
): HTMLElement | undefined {
  if (parts.length === 0) return undefined;
  const title = element('h2', { id: 'sealpost-attachments' }, words.count('attachments', parts.length));
  const items = parts.map((part, index) => {
    const fallback = `attachment-${index + 1}`;
    const name = cleanFileName(part.name, fallback);
    return attachment(part, name, name, words, signal);
  });
  return element('section', { class: 'files', 'aria-labelledby': title.id }, title, element('ul', {}, ...items));
}

/** The message as it was handed in, which can be saved like an attachment. */
export function originalItem(part: OpenedPart, words: Words, signal: AbortSignal): HTMLElement {
  return element('ul', { class: 'files' }, attachment(part, 'message.eml', words.text('original'), words, signal));
}

function attachment(part: OpenedPart, name: string, label: string, words: Words, locked: AbortSignal): HTMLElement {
  const { text } = words;
  const status = element('p', { role: 'status' });
  const bar = element('progress', { max: 1, value: 0, 'aria-label': text('saveName', { name }) });
  const saveButton = button(text('save'), start, { 'data-action': 'save', 'aria-label': text('saveName', { name }) });
  const place = element('div', { class: 'act' }, saveButton);

  function rest(): void {
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(saveButton);
    if (hadFocus) saveButton.focus();
  }

  function start(): void {
    status.textContent = '';
    if (!isDangerousFile(name, part.type)) {
      void save();
      return;
    }
    status.textContent = text('danger');
    const cancel = button(text('cancel'), () => {
      status.textContent = '';
      rest();
    });
    const confirm = button(
      text('saveAnyway'),
      () => {
        status.textContent = '';
        void save();
      },
      { 'data-action': 'save-anyway', 'aria-label': `${text('saveAnyway')}: ${name}` },
    );
    place.replaceChildren(confirm, cancel);
    cancel.focus();
  }

  async function save(): Promise<void> {
    const attempt = new AbortController();
    const giveUp = (): void => {
      attempt.abort();
    };
    locked.addEventListener('abort', giveUp);
    if (part.size >= LONG) {
      bar.value = 0;
      const cancel = button(text('cancel'), giveUp);
      place.replaceChildren(bar, cancel);
      cancel.focus();
    }
    try {
      await savePart(part, name, {
        signal: attempt.signal,
        locked,
        onProgress: (fraction) => {
          bar.value = fraction;
        },
      });
      status.textContent = text('saved');
    } catch {
      if (!attempt.signal.aborted) status.textContent = text('notSaved');
    } finally {
      locked.removeEventListener('abort', giveUp);
      rest();
    }
  }

  // Without its parameters, which may hold anything.
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(part.type) ?? [];
  const extension = /\.([^.]{1,5})$/.exec(name)?.[1] ?? '';
  return element(
    'li',
    {},
    element('span', { class: 'kind', 'aria-hidden': 'true' }, extension),
    element(
      'span',
      { class: 'name' },
      element('bdi', {}, label),
      element('small', {}, [words.size(part.size), ...type].join(' \u00b7 ')),
    ),
    place,
    status,
  );
}
