import { pointTo, safeLink, tellHost } from './links.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]]/gi;

/** Shows a plain text as it was written, its web addresses as links. */
export function showText(text: string, target: Document): void {
  const shown = target.createElement('div');
  shown.className = 'text';
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const link = safeLink(address);
    if (link === undefined) continue;
    const anchor = target.createElement('a');
    pointTo(anchor, link.href);
    anchor.textContent = address;
    shown.append(text.slice(end, index), anchor);
    tellHost(anchor, link.host, false);
    end = index + address.length;
  }
  shown.append(text.slice(end));
  target.documentElement.classList.add('plain');
  target.body.append(shown);
  // Not before: for each node that comes under it, a browser would look again for the direction of all.
  shown.dir = 'auto';
  // A direction for each paragraph takes a time that grows with the square of the paragraph's length.
  if (text.length > 200_000) shown.style.unicodeBidi = 'isolate';
}
