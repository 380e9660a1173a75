import { element } from '../dom.js';

/** Pixels that are shown of a message's pictures, or of one preview. A few kilobytes can claim so many that a browser freezes for minutes. */
export const MAX_PIXELS = 80e6;

/** A picture of which the size is known, and nothing decoded yet. Rejects for what is no picture, and one of more pixels than `maximum`. */
export async function loadPicture(address: string, maximum: number): Promise<HTMLImageElement> {
  const image = element('img');
  await new Promise((load, error) => {
    image.onload = load;
    image.onerror = error;
    image.src = address;
  });
  if (pixels(image) > maximum) throw new RangeError();
  return image;
}

export function pixels({ naturalWidth, naturalHeight }: HTMLImageElement): number {
  return naturalWidth * naturalHeight;
}
