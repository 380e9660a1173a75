import type { OpenedPart } from '@sealpost/core';
import { element } from './dom.js';

/** Types that a browser may know when it saves a file; everything else is just bytes. */
const KNOWN = /^(?:image\/(?:png|jpeg|gif|webp)|application\/pdf|text\/plain)$/i;

/** Milliseconds for which the browser can fetch a saved file from memory. */
const KEEP = 40_000;

/**
 * Decrypts a part and hands it to the browser as a download. To be called from the user's click only. `name` has been
 * cleaned. Rejects like `OpenedPart.bytes`, before anything is handed over.
 */
export async function savePart(
  part: OpenedPart,
  name: string,
  options: { signal: AbortSignal; locked: AbortSignal; onProgress: (fraction: number) => void },
): Promise<void> {
  const bytes = await part.bytes(options);
  options.signal.throwIfAborted();
  const type = KNOWN.test(part.type) ? part.type.toLowerCase() : 'application/octet-stream';
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const forget = (): void => {
    URL.revokeObjectURL(url);
  };
  setTimeout(forget, KEEP);
  options.locked.addEventListener('abort', forget);
  const link = element('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}
