/** The brand colour of this page, which that of an answer is: for core's `document/brand.ts`, which makes it from any colour. */
export function brandStyle(): string {
  return document.documentElement.getAttribute('style') ?? '';
}
