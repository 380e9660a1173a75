import { openerPictures, openerTexts } from './generated/opener.js';

/**
 * The static opener's files, by name: `index.html`, which works alone and from `file://`, and what lets a browser install it where it is
 * served: `manifest.webmanifest`, `sw.js` and icons. They belong in one folder. The bytes are the caller's.
 */
export function openerFiles(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const texts = Object.entries(openerTexts).map(([name, text]) => [name, new TextEncoder().encode(text)] as const);
  const pictures = Object.entries(openerPictures).map(([name, base64]) => [name, fromBase64(base64)] as const);
  return new Map([...texts, ...pictures]);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}
