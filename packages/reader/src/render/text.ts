import { pointTo, safeLink, tellHost } from './links.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]]/gi;

/** Shows a plain text as it was written, its web addresses as links. */
export function showText(text: string, target: Document): void {
  const shown = target.createElement('div');
  shown.className = 'text';
  shown.dir = 'auto';
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const link = safeLink(address);
    if (link === undefined) continue;
    const anchor = target.createElement('a');
    pointTo(anchor, link.href);
    anchor.textContent = address;
    tellHost(anchor, link.host);
    shown.append(text.slice(end, index), anchor);
    end = index + address.length;
  }
  shown.append(text.slice(end));
  target.documentElement.classList.add('plain');
  target.body.append(shown);
}
