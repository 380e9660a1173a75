import type { MessageHeaders } from '@sealpost/core';
import { element } from '../dom.js';
import { parseInert } from '../policy.js';
import type { Words } from '../words.js';
import { boundedLine } from './bounded-text.js';
import { withinEffort } from './effort.js';
import { fitHeight, makeFrame } from './frame.js';
import { headerLines } from './headers.js';
import type { Pictures } from './pictures.js';
import { foldQuotes } from './quote.js';
import { rebuild } from './sanitize.js';
import { MAX_TEXT, showText } from './text.js';

export interface BodyContent {
  readonly kind: 'html' | 'text';
  readonly content: string;
}

export interface Body {
  /** How much the message wanted from the internet. */
  readonly blocked: number;
  readonly tooLong: boolean;
  /** Settles when no picture is on its way any more. */
  readonly filled: Promise<void>;
  /** Lets go of the content. To be called before the frame is taken away. */
  close(): void;
}

/** Characters of a body that are shown. */
const MAX_LENGTH = { html: 8_000_000, text: MAX_TEXT };
/** Lines of a text that are shown: each is a paragraph with a direction of its own. */
const MAX_LINES = 20_000;

/** Shows a body in a frame of its own, at the end of `place`. */
export async function showBody(
  place: HTMLElement,
  { kind, content }: BodyContent,
  headers: MessageHeaders,
  words: Words,
  pictures: Pictures,
  print: () => void,
): Promise<Body> {
  const frame = makeFrame(words.text('body'));
  place.append(frame.element);
  const target = await frame.ready;
  target.documentElement.lang = kind === 'html' ? '' : words.language.code;
  // Outside of what the message can reach.
  target.body.before(printedHeader(headers, words));
  let blocked = 0;
  let filled = Promise.resolve();
  const start = content.slice(0, MAX_LENGTH[kind]);
  const kept = kind === 'html' ? withinEffort(start) : start.split('\n', MAX_LINES).join('\n');
  let tooLong = kept.length < content.length;
  if (kind === 'html') {
    const rebuilt = rebuild(parseInert(kept), target, pictures.has);
    ({ blocked } = rebuilt);
    tooLong ||= rebuilt.tooLong;
    filled = pictures.fill(rebuilt.pictures);
  } else {
    tooLong = showText(kept, target, words.text('quote')) || tooLong;
  }
  const close = fitHeight(frame.element, target, print);
  // Looks at what there is to be seen. Not before: once a list is laid out, another style of the body takes a browser a time that grows
  // with the square of the list.
  if (kind === 'html') foldQuotes(target, headers.subject ?? '', words.text('quote'));
  return { blocked, tooLong, filled, close };
}

/** Seen on paper only: the frame is printed by itself. */
function printedHeader(headers: MessageHeaders, words: Words): HTMLElement {
  const title = element('h1', {}, boundedLine(headers.subject ?? ''));
  return element('div', { class: 'paper' }, title, ...headerLines(headers, words));
}
