import { type OpenedPart } from '@sealpost/core';
import type { PicturePlace } from './sanitize.js';

const TYPE = /^image\/(?:png|jpeg|gif|webp)$/i;

/** The pictures of a message that its body can show, and the addresses that were made for them. */
export interface Pictures {
  readonly has: (contentId: string) => boolean;
  /** Decrypts what the places ask for. Settles when all have their picture, or will not get one. */
  fill(places: readonly PicturePlace[]): Promise<void>;
  /** The attachments that the body shows. */
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
  let closed = false;

  async function decrypt(part: OpenedPart): Promise<string> {
    const blob = new Blob([await part.bytes()], { type: part.type });
    return closed ? '' : URL.createObjectURL(blob);
  }

  async function fillOne({ image, contentId }: PicturePlace): Promise<void> {
    const part = byId.get(contentId);
    if (part === undefined) return;
    const address = addresses.get(part) ?? decrypt(part);
    addresses.set(part, address);
    // A picture that is damaged stays away, and its place shows the text that stands for it.
    await address.then(
      (url) => {
        image.src = url;
      },
      () => undefined,
    );
  }

  return {
    has: (contentId) => byId.has(contentId),
    async fill(places) {
      await Promise.all(places.map(fillOne));
    },
    get shown() {
      return new Set(addresses.keys());
    },
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
