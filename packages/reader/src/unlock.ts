import { card, type Setting } from './card.js';
import { button, element } from './dom.js';
import type { Key } from './i18n/keys.js';
import { panels } from './panels.js';
import type { State } from './state.js';

export interface UnlockActions {
  readonly submit: (passphrase: string) => void;
  readonly cancel: () => void;
}

/** The card with the passphrase's form, for every state but `open`. */
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
  const input = element('input', {
    id: 'sealpost-passphrase',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    autocorrect: 'off',
    autocapitalize: 'none',
    translate: 'no',
    maxlength: 1024,
    'aria-describedby': 'sealpost-hint',
    dir: 'auto',
  });
  const hidden = input.type;
  const show = button(
    text('show'),
    () => {
      const shown = input.type === 'text';
      input.type = shown ? hidden : 'text';
      show.textContent = text(shown ? 'show' : 'hide');
      input.focus();
    },
    { class: 'quiet' },
  );
  const open = element('button', { class: 'primary' }, text('open'));
  const bar = element('progress', { max: 1, value: 0, 'aria-labelledby': 'sealpost-status' });
  const status = element('p', { id: 'sealpost-status', role: 'status' });
  const work = element('div', { class: 'work', hidden: true }, bar, button(text('cancel'), actions.cancel));
  const warning = element('p', { class: 'notice', role: 'status' });
  const alert = element('p', { id: 'sealpost-alert', role: 'alert' });
  const form = element(
    'form',
    { submit },
    element('div', { class: 'field' }, element('label', { for: input.id }, text('passphrase')), input, show),
    alert,
    open,
    work,
    status,
    ...panels(setting),
  );
  const place = element('div', { class: 'place' }, warning, form);
  place.style.minHeight = setting.height;

  function submit(event: Event): void {
    event.preventDefault();
    if (input.value === '') {
      alert.textContent = text('empty');
      input.focus();
      return;
    }
    actions.submit(input.value);
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
      if (problems.length > 0 && !problems.includes('wrong')) input.value = '';
      alert.textContent = problems.map((key) => text(key)).join('\n');
      input.readOnly = busy;
      open.hidden = busy;
      work.hidden = !busy;
      show.disabled = busy;
      bar.value = 0;
      status.textContent = busy ? text('checking') : '';
      input.setAttribute('aria-invalid', String(problems.length > 0));
      if (problems.length > 0) input.select();
      if (!busy) input.focus({ preventScroll: true });
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
    clear() {
      input.value = '';
    },
  };
}
