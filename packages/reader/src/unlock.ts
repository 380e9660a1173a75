import type { Answers } from '@sealpost/core';
import { card, type Setting } from './card.js';
import { button, element } from './dom.js';
import type { Key } from './i18n/keys.js';
import { panels } from './panels.js';
import type { State } from './state.js';

/** What somebody typed to open the envelope. */
export type Typed = { readonly passphrase: string } | Answers;

export interface UnlockActions {
  readonly submit: (typed: Typed) => void;
  readonly cancel: () => void;
}

/** The card with the form for the passphrase, or for the answers to the sender's questions, for every state but `open`. */
export interface UnlockView {
  readonly element: HTMLElement;
  show(state: Exclude<State, { name: 'open' }>): void;
  /** What the user should know before typing anything. */
  warn(keys: readonly Key[]): void;
  progress(fraction: number): void;
  /** Says what the page is doing. */
  say(key: Key): void;
  /** Forgets what was typed. */
  clear(): void;
}

export function makeUnlockView(setting: Setting, actions: UnlockActions): UnlockView {
  const { text } = setting.words;
  const { asks, takesCode, takesPassphrase } = setting;
  const fields: HTMLElement[] = [];
  const passphrase = takesPassphrase ? addField('passphrase', text('passphrase')) : undefined;
  const answers = (asks ? (setting.face.questions ?? []) : []).map((question, n) => addField(`answer-${n}`, question));
  const code = takesCode ? addField('code', text('code')) : undefined;
  const inputs = [passphrase, ...answers, code].filter((input) => input !== undefined);
  const [first] = inputs;
  const show = button(
    '',
    () => {
      showTyped(first?.type !== 'text');
      first?.focus();
    },
    { class: 'quiet' },
  );
  showTyped(false);
  // Beside the last of them.
  fields.at(-1)?.append(show);
  const open = element('button', { class: 'primary' }, text('open'));
  const bar = element('progress', { max: 1, value: 0, 'aria-labelledby': 'sealpost-status' });
  const status = element('p', { id: 'sealpost-status', role: 'status' });
  const work = element('div', { class: 'work', hidden: true }, bar, button(text('cancel'), actions.cancel));
  const warning = element('p', { class: 'notice', role: 'status' });
  const alert = element('p', { id: 'sealpost-alert', role: 'alert' });
  const form = element('form', { submit }, ...fields, alert, open, work, status, ...panels(setting));
  const place = element('div', { class: 'place' }, warning, form);
  place.style.minHeight = setting.height;

  function addField(name: string, label: string): HTMLInputElement {
    const input = element('input', {
      id: `sealpost-${name}`,
      autocomplete: 'off',
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'none',
      translate: 'no',
      maxlength: 1024,
      'aria-describedby': 'sealpost-hint',
      dir: 'auto',
    });
    fields.push(element('div', { class: 'field' }, element('label', { for: input.id, dir: 'auto' }, label), input));
    return input;
  }

  function showTyped(shown: boolean): void {
    for (const input of inputs) input.type = shown ? 'text' : 'password';
    show.textContent = text(shown ? 'hide' : 'show');
  }

  function submit(event: Event): void {
    event.preventDefault();
    // Where both are asked for, the answers are in the place of a passphrase that was not typed.
    if (passphrase?.value) {
      actions.submit({ passphrase: passphrase.value });
      return;
    }
    const missing = asks ? inputs.find((input) => input !== passphrase && input.value === '') : first;
    if (missing !== undefined) {
      alert.textContent = text('empty');
      missing.focus();
      return;
    }
    actions.submit({ answers: answers.map(({ value }) => value), code: code?.value });
  }

  return {
    element: card(setting, place),
    show(state) {
      const busy = state.name === 'unlocking';
      const problems = busy ? [] : state.problems;
      if (state.name === 'refused') {
        form.replaceChildren(alert);
        place.style.minHeight = '0';
      }
      // Kept for a second try where it was wrong, or where nobody knows yet.
      if (problems.length > 0 && !problems.includes('wrong')) clear();
      alert.textContent =
        asks && problems.includes('wrong') ? text('wrongAsk') : problems.map((key) => text(key)).join('\n');
      for (const input of inputs) {
        input.readOnly = busy;
        input.setAttribute('aria-invalid', String(problems.length > 0));
      }
      open.hidden = busy;
      work.hidden = !busy;
      show.disabled = busy;
      bar.value = 0;
      status.textContent = busy ? text('checking') : '';
      if (problems.length > 0) first?.select();
      if (!busy) first?.focus({ preventScroll: true });
    },
    warn(keys) {
      warning.textContent = keys.map((key) => text(key)).join('\n');
    },
    progress(fraction) {
      bar.value = fraction;
    },
    say(key) {
      status.textContent = text(key);
    },
    clear,
  };

  function clear(): void {
    for (const input of inputs) input.value = '';
  }
}
