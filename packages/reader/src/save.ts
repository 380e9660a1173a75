import { element } from './dom.js';

/** Types that a browser may know when it saves a file; everything else is just bytes. */
const KNOWN = /^(?:image\/(?:png|jpeg|gif|webp)|application\/pdf|text\/plain)$/i;

/** Milliseconds for which the browser can fetch a saved file from memory. */
const KEEP = 40_000;

/** The type under which a file of the type that its author claims may be handed over. */
export function savedType(claimed: string): string {
  return KNOWN.test(claimed) ? claimed.toLowerCase() : 'application/octet-stream';
}

/** Hands a file to the browser as a download. To be called from the user's click only. `name` has been cleaned. */
export function saveFile(content: Blob, name: string, locked: AbortSignal): void {
  const url = URL.createObjectURL(content);
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
