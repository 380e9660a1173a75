import {
  generateCode,
  normaliseSecret,
  profileKdf,
  randomBytes,
  readReplyInfo,
  type KemName,
  type ReplyAction,
  type ReplyInfo,
  type SlotSecret,
} from '@sealpost/core';
import { readHeader } from '@sealpost/core/page';
import { button, element, row } from '../dom.js';
import { makeKdfRunner } from '../kdf-worker.js';
import { registry } from '../registry.js';
import { boundedLine } from '../render/bounded-text.js';
import { writeAnswer } from './answer.js';
import type { SendingKem } from './answer-input.js';
import { makeComposer, type Composer, type ComposerInput, type SealOptions } from './composer.js';
import type { ReplyContext } from './context.js';
import { keepDraft, takeDraft, type Writing } from './draft.js';
import { p256 } from './p256.js';
import { quoted } from './quote.js';
import { replyAddresses, replySubject } from './reply-headers.js';
import { actionText, replyText } from './reply-words.js';
import { makeResult } from './result.js';
import { canReply, sealForward, sealReply, type Original } from './seal-reply.js';
import { visibleText } from './visible-text.js';

registry().provide('reply', makeReply);

/** Of a sealed answer, whatever it is about. */
const FILE_NAME = 'securedoc.html';

/** The way from the buttons to a file that leaves the page. */
function makeReply(context: ReplyContext): Element | undefined {
  const { opened, setting, place, closed } = context;
  const { words } = setting;
  const { headers, replySecrets } = opened;
  const info = readReplyInfo(opened.reply);
  if (info === undefined || replySecrets === undefined) return undefined;
  const text = replyText(words.language);
  const holder = element('div', { class: 'reply' });
  if ((globalThis.crypto as Partial<Crypto>).subtle === undefined) {
    holder.append(element('p', {}, text('elsewhere')));
    return holder;
  }
  const original: Original = {
    opened,
    header: readHeader(document.querySelector('#sealpost-header')?.textContent ?? ''),
    info,
    kemOf,
    write: writeAnswer,
  };
  const actions = offered(info, original);
  let composer: Composer | undefined;
  showButtons();
  void takeDraft(replySecrets.draft, closed).then((writing) => {
    if (writing !== undefined) write(writing.action, writing);
  });
  addEventListener('beforeunload', ask, { signal: closed });
  // A file that falls beside the form would be shown in the place of the page.
  for (const type of ['dragover', 'drop']) addEventListener(type, hold, { signal: closed });
  closed.addEventListener('abort', () => {
    const writing = composer?.writing();
    if (writing !== undefined) keepDraft(writing, replySecrets.draft);
    forget();
  });
  return holder;

  /** Nothing would be lost any more. */
  function forget(): void {
    composer = undefined;
  }

  /** What is being written is nowhere but in the page. */
  function ask(event: Event): void {
    if (composer?.writing() !== undefined) event.preventDefault();
  }

  function hold(event: Event): void {
    if (composer !== undefined) event.preventDefault();
  }

  function showButtons(): void {
    forget();
    const buttons = actions.map((action) =>
      button(
        actionText(action, text),
        () => {
          write(action);
        },
        { 'data-action': action },
      ),
    );
    holder.replaceChildren(row(...buttons));
    if (!actions.includes('reply') && info?.actions.includes('reply')) holder.append(element('p', {}, text('over')));
  }

  /** From an answer back to where it began. */
  function leave(): void {
    showButtons();
    holder.querySelector('button')?.focus();
  }

  function write(action: ReplyAction, writing?: Writing): void {
    const shown = place.querySelector('iframe')?.contentDocument;
    // What was written before has its quote already; and a frame that has just been made may have no body yet.
    const read = writing === undefined && shown?.querySelector('body') ? visibleText(shown) : '';
    composer = makeComposer({
      action,
      about: about(action),
      quote: quoted(action, headers, read, words, text),
      forwarded: action === 'forward' ? opened.attachments : [],
      words,
      text,
      writing,
      closed,
      discard: leave,
      seal: (input, options) => seal(action, input, options),
    });
    holder.replaceChildren(composer.element);
    composer.focus();
  }

  function about(action: ReplyAction): HTMLElement {
    const { to = [], cc = [] } = replyAddresses(headers, original.info, action);
    const facts = element('dl', { class: 'who' });
    for (const { name, address } of [...to, ...cc]) {
      facts.append(
        element('dt', {}, words.text('to')),
        element('dd', { dir: 'auto' }, boundedLine(`${name} ${address}`.trim())),
      );
    }
    facts.append(
      element('dt', {}, words.text('subject')),
      element('dd', { dir: 'auto' }, boundedLine(replySubject(headers.subject, action))),
    );
    return facts;
  }

  async function seal(action: ReplyAction, input: ComposerInput, options: SealOptions): Promise<void> {
    const draft = { action, ...input };
    const code = action === 'forward' ? generateCode() : undefined;
    const answer =
      code === undefined
        ? await sealReply(draft, original, new Date())
        : sealForward(draft, original, new Date(), await secretOf(code, options));
    const pieces: Blob[] = [];
    let size = 0;
    for await (const piece of answer) {
      options.signal.throwIfAborted();
      pieces.push(new Blob([piece]));
      size += piece.length;
      options.onProgress(Math.min(1, size / (150_000 + 1.26 * input.size)));
    }
    showResult(action, new File(pieces, FILE_NAME, { type: 'text/html' }), code?.text);
  }

  function showResult(action: ReplyAction, file: File, code: string | undefined): void {
    const { connect = '' } = original.header.header;
    const { path, to } = original.info;
    const form = holder.firstElementChild;
    const own = composer;
    // In the opener, the page's policy reaches nothing.
    const reached = document
      .querySelector<HTMLMetaElement>('meta[http-equiv]')
      ?.content.includes(`connect-src ${connect};`);
    const result = makeResult({
      action,
      file,
      to: action === 'forward' ? [] : to,
      code,
      endpoint: action === 'forward' || path === undefined || reached !== true ? undefined : connect + path,
      words,
      text,
      closed,
      gone: forget,
      back: () => {
        composer = own;
        if (form) holder.replaceChildren(form);
        own?.focus();
      },
      done: leave,
    });
    holder.replaceChildren(result);
    result.querySelector('h2')?.focus();
  }
}

/** Without what nobody could open. */
function offered(info: ReplyInfo, original: Original): readonly ReplyAction[] {
  const { to = [], cc = [] } = original.opened.headers;
  const may = canReply(original, new Date());
  return info.actions.filter(
    (action) => action === 'forward' || (may && (action === 'reply' || to.length + cc.length > 1)),
  );
}

function kemOf(name: KemName): SendingKem | undefined {
  return [p256, registry().find('pq')].find((kem) => kem?.name === name);
}

/** The derivation of a new code, in a worker as when a message is opened. */
async function secretOf({ text, norm }: ReturnType<typeof generateCode>, options: SealOptions): Promise<SlotSecret> {
  const kdf = profileKdf('light', randomBytes(16));
  const run = makeKdfRunner(document.querySelector('#sealpost-open')?.textContent ?? '', () => undefined);
  return { key: await run(normaliseSecret(text, norm), kdf, options), kdf, norm };
}
