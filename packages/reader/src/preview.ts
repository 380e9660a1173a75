import type { Bytes, OpenedPart, ReadOptions } from '@sealpost/core';
import { element } from './dom.js';
import { loadPicture, MAX_PIXELS } from './render/load-picture.js';

/** Characters of a text that are shown. */
const MAX_LENGTH = 100_000;

export interface Preview {
  readonly element: HTMLElement;
  /** False where the text goes on. */
  readonly whole: boolean;
}

/**
 * Shows a part of a previewable type: a picture as a picture of that type, whatever else it is, and a text as nothing but text. Rejects
 * like `OpenedPart.bytes`, for bytes that are no picture, and for more pixels than are shown.
 */
export async function makePreview(part: OpenedPart, name: string, options: ReadOptions): Promise<Preview> {
  const bytes = await part.bytes(options);
  const type = part.type.replace(/;.*/s, '').trim().toLowerCase();
  if (type === 'text/plain') {
    const text = decodeText(bytes.subarray(0, 4 * MAX_LENGTH));
    const shown = element(
      'pre',
      { dir: 'auto', tabindex: 0, role: 'region', 'aria-label': name },
      text.slice(0, MAX_LENGTH),
    );
    return { element: shown, whole: text.length <= MAX_LENGTH && bytes.length <= 4 * MAX_LENGTH };
  }
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  try {
    const image = await loadPicture(address, document, MAX_PIXELS);
    await image.decode();
    image.alt = name;
    return { element: image, whole: true };
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The beginning of a text: what its byte order mark says, else UTF-8 where it is that, else what old Windows programs wrote. */
function decodeText(bytes: Bytes): string {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const decode = (label: string): string => new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
  try {
    return decode(mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8');
  } catch {
    return decode('windows-1252');
  }
}
