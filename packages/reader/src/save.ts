import { element } from './dom.js';

/** Types that a browser may know when it saves a file; everything else is just bytes. */
const KNOWN = /^(?:image\/(?:png|jpeg|gif|webp)|application\/pdf|text\/plain)$/i;

/** Milliseconds for which the browser can fetch a saved file from memory. */
const KEEP = 40_000;

/**
 * Hands a file to the browser as a download, whatever type its author claims. To be called from the user's click only. `name` has
 * been cleaned.
 */
export function saveFile(content: Blob, name: string, locked: AbortSignal): void {
  const type = KNOWN.test(content.type) ? content.type : 'application/octet-stream';
  const url = URL.createObjectURL(content.slice(0, content.size, type));
  const forget = (): void => {
    URL.revokeObjectURL(url);
  };
  setTimeout(forget, KEEP);
  locked.addEventListener('abort', forget);
  const link = element('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}
