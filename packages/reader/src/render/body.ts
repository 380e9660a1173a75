import type { MessageHeaders } from '@sealpost/core';
import { parseInert } from '../policy.js';
import type { Words } from '../words.js';
import { fitHeight, makeFrame } from './frame.js';
import { headerLines } from './headers.js';
import type { Pictures } from './pictures.js';
import { rebuild } from './sanitize.js';
import { showText } from './text.js';

export interface BodyContent {
  readonly kind: 'html' | 'text';
  readonly content: string;
}

export interface Body {
  readonly frame: HTMLIFrameElement;
  /** How much the message wanted from the internet. */
  readonly blocked: number;
  readonly tooLong: boolean;
}

/** Shows a body in a frame of its own, at the end of `place`. */
export async function showBody(
  place: HTMLElement,
  { kind, content }: BodyContent,
  headers: MessageHeaders,
  words: Words,
  pictures: Pictures,
): Promise<Body> {
  const frame = makeFrame(words.text('body'));
  place.append(frame.element);
  const target = await frame.ready;
  target.documentElement.lang = kind === 'html' ? '' : words.language.code;
  target.body.append(printedHeader(target, headers, words));
  let blocked = 0;
  let tooLong = false;
  if (kind === 'html') {
    const rebuilt = rebuild(parseInert(content), target, pictures.has);
    ({ blocked, tooLong } = rebuilt);
    void pictures.fill(rebuilt.pictures);
  } else {
    showText(content, target);
  }
  fitHeight(frame.element, target);
  return { frame: frame.element, blocked, tooLong };
}

/** Seen on paper only: the frame is printed by itself. */
function printedHeader(target: Document, headers: MessageHeaders, words: Words): HTMLElement {
  const header = target.createElement('div');
  header.className = 'paper';
  const title = target.createElement('h1');
  title.textContent = headers.subject ?? '';
  header.append(title);
  for (const line of headerLines(headers, words)) {
    const shown = target.createElement('p');
    shown.textContent = line;
    header.append(shown);
  }
  return header;
}
