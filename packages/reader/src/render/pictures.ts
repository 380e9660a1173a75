import { type OpenedPart } from '@sealpost/core';
import type { PicturePlace } from './sanitize.js';

const TYPE = /^image\/(?:png|jpeg|gif|webp)$/i;

/** The pictures of a message that its body can show, and the addresses that were made for them. */
export interface Pictures {
  readonly has: (contentId: string) => boolean;
  /** Decrypts what the places ask for. Settles when all have their picture, or will not get one. */
  fill(places: readonly PicturePlace[]): Promise<void>;
  /** The attachments that the body shows: all that it asks for until they are filled, then those that can be seen. */
  readonly shown: ReadonlySet<OpenedPart>;
  /** Gives all addresses back. */
  close(): void;
}

export function findPictures(attachments: readonly OpenedPart[]): Pictures {
  const byId = new Map<string, OpenedPart>();
  for (const part of attachments) {
    if (part.contentId !== undefined && TYPE.test(part.type)) byId.set(part.contentId, part);
  }
  const addresses = new Map<OpenedPart, Promise<string>>();
  const shown = new Set<OpenedPart>();
  let closed = false;

  async function decrypt(part: OpenedPart): Promise<string> {
    const blob = new Blob([await part.bytes()], { type: part.type });
    return closed ? '' : URL.createObjectURL(blob);
  }

  async function fillOne(image: HTMLImageElement, part: OpenedPart): Promise<boolean> {
    if (closed) return false;
    const address = addresses.get(part) ?? decrypt(part);
    addresses.set(part, address);
    try {
      image.src = await address;
      return await isSeen(image);
    } catch {
      // A picture that is damaged stays away, and its place shows the text that stands for it.
      return false;
    }
  }

  return {
    has: (contentId) => byId.has(contentId),
    async fill(places) {
      const asked = places.flatMap(({ image, contentId }) => {
        const part = byId.get(contentId);
        return part === undefined ? [] : [{ image, part }];
      });
      for (const { part } of asked) shown.add(part);
      const seen = new Set<OpenedPart>();
      // One after the other: each needs its blocks in memory.
      for (const { image, part } of asked) if (await fillOne(image, part)) seen.add(part);
      for (const part of shown) if (!seen.has(part)) shown.delete(part);
    },
    shown,
    close() {
      closed = true;
      for (const address of addresses.values())
        address.then(
          (url) => {
            URL.revokeObjectURL(url);
          },
          () => undefined,
        );
    },
  };
}

/** Whether a picture could be loaded, and takes a place that is not much smaller than itself. */
async function isSeen(image: HTMLImageElement): Promise<boolean> {
  // No listener: see `fitHeight`.
  for (let look = 0; look < 40 && !image.complete; look++) await new Promise((resolve) => setTimeout(resolve, 25));
  const { naturalWidth, naturalHeight, offsetWidth, offsetHeight } = image;
  return (
    image.complete &&
    naturalWidth > 0 &&
    offsetWidth >= Math.min(naturalWidth, 16) &&
    offsetHeight >= Math.min(naturalHeight, 16) &&
    getComputedStyle(image).visibility === 'visible'
  );
}
