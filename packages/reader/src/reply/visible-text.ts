import { element } from '../dom.js';

/**
 * What can be read in a message's frame, as plain text with the lines that it has there: for a quote. What the mail hides, by its style
 * or by its colours, is left out, so that it does not come to light, or mean something else, in an answer (checklist 17).
 */
export function visibleText({ body, defaultView: view }: Document): string {
  if (view === null) return '';
  const folds = body.querySelectorAll<HTMLDetailsElement>('details:not([open])');
  for (const fold of folds) fold.open = true;
  const seen = new Map<Element, boolean>();
  const colors = makeColors();
  const hidden: (readonly [Text, string])[] = [];
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const parent = node.parentElement;
    if (parent === null) continue;
    if (!seen.has(parent)) seen.set(parent, isSeen(parent, view, colors));
    if (seen.get(parent) === false) hidden.push([node, node.data]);
  }
  // Nothing is drawn between this and its undoing.
  for (const [node] of hidden) node.data = '';
  const text = body.innerText;
  for (const [node, data] of hidden) node.data = data;
  for (const fold of folds) fold.open = false;
  return text.trim();
}

/** Pixels; smaller letters are there for machines. */
const SMALLEST = 4;
/** Of 255, in each of red, green and blue: what differs less from its background is not to be seen. */
const LEAST_CONTRAST = 24;

type Colors = (color: string) => Uint8ClampedArray;

function isSeen(element: Element, view: Window, colors: Colors): boolean {
  // The page's own word for a quote that it has folded.
  if (element.closest('summary')) return false;
  const { visibility, fontSize, color } = view.getComputedStyle(element);
  if (visibility !== 'visible' || parseFloat(fontSize) < SMALLEST) return false;
  const ink = colors(color);
  const paper = paperOf(element, view, colors);
  const [, , , opacity = 0] = ink;
  return opacity > 30 && [0, 1, 2].some((at) => Math.abs((ink[at] ?? 0) - (paper[at] ?? 0)) > LEAST_CONTRAST);
}

/** The colour behind an element's letters. */
function paperOf(element: Element, view: Window, colors: Colors): Uint8ClampedArray {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const paper = colors(view.getComputedStyle(at).backgroundColor);
    if ((paper[3] ?? 0) > 127) return paper;
  }
  return colors('#fff');
}

/** Colours as red, green, blue and opacity, however they are spelled: as the browser draws them. */
function makeColors(): Colors {
  const canvas = element('canvas', { width: 1, height: 1 });
  const drawn = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Uint8ClampedArray>();
  return (color) => {
    let pixel = known.get(color);
    if (pixel === undefined && drawn !== null) {
      drawn.clearRect(0, 0, 1, 1);
      drawn.fillStyle = color;
      drawn.fillRect(0, 0, 1, 1);
      pixel = drawn.getImageData(0, 0, 1, 1).data;
      known.set(color, pixel);
    }
    return pixel ?? new Uint8ClampedArray(4);
  };
}
