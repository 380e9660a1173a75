/** Pixels that are shown of a message's pictures, or of one preview. A few kilobytes can claim so many that a browser freezes for minutes. */
export const MAX_PIXELS = 80e6;

/**
 * A picture of which the size is known, and nothing decoded yet. A browser may remember it as long as there is `target`. Rejects for what
 * is no picture, and one of more pixels than `maximum`.
 */
export async function loadPicture(address: string, target: Document, maximum: number): Promise<HTMLImageElement> {
  const image = target.createElement('img');
  image.src = address;
  await settled(image);
  const count = pixels(image);
  if (count === 0 || count > maximum) throw new RangeError();
  return image;
}

/** None where it could not be loaded. */
export function pixels({ naturalWidth, naturalHeight }: HTMLImageElement): number {
  return naturalWidth * naturalHeight;
}

/** Waits until a picture is there, or will not be. No listener: see `fitHeight`. */
export async function settled(image: HTMLImageElement): Promise<void> {
  for (let look = 0; look < 200 && !image.complete; look++) await new Promise((resolve) => setTimeout(resolve, look));
}
