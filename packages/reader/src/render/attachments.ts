import { cleanFileName, isDangerousFile, isPreviewable, type OpenedPart } from '@sealpost/core';
import { element } from '../dom.js';
import { makePreview } from '../preview.js';
import { makeFile, partReader, readFile, totalSize } from '../read-parts.js';
import type { Words } from '../words.js';
import { crc32, makeZip, uniqueNames, type ZipFile } from '../zip.js';
import { makeActions, type Action } from './actions.js';

/** The list of what can be saved. Nothing is decrypted before its button is pressed. `date` is what a zip's files get. */
export function attachmentList(
  parts: readonly OpenedPart[],
  date: Date,
  words: Words,
  locked: AbortSignal,
): HTMLElement {
  const title = words.text('attachments', { n: words.number(parts.length) });
  const names = parts.map(({ name }, index) => cleanFileName(name, `attachment-${index + 1}`));
  const items = parts.map((part, index) => attachment(part, names[index] ?? '', words, locked));
  return element(
    'section',
    { class: 'files', 'aria-label': title },
    element('h2', {}, title),
    element('ul', {}, ...items),
    ...(parts.length > 1 ? makeActions([saveAll(parts, names, date, words)], words, locked) : []),
  );
}

/** Whether one of these wants a second question. */
export function areDangerous(parts: readonly OpenedPart[]): boolean {
  return parts.some(({ name, type }) => isDangerousFile(name, type));
}

function saveAll(parts: readonly OpenedPart[], names: readonly string[], date: Date, { text }: Words): Action {
  const unique = uniqueNames(names);
  return {
    name: 'save-all',
    label: text('saveAll'),
    size: totalSize(parts),
    file: 'attachments.zip',
    danger: areDangerous(parts),
    async run(options) {
      const read = partReader(parts, options);
      const files: ZipFile[] = [];
      for (const [index, part] of parts.entries()) {
        let crc = 0;
        const content = await makeFile(read(part), '', (piece) => {
          crc = crc32(piece, crc);
        });
        files.push({ name: unique[index] ?? '', crc, content });
      }
      return makeZip(files, date);
    },
  };
}

function attachment(part: OpenedPart, name: string, words: Words, locked: AbortSignal): HTMLElement {
  const { text } = words;
  const danger = areDangerous([part]);
  const preview = element('div', { class: 'preview' });
  const save: Action = {
    name: 'save',
    label: text('save'),
    title: text('saveName', { name }),
    file: name,
    size: part.size,
    danger,
    run: (options) => readFile(part, options),
  };
  const view: Action = {
    name: 'view',
    label: text('view'),
    title: text('viewName', { name }),
    file: name,
    get size() {
      return preview.firstChild === null ? part.size : 0;
    },
    async run(options, pressed) {
      const hide = preview.firstChild !== null;
      const made = hide ? undefined : await makePreview(part, name, options);
      options.signal.throwIfAborted();
      preview.replaceChildren(...(made === undefined ? [] : [made.element]));
      pressed.textContent = text(hide ? 'view' : 'hide');
      const title = hide ? text('viewName', { name }) : `${text('hide')}: ${name}`;
      pressed.setAttribute('aria-label', title);
      return made?.whole === false ? 'onlyStart' : undefined;
    },
  };
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
      element('bdi', {}, name),
      element('small', {}, [words.size(part.size), ...type].join(' \u00b7 ')),
    ),
    ...makeActions(!danger && isPreviewable(part.type) ? [view, save] : [save], words, locked),
    preview,
  );
}
