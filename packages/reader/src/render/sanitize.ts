/**
 * A mail's HTML, built anew from an allow-list. The source is a parsed document that never ran or loaded anything; of it,
 * only names and texts are read, through the prototypes' own getters, since in a hostile document
 * `form.attributes` may be an input with that name. The result is made node by node and never becomes text again.
 */
import { element } from '../dom.js';
import { MARK, parseInert } from '../policy.js';
import { copySheet, copyStyle, PREFIX, tame, type StyleBudget } from './css.js';
import { pointTo, safeLink, tellHost } from './links.js';

/** Elements that are built again. Others give way to their content. */
const KEPT = new Set(
  (
    'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div ' +
    'dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark menu nav nobr ol p pre q rp rt ruby s ' +
    'samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
  ).split(' '),
);
/** Elements that go with their content. */
const DROPPED = new Set(
  (
    'applet area audio base canvas dialog embed frame frameset head iframe input link map meta noembed noframes noscript object ' +
    'option param script select source style svg math template textarea title track video'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'abbr align alt bgcolor border cellpadding cellspacing clear color colspan compact datetime dir face frame height hidden hspace lang ' +
    'link noshade nowrap reversed rowspan rules scope size span start summary text title type valign value vspace width'
  ).split(' '),
);
/** What an element is still for when it stands too deep to be built as a box. */
const LEAVES = new Set('a br hr img'.split(' '));
const BLOCKS = new Set('address blockquote center dd div dl dt h1 h2 h3 h4 h5 h6 li ol p pre table tr ul'.split(' '));
/** Whose height is the least one anyway, or cannot be too small for its content. */
const GROWING = new Set('hr img table tbody td tfoot th thead tr'.split(' '));
const NAME = /^[\w-]{1,100}$/;
/** No attribute that is kept needs angle brackets; a text that looks like markup would wait for somebody to parse it. */
const VALUE = /^[^<>]{0,1000}$/;

const MAX_DEPTH = 200;
const MAX_NODES = 100_000;
/** Characters of text that count as another node. */
const PER_NODE = 8;
/** Nodes that these count for besides their own: each takes a browser as long. */
const WEIGHTS: Readonly<Record<string, number>> = { a: 16, img: 30, td: 2, th: 2 };
/** Marks above one letter; a browser takes a time for them that grows with their square. */
const MARKS = /([\p{M}\p{Emoji_Modifier}]{30})[\p{M}\p{Emoji_Modifier}]+/gu;
const TURNING =
  '\\u0590-\\u08ff\\u202a-\\u202e\\u2066-\\u2069\\ufb1d-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
/** Where a line's direction changes: it is laid out in as many pieces. */
const TURN = new RegExp(`[${TURNING}][^${TURNING}\\p{L}\\p{N}]*(?![${TURNING}])[\\p{L}\\p{N}]`, 'gu');
/** Of one element. Reading one takes as long as there are others before it. */
const MAX_ATTRIBUTES = 200;
/** Characters of one element's style. */
const MAX_STYLE = 10_000;
const DATA_PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]+$/i;

/** A picture of the body whose bytes are an attachment: still without a source. */
export interface PicturePlace {
  readonly image: HTMLImageElement;
  readonly contentId: string;
}

export interface Rebuilt {
  /** How much the mail wanted from the internet. */
  readonly blocked: number;
  /** True where the mail had more nodes than are shown. */
  readonly tooLong: boolean;
  readonly pictures: readonly PicturePlace[];
}

/** Says of a content id whether the message has a picture of a harmless type for it. */
export type HasPicture = (contentId: string) => boolean;

interface Level {
  next: Node | null;
  readonly parent: Node;
  readonly depth: number;
  readonly leave?: () => void;
}

/** Builds the content of `source` into the body of `target`, an empty document of the page's own. */
export function rebuild(source: Document, target: Document, hasPicture: HasPicture): Rebuilt {
  const read = getters();
  const { style } = parseInert('').body;
  const pictures: PicturePlace[] = [];
  let blocked = 0;
  let nodes = 0;
  /** Texts without a blank since the last one with one. */
  let unbroken = 0;
  let turned = 0;

  const body = read.body(source);
  const root = target.createElement('div');
  if (body !== null) copyAttributes(body, target.body);
  copySheets();
  const stack: Level[] = [{ next: body === null ? null : read.firstChild(body), parent: root, depth: 0 }];
  for (let level = stack.at(-1); level !== undefined && nodes <= MAX_NODES; level = stack.at(-1)) {
    const node = level.next;
    if (node === null) {
      level.leave?.();
      stack.pop();
      continue;
    }
    level.next = read.nextSibling(node);
    nodes++;
    if (node instanceof Text) {
      addText(read.text(node), level.parent);
    } else if (node instanceof Element) enter(node, level);
  }
  for (const { leave } of stack.reverse()) leave?.();
  target.body.append(root);
  // Not before: for each node that comes under it, a browser would look again for the direction of all.
  root.dir = 'auto';
  for (const outer of [read.root(source), body]) {
    const dir = outer === null ? null : read.attribute(outer, 'dir');
    if (dir !== null && /^(?:ltr|rtl)$/i.test(dir)) root.dir = dir;
  }
  return { blocked, tooLong: nodes > MAX_NODES, pictures };

  /** With places to break a line in what has no blanks: without any, WebKit takes a time that grows with its square. */
  function addText(text: string, parent: Node): void {
    const turns = 20 * (text.match(TURN)?.length ?? 0);
    const left = MAX_NODES - nodes;
    turned += turns;
    nodes += turns + text.length / PER_NODE;
    unbroken = /\s/.test(text) ? 0 : unbroken + 1;
    const kept = text.slice(0, Math.min(PER_NODE, text.length / turns) * left);
    const broken = kept.replace(MARKS, '$1').replace(turned > 1e4 ? /\S{9}(?=\S)/gu : /\S{300}(?=\S)/gu, '$&\u200b');
    parent.appendChild(target.createTextNode(unbroken % 30 === 29 ? `\u200b${broken}` : broken));
  }

  function enter(node: Element, { parent, depth }: Level): void {
    const name = read.localName(node);
    if (read.namespace(node) !== read.html || DROPPED.has(name)) {
      if (isRemote(read.attribute(node, 'src') ?? read.attribute(node, 'data'))) blocked++;
      return;
    }
    const flat = depth >= MAX_DEPTH && !LEAVES.has(name);
    if (flat && BLOCKS.has(name)) parent.appendChild(target.createElement('br'));
    if (flat || !KEPT.has(name)) {
      stack.push({ next: read.firstChild(node), parent, depth });
      return;
    }
    const link = name === 'a' ? safeLink(read.attribute(node, 'href') ?? '') : undefined;
    // Only the page folds: what a mail folds could be missed.
    const plain = name === 'details' || name === 'summary' ? 'div' : name;
    const made = target.createElement(name === 'a' && link === undefined ? 'span' : plain);
    if (name === 'img' && !givePicture(node, made as HTMLImageElement)) {
      leaveText(node, parent);
      return;
    }
    if (isRemote(read.attribute(node, 'background'))) blocked++;
    copyAttributes(node, made);
    const {
      colSpan = 1,
      rowSpan = 1,
      span = 1,
    } = made as HTMLElement & { colSpan?: number; rowSpan?: number; span?: number };
    nodes += (WEIGHTS[name] ?? 0) + (colSpan * (rowSpan || 1e4) * span) / PER_NODE;
    parent.appendChild(made);
    const level: Level = { next: read.firstChild(node), parent: made, depth: depth + 1 };
    if (link === undefined) {
      stack.push(level);
      return;
    }
    const anchor = made as HTMLAnchorElement;
    pointTo(anchor, link.href);
    stack.push({
      ...level,
      leave: () => {
        tellHost(anchor, link.host, true);
      },
    });
  }

  /** The picture's own bytes, or a place for an attachment's. False for one that is not shown. */
  function givePicture(node: Element, image: HTMLImageElement): boolean {
    const address = (read.attribute(node, 'src') ?? '').trim();
    if (DATA_PICTURE.test(address)) {
      image.src = address;
      return true;
    }
    const contentId = /^cid:(.+)$/i.exec(address)?.[1];
    if (contentId !== undefined) {
      const id = [contentId, decode(contentId)].find(hasPicture);
      if (id === undefined) return false;
      pictures.push({ image, contentId: id });
      return true;
    }
    if (address !== '' || read.attribute(node, 'srcset') !== null) blocked++;
    return false;
  }

  function leaveText(node: Element, parent: Node): void {
    const text = read.attribute(node, 'alt')?.trim() ?? '';
    if (text === '') return;
    parent.appendChild(element('span', { class: 'alt' }, text.slice(0, 1000)));
  }

  function copyAttributes(from: Element, to: HTMLElement): void {
    for (const name of read.attributeNames(from).slice(0, MAX_ATTRIBUTES)) {
      const value = read.attribute(from, name) ?? '';
      if (ATTRIBUTES.has(name)) {
        if (VALUE.test(value)) to.setAttribute(name, value);
      } else if (name === 'class') {
        const names = value.split(/\s+/, 50).filter((word) => NAME.test(word));
        to.className = names.map((word) => PREFIX + word).join(' ');
      } else if (name === 'id') {
        if (NAME.test(value)) to.id = PREFIX + value;
      } else if (name === `style${MARK}`) {
        style.cssText = tame(value.slice(0, MAX_STYLE));
        blocked += copyStyle(style, to.style, GROWING.has(to.localName));
      } else if (name === 'role' && /^(?:presentation|none)$/.test(value)) {
        to.setAttribute(name, value);
      }
    }
  }

  function copySheets(): void {
    const budget: StyleBudget = { characters: 500_000, rules: 2_000 };
    for (const sheet of read.select(source, 'style')) {
      if (budget.rules <= 0) break;
      const made = target.createElement('style');
      target.head.append(made);
      if (made.sheet === null) continue;
      const media = read.attribute(sheet, 'media')?.replace(/^\s*all\s*$/i, '') ?? '';
      blocked += copySheet(read.text(sheet), media, made.sheet, budget);
    }
  }
}

/** The getters and methods of the prototypes, which no document can replace. */
function getters() {
  const getter = (prototype: object, name: string): ((node: Node) => unknown) => {
    const { get } = Object.getOwnPropertyDescriptor(prototype, name) as { get: (this: Node) => unknown };
    return (node) => get.call(node);
  };
  const method = (prototype: object, name: string): ((node: Node, argument?: string) => unknown) => {
    const own = Object.getOwnPropertyDescriptor(prototype, name)?.value as (this: Node, argument?: string) => unknown;
    return (node, argument) => own.call(node, argument);
  };
  const { prototype: ofDocument } = Document;
  const { prototype: ofNode } = Node;
  const { prototype: ofElement } = Element;
  const textContent = getter(ofNode, 'textContent') as (node: Node) => string;
  const attribute = method(ofElement, 'getAttribute') as (node: Node, name: string) => string | null;
  return {
    html: document.documentElement.namespaceURI,
    root: getter(ofDocument, 'documentElement') as (source: Node) => HTMLElement | null,
    body: getter(ofDocument, 'body') as (source: Node) => HTMLElement | null,
    select: method(ofDocument, 'querySelectorAll') as (source: Node, selector: string) => NodeListOf<Element>,
    firstChild: getter(ofNode, 'firstChild') as (node: Node) => Node | null,
    nextSibling: getter(ofNode, 'nextSibling') as (node: Node) => Node | null,
    text: (node: Node) => unmarked(textContent(node)),
    localName: getter(ofElement, 'localName') as (node: Node) => string,
    namespace: getter(ofElement, 'namespaceURI') as (node: Node) => string | null,
    attributeNames: method(ofElement, 'getAttributeNames') as (node: Node) => readonly string[],
    attribute: (node: Node, name: string) => {
      const value = attribute(node, name);
      return value && unmarked(value);
    },
  };
}

function unmarked(text: string): string {
  return text.replaceAll(MARK, '');
}

function isRemote(address: string | null): boolean {
  return address !== null && /^\s*(?:[a-z]+:)?[\\/]{2}/i.test(address);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
