import { checkTransport, MAX_PAGE_BYTES, openEnvelope, type EnvelopeSource, type Face } from '@sealpost/core';
import { verifyEd25519 } from '@sealpost/core/page';
import { makeSender, type Setting } from './card.js';
import { element } from './dom.js';
import { makeKdfRunner } from './kdf-worker.js';
import { lockOnLeaving, watchIdle } from './lock.js';
import { makeMessageView } from './message-view.js';
import { parsed, readEnvelope } from './payload-blocks.js';
import { faultTexts, isOldBrowser, obstacle, problemTexts } from './problem.js';
import { readMessage, type ReadMessage } from './read-message.js';
import { next, type Change, type State } from './state.js';
import { makeUnlockView, type Typed, type UnlockView } from './unlock.js';
import { chooseLanguage, findLanguages, makeWords } from './words.js';
import type { Key } from './i18n/keys.js';

/**
 * Takes the page over: builds the interface from nothing, whatever a browser had saved of an earlier one, and runs it
 * until the page is closed. `runtime` is the text of this script. Rejects where a language cannot be read; the first paint stays then.
 */
export async function startPage(runtime: string): Promise<void> {
  // A line that a mail system puts in front of the page moves all of its head into the body, where no policy holds.
  document.head.append(...document.querySelectorAll('body meta,#sealpost-style'));
  if (isOldBrowser()) {
    showStuck();
    return;
  }
  const languages = await findLanguages();
  const language = chooseLanguage(languages, navigator.languages);
  // Without a language there is nothing to say; the first paint stays.
  if (language === undefined) return;
  let words = makeWords(language, navigator.languages);
  const root = document.documentElement;
  const height = `${document.querySelector<HTMLElement>('.place')?.offsetHeight ?? 0}px`;
  const holder = clearedPage();

  let problems: readonly Key[] = [];
  let envelope: EnvelopeSource | undefined;
  let face: Face = {};
  let warnings: readonly Key[] = globalThis.isSecureContext ? [] : ['insecure'];
  let unlock: UnlockView | undefined;
  let closeMessage: (() => void) | undefined;
  let shownMessage: ReadMessage | undefined;

  try {
    envelope = readEnvelope();
    face = envelope.header.face;
  } catch (error) {
    problems = problemTexts(error);
  }
  const problem = obstacle();
  if (problem !== undefined) problems = [problem];
  let state: State = { name: problems.length > 0 ? 'refused' : 'locked', problems };
  const sender = makeSender(face);
  showUnlock();
  lockOnLeaving(lock);
  if (envelope !== undefined && state.name === 'locked') void checkFile(envelope);

  /** Applies a change and shows what it leads to; false where it has no place any more. */
  function change(by: Change): boolean {
    const before = state;
    state = next(before, by);
    if (state === before) return false;
    if (before.name === 'unlocking' && state.name !== 'open') before.attempt.abort();
    if (state.name === 'open') return true;
    if (before.name === 'open') {
      // First the view: what is being written is sealed with a key that the message has.
      closeMessage?.();
      // Nothing leads to the view any more.
      closeMessage = undefined;
      before.opened.close();
      shownMessage = undefined;
    }
    // A form that was just used keeps what was typed into it, for a second try; one that was left does not.
    const used = by.type === 'submit' || by.type === 'failed';
    if (used && unlock !== undefined) unlock.show(state);
    else showUnlock();
    if (before.name === 'open') unlock?.say('locked');
    root.dataset['state'] = state.name;
    return true;
  }

  function lock(): void {
    change({ type: 'lock' });
  }

  function showUnlock(): void {
    if (state.name === 'open') return;
    unlock?.clear();
    unlock = makeUnlockView(setting(), {
      submit: (typed) => void open(typed),
      cancel: () => {
        if (state.name === 'unlocking') change({ type: 'failed', attempt: state.attempt, problems: [] });
      },
    });
    show(unlock.element);
    unlock.warn(warnings);
    unlock.show(state);
    root.dataset['state'] = state.name;
  }

  async function open(typed: Typed): Promise<void> {
    const attempt = new AbortController();
    if (envelope === undefined || !change({ type: 'submit', attempt })) return;
    const runKdf = makeKdfRunner(runtime, () => unlock?.say('slow'));
    try {
      const opened = await openEnvelope(envelope, typed, {
        runKdf,
        ed25519: { verify: verifyEd25519 },
        maxBytes: MAX_PAGE_BYTES,
        signal: attempt.signal,
        onProgress: (fraction) => {
          unlock?.progress(fraction);
          if (fraction === 1) unlock?.say('reading');
        },
      });
      const message = await readMessage(opened);
      if (change({ type: 'opened', attempt, opened })) await showMessage(message);
      else opened.close();
    } catch (error) {
      change({ type: 'failed', attempt, problems: problemTexts(error) });
      // Opened, but it could not be shown.
      if (state.name === 'open') lock();
    }
  }

  async function showMessage(message: ReadMessage): Promise<void> {
    unlock?.clear();
    unlock = undefined;
    closeMessage?.();
    shownMessage = message;
    const { idleLock } = message.opened;
    const view = makeMessageView(message, setting(), lock);
    const stopIdle = idleLock === undefined ? undefined : watchIdle(idleLock, lock);
    closeMessage = () => {
      stopIdle?.();
      view.close();
    };
    show(view.element);
    await view.show();
    if (shownMessage === message) root.dataset['state'] = 'open';
  }

  /** What the file's end tells about the file, once it is there. */
  async function checkFile(source: EnvelopeSource): Promise<void> {
    try {
      await parsed();
      // What a mail system put behind the code.
      clear(document.body, holder);
      warn(faultTexts(await checkTransport(source)));
    } catch (error) {
      const problems = problemTexts(error);
      if (problems.includes('notEnvelope')) change({ type: 'refuse', problems });
      else warn(problems);
    }
  }

  function warn(keys: readonly Key[]): void {
    if (keys.length === 0) return;
    warnings = keys;
    unlock?.warn(keys);
  }

  function setting(): Setting {
    const { id = new Uint8Array(), slots = [] } = envelope?.header ?? {};
    const asking = slots.filter((slot) => slot.type === 'answer');
    return {
      words,
      face,
      id,
      asks: asking.length > 0,
      takesCode: asking.some(({ norm }) => norm === 'answers-code'),
      takesPassphrase: asking.length === 0 || slots.some(({ type }) => type === 'passphrase'),
      height,
      sender,
      languageMenu: languageMenu(),
    };
  }

  function languageMenu(): HTMLElement | undefined {
    if (languages.length < 2) return undefined;
    const options = languages.map(({ code, name }) =>
      element('option', { value: code, lang: code, selected: code === words.language.code }, name),
    );
    const menu = element('select', { 'aria-label': words.text('language'), change: choose }, ...options);
    return element('p', { class: 'language' }, menu);

    function choose(): void {
      const chosen = languages[menu.selectedIndex];
      // Nothing that is on its way is given up for it.
      const busy =
        state.name === 'unlocking' || (shownMessage !== undefined && holder.querySelector('progress:not([hidden] *)'));
      if (chosen === undefined || busy) {
        menu.value = words.language.code;
        return;
      }
      words = makeWords(chosen, navigator.languages);
      if (shownMessage === undefined) {
        // What was typed, and which panels are unfolded.
        const used = (): NodeListOf<HTMLInputElement & HTMLDetailsElement> => holder.querySelectorAll('input,details');
        const kept = Array.from(used(), ({ value, open }) => ({ value, open }));
        showUnlock();
        for (const [index, element] of used().entries()) Object.assign(element, kept[index]);
      } else void showMessage(shownMessage);
      holder.querySelector('select')?.focus();
    }
  }

  function show(view: HTMLElement): void {
    root.lang = words.language.code;
    root.dir = words.language.dir;
    holder.replaceChildren(view);
  }
}

/** An old browser cannot unpack what the page would say. The first paint has a sentence for it, below all others: it goes to the top. */
function showStuck(): void {
  const stuck = document.querySelector('.place>p:last-child');
  if (stuck !== null) stuck.parentElement?.prepend(element('div', { class: 'notice', role: 'alert' }, stuck));
}

/** The envelope's data and code. */
const OURS = 'script[id^=sealpost-]';

/** Removes everything from the body but the envelope's own data and code. The result is where the interface goes. */
function clearedPage(): HTMLElement {
  clear(document.body);
  const holder = element('div');
  document.body.prepend(holder);
  return holder;
}

/** Leaves `kept`, and what a mail system put around the page's code, empty: the parser still writes into it. */
function clear(place: ParentNode, kept?: Node): void {
  for (const node of [...place.childNodes] as (ChildNode & Partial<Element>)[]) {
    if (node === kept || node.matches?.(OURS) === true) continue;
    if (node.querySelector?.(OURS)) clear(node as Element);
    else node.remove();
  }
}
