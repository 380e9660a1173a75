import { type OpenedPart } from '@sealpost/core';
import { loadPicture, MAX_PIXELS, pixels, settled } from './load-picture.js';
import type { PicturePlace } from './sanitize.js';

const TYPE = /^image\/(?:png|jpeg|gif|webp)$/i;

/** The pictures of a message that its body can show, and the addresses that were made for them. */
export interface Pictures {
  readonly has: (contentId: string) => boolean;
  /** Loads what the places ask for, as far as it can be shown. Settles when all have their picture, or will not get one. */
  fill(places: readonly PicturePlace[]): Promise<void>;
  /** The attachments that the body shows: all that it asks for until they are filled, then those that can be seen. */
  readonly shown: ReadonlySet<OpenedPart | undefined>;
  /** Gives all addresses back. */
  close(): void;
}

export function findPictures(attachments: readonly OpenedPart[]): Pictures {
  const byId = new Map<string, OpenedPart>();
  for (const part of attachments) {
    if (part.contentId !== undefined && TYPE.test(part.type)) byId.set(part.contentId, part);
  }
  /** By content id or `data:` address. */
  const addresses = new Map<string, Promise<string>>();
  const shown = new Set<OpenedPart | undefined>();
  const made: string[] = [];
  let left = MAX_PIXELS;
  let closed = false;

  async function prepare(source: string, target: Document): Promise<string> {
    const part = byId.get(source);
    let address = source;
    if (part !== undefined) {
      const blob = new Blob([await part.bytes()], { type: part.type });
      if (closed) return '';
      address = URL.createObjectURL(blob);
      made.push(address);
    }
    left -= pixels(await loadPicture(address, target, left));
    return address;
  }

  async function fillOne({ image, source }: PicturePlace): Promise<boolean> {
    const address = addresses.get(source) ?? prepare(source, image.ownerDocument);
    addresses.set(source, address);
    try {
      image.src = await address;
      return byId.has(source) && (await isSeen(image));
    } catch {
      // A picture that is damaged, or too large, stays away, and its place shows the text that stands for it.
      return false;
    }
  }

  return {
    has: (contentId) => byId.has(contentId),
    async fill(places) {
      for (const { source } of places) shown.add(byId.get(source));
      const seen = new Set<OpenedPart | undefined>();
      // One after the other: each needs its blocks in memory.
      for (const place of places) if (await fillOne(place)) seen.add(byId.get(place.source));
      for (const part of shown) if (!seen.has(part)) shown.delete(part);
    },
    shown,
    close() {
      closed = true;
      for (const address of made) URL.revokeObjectURL(address);
    },
  };
}

/** Whether a picture could be loaded, and takes a place that is not much smaller than itself. */
async function isSeen(image: HTMLImageElement): Promise<boolean> {
  await settled(image);
  const { naturalWidth, naturalHeight, offsetWidth, offsetHeight } = image;
  return (
    image.complete &&
    naturalWidth > 0 &&
    offsetWidth >= Math.min(naturalWidth, 16) &&
    offsetHeight >= Math.min(naturalHeight, 16) &&
    getComputedStyle(image).visibility === 'visible'
  );
}
