import { cleanFileName, EnvelopeError, type Release } from '@sealpost/core';
import { button, element } from '../dom.js';
import { isOldBrowser, obstacle, problemTexts } from '../problem.js';
import { boundedLine } from '../render/bounded-text.js';
import { chooseLanguage, findLanguages, makeWords } from '../words.js';
import { showBar } from './bar.js';
import { takeDrops } from './drops.js';
import { findEnvelopes, type Found } from './found.js';
import { handOver } from './hand-over.js';
import { MAX_FILES } from './limits.js';
import { sayIn } from './opener-words.js';
import { receiveFiles } from './received-files.js';

/** A file in which nothing could be opened, and why. */
interface Refused {
  readonly name: string;
  readonly reason: string;
}

/**
 * Runs the opener: lets somebody choose files, by button, by dropping them, or by sharing them with it, finds the envelopes in them, and
 * hands one over to the page that this file carries. Nothing that a file holds becomes markup or code on the way.
 */
export async function startOpener(): Promise<void> {
  const place = document.querySelector('.place');
  if (place === null) return;
  if (isOldBrowser()) {
    place.replaceChildren(element('p', { class: 'notice', role: 'alert' }, sayIn(navigator.languages)('oldBrowser')));
    return;
  }
  const languages = await findLanguages();
  const language = chooseLanguage(languages, navigator.languages);
  if (language === undefined) return;
  const page = makeWords(language, navigator.languages);
  const say = sayIn([language.code]);
  const releases = readReleases();
  const root = document.documentElement;
  root.lang = language.code;
  root.dir = language.dir;
  document.title = say('title');
  setText('h1', say('title'));
  setText('.lead', say('lead'));
  setText('.never', page.text('never'));

  const framed = obstacle();
  if (framed !== undefined) {
    place.replaceChildren(element('p', { class: 'notice', role: 'alert' }, page.text(framed)));
    root.dataset['opener'] = 'refused';
    return;
  }

  const listening = new AbortController();
  const alert = element('div', { id: 'sealpost-alert', role: 'alert' });
  const status = element('p', { id: 'sealpost-status', role: 'status' });
  const results = element('div', { class: 'results' });
  const input = element('input', { type: 'file', multiple: true, hidden: true, change: chosen });
  const choose = button(say('choose'), () => {
    input.click();
  });
  choose.className = 'primary';
  const about = element('p', { class: 'after' }, say('which'));
  place.replaceChildren(choose, input, element('p', { class: 'drop' }, say('drop')), alert, status, results, about);
  /** What was chosen last. */
  let latest: readonly File[] = [];

  const { signal } = listening;
  takeDrops((files) => void look(files), signal);
  void receiveFiles((files, trusted) => {
    void look(files, trusted);
  }, signal);
  root.dataset['opener'] = 'ready';

  function chosen(): void {
    const files = [...(input.files ?? [])];
    // So that the same file can be chosen again.
    input.value = '';
    void look(files);
  }

  /** Opens the one envelope that is in these files, or lets somebody choose. Files of which this page was told by others are asked about. */
  async function look(files: readonly File[], trusted = true): Promise<void> {
    if (files.length === 0 || signal.aborted) return;
    latest = files;
    alert.replaceChildren();
    results.replaceChildren();
    const found: Found[] = [];
    const refused: Refused[] = [];
    for (const file of files.slice(0, MAX_FILES)) {
      const name = cleanFileName(file.name);
      status.textContent = say('looking', { name: boundedLine(name) });
      try {
        found.push(...(await findEnvelopes(file)));
      } catch (error) {
        refused.push({ name, reason: reasonOf(error) });
      }
      // Somebody chose others meanwhile.
      if (latest !== files) return;
    }
    status.textContent = files.length > MAX_FILES ? say('tooMany', { n: String(MAX_FILES) }) : '';
    const [only, ...others] = found;
    if (only === undefined) {
      showRefused(refused);
      choose.focus();
    } else if (others.length === 0 && trusted) await open(only);
    else showFound(found, say(trusted ? 'several' : 'received'));
  }

  async function open(found: Found): Promise<void> {
    // Asked for twice: there is one page.
    if (signal.aborted) return;
    listening.abort();
    showBar(found, releases);
    try {
      await handOver(found.source, language?.code ?? '');
    } catch {
      alert.textContent = page.text('failed');
    }
  }

  function showFound(found: readonly Found[], question: string): void {
    const entries = found.map((one) => {
      const { org, subject, date } = one.source.header.face;
      const day = page.date(new Date((date ?? NaN) * 1_000), 'medium');
      const label = [org, subject, day, one.name].filter((part) => part).map((part) => boundedLine(part ?? ''));
      return element(
        'li',
        {},
        element('span', { class: 'name', dir: 'auto' }, element('bdi', {}, label.join(' \u00b7 '))),
        button(page.text('open'), () => void open(one), { 'aria-label': `${page.text('open')}: ${label.join(', ')}` }),
      );
    });
    const heading = element('h2', { tabindex: -1 }, question);
    results.replaceChildren(element('section', { class: 'files' }, heading, element('ul', {}, ...entries)));
    heading.focus();
  }

  function reasonOf(error: unknown): string {
    // A folder that was dropped, a file that is gone.
    if (error instanceof DOMException) return say('unreadable');
    if (error instanceof EnvelopeError && error.code === 'NOT_AN_ENVELOPE') return say('nothing');
    return problemTexts(error)
      .map((key) => page.text(key))
      .join(' ');
  }

  function showRefused(refused: readonly Refused[]): void {
    const [first, ...others] = refused;
    if (first === undefined) return;
    if (others.length === 0) {
      alert.append(element('bdi', {}, boundedLine(first.name)), `\n${first.reason}`);
      return;
    }
    const plain = refused.every(({ reason }) => reason === say('nothing'));
    alert.append(plain ? say('nothingIn') : '');
    for (const one of refused) {
      const line = element('p', {}, element('bdi', {}, boundedLine(one.name)));
      if (!plain) line.append(`: ${one.reason}`);
      alert.append(line);
    }
  }
}

/** Those up to this one, from the opener's data block. */
function readReleases(): readonly Release[] {
  return JSON.parse(document.querySelector('#opener-releases')?.textContent ?? '[]') as readonly Release[];
}

function setText(css: string, text: string): void {
  const found = document.querySelector(css);
  if (found !== null) found.textContent = text;
}
