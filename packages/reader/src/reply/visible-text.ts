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
  const paint = makePaint(view, makeColors());
  // One for all: a browser looks at each there is whenever a text changes.
  const range = body.ownerDocument.createRange();
  const hidden: (readonly [Text, string])[] = [];
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const parent = node.parentElement;
    if (parent === null) continue;
    if (!seen.has(parent)) seen.set(parent, isSeen(parent, view, paint));
    if (seen.get(parent) === false || isAway(node, view, range)) hidden.push([node, node.data]);
  }
  // For each text that changes, a browser would look again for the direction of all, and at the lines that it stands in.
  const undirected = [...body.querySelectorAll<HTMLElement>('[dir=auto]')].reverse();
  const { style } = body.ownerDocument.documentElement;
  const exchange = (work: () => void): void => {
    style.display = 'none';
    body.getClientRects();
    work();
    style.display = '';
  };
  // Nothing is drawn between this and its undoing.
  exchange(() => {
    for (const one of undirected) one.dir = '';
    for (const [node] of hidden) node.data = '';
  });
  const text = body.innerText;
  exchange(() => {
    for (const [node, data] of hidden) node.data = data;
    for (const one of undirected) one.dir = 'auto';
  });
  for (const fold of folds) fold.open = false;
  return text.trim();
}

/** Pixels; smaller letters are there for machines. */
const SMALLEST = 4;
/** Of 255, in each of red, green and blue: what differs less from its background is not to be seen. */
const LEAST_CONTRAST = 24;
/** Pixels to the right; nobody goes so far for a line. */
const FURTHEST = 5_000;

type Colors = (color: string) => Uint8ClampedArray;
/** Red, green and blue. */
type Paint = readonly number[];

function isSeen(element: Element, view: Window, paperOf: PaintOf): boolean {
  // The page's own word for a quote that it has folded.
  if (element.closest('summary')) return false;
  const { visibility, fontSize, color } = view.getComputedStyle(element);
  if (visibility !== 'visible' || parseFloat(fontSize) < SMALLEST) return false;
  const paper = paperOf(element);
  return paperOf(element, color).some((ink, at) => Math.abs(ink - (paper[at] ?? 0)) > LEAST_CONTRAST);
}

/** Whether a line of it begins or ends where nobody gets by scrolling, or would scroll to. */
function isAway(node: Text, view: Window, range: Range): boolean {
  range.selectNodeContents(node);
  const past = view.scrollX;
  return [...range.getClientRects()].some(({ left, right }) => right + past < 0 || left + past > FURTHEST);
}

/** The colour behind an element's letters, or of what is drawn upon it. */
type PaintOf = (element: Element | null, over?: string) => Paint;

function makePaint(view: Window, colors: Colors): PaintOf {
  const papers = new Map<Element, Paint>();
  return paintOf;

  function paintOf(element: Element | null, over?: string): Paint {
    if (element === null) return [255, 255, 255];
    let paper = papers.get(element);
    if (paper === undefined) {
      paper = blend(view.getComputedStyle(element).backgroundColor, paintOf(element.parentElement));
      papers.set(element, paper);
    }
    return over === undefined ? paper : blend(over, paper);
  }

  function blend(color: string, under: Paint): Paint {
    const [red = 0, green = 0, blue = 0, opacity = 0] = colors(color);
    return [red, green, blue].map((value, at) => (under[at] ?? 0) + ((value - (under[at] ?? 0)) * opacity) / 255);
  }
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
