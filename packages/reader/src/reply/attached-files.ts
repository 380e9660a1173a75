import type { AttachmentInput, OpenedPart } from '@sealpost/core';
import { button, element, row } from '../dom.js';
import type { Words } from '../words.js';
import type { ReplyText } from './reply-words.js';

/** Bytes of all attachments of an answer: what mail systems still carry. */
const MAX_ATTACHED = 20_000_000;

/** A file of the writer's, or an attachment of the message that is forwarded. */
type Attached = File | OpenedPart;

export interface AttachedFiles {
  readonly element: HTMLElement;
  all(): readonly Attached[];
  /** Rejects where an attachment of the message is damaged. */
  inputs(): Promise<readonly AttachmentInput[]>;
  readonly size: number;
  add(files: Iterable<File>): void;
}

/** A list of what goes along, with a button for more. `say` tells what cannot. */
export function makeAttachedFiles(
  first: readonly Attached[],
  words: Words,
  text: ReplyText,
  say: (text: string) => void,
  changed: () => void,
): AttachedFiles {
  let attached = first;
  const list = element('ul');
  const input = element('input', { type: 'file', multiple: true, hidden: true, change: choose });
  const more = button(text('addFiles'), () => {
    input.click();
  });
  const holder = element('div', { class: 'files' }, list, row(more, input));
  draw();

  function choose(): void {
    add(input.files ?? []);
    input.value = '';
  }

  function add(files: Iterable<File>): void {
    const all = [...attached, ...files];
    if (sizeOf(all) > MAX_ATTACHED) {
      say(text('tooLarge', { size: words.size(MAX_ATTACHED) }));
      return;
    }
    say('');
    attached = all;
    changed();
    draw();
  }

  function draw(): void {
    list.hidden = attached.length === 0;
    list.replaceChildren(
      ...attached.map((one) =>
        element(
          'li',
          {},
          element('span', { class: 'name' }, element('bdi', {}, one.name), element('small', {}, words.size(one.size))),
          button(
            text('remove'),
            () => {
              attached = attached.filter((other) => other !== one);
              changed();
              draw();
              more.focus();
            },
            { class: 'quiet', 'aria-label': `${text('remove')}: ${one.name}` },
          ),
        ),
      ),
    );
  }

  return {
    element: holder,
    all: () => attached,
    inputs: () => Promise.all(attached.map(inputOf)),
    get size() {
      return sizeOf(attached);
    },
    add,
  };
}

function sizeOf(attached: readonly Attached[]): number {
  return attached.reduce((sum, { size }) => sum + size, 0);
}

async function inputOf(one: Attached): Promise<AttachmentInput> {
  const { name } = one;
  const type = one.type || 'application/octet-stream';
  return { name, type, content: one instanceof File ? one : new Blob([await one.bytes()]) };
}
