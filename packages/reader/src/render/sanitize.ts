/**
 * A mail's HTML, built anew from an allow-list. The source is a parsed document that never ran or loaded anything; of it,
 * only names and texts are read. No element of it has a name or an id by which it would stand in the place of a property, and none
 * is anything but HTML: see `parseInert`. The result is made node by node and never becomes text again.
 */
import { element } from '../dom.js';
import { MARK, parseInert } from '../policy.js';
import { boundedText, PER_NODE, type LayoutBudget } from './bounded-text.js';
import { boundFonts, copySheet, copyStyle, PREFIX, tame, type StyleBudget } from './css.js';
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
    'align alt bgcolor border cellpadding cellspacing clear color colspan compact face frame height hidden hspace lang ' +
    'noshade nowrap rowspan rules scope size span start text title type valign value vspace width'
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
/** Directions that are not looked for in the text. */
const FIXED_DIRECTION = /^(?:ltr|rtl)$/;

const MAX_DEPTH = 200;
const MAX_NODES = 100_000;
/** Steps to and from an element for a rule, times the rules. */
const MAX_SEARCH = 1e8;
/** Nodes that a direction of its own counts for: what has one is laid out apart. */
const PER_ISOLATE = 10;
/** Nodes that these count for besides their own: each takes a browser as long. */
const WEIGHTS: Readonly<Record<string, number>> = {
  a: 16,
  bdi: PER_ISOLATE,
  img: 30,
  li: 5,
  rt: 10,
  ruby: 10,
  td: 2,
  th: 2,
};
/** Declarations of a style that count as another node. */
const PER_DECLARATIONS = 7;
/** Nodes that a number of a list's item counts for: a browser counts on from there. */
const PER_NUMBER = 50;
/** Different languages of a mail: a browser looks for fonts for each. */
const MAX_LANGUAGES = 200;
/** Of one element. Reading one takes as long as there are others before it. */
const MAX_ATTRIBUTES = 200;
/** Characters of one element's style. */
const MAX_STYLE = 10_000;
const DATA_PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]+$/i;

/** A picture of the body whose bytes are an attachment: still without a source. */
export interface PicturePlace {
  readonly image: HTMLImageElement;
  /** The content id of an attachment, or the picture itself as a `data:` address. */
  readonly source: string;
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
  readonly leave?: (() => void) | undefined;
}

/** Builds the content of `source` into the body of `target`, an empty document of the page's own. */
export function rebuild(source: Document, target: Document, hasPicture: HasPicture): Rebuilt {
  const { style } = parseInert('').body;
  const pictures: PicturePlace[] = [];
  const budget: LayoutBudget = { nodes: MAX_NODES };
  const bounded = boundedText(budget);
  const languages = new Set<string>();
  const undirected: HTMLElement[] = [];
  let blocked = 0;
  /** How long a browser looks for the elements that a rule is for. */
  let search = 0;

  const body = source.body as HTMLElement | null;
  const root = target.createElement('div');
  if (body !== null) copyAttributes(body, target.body);
  const stack: Level[] = [{ next: body?.firstChild ?? null, parent: root, depth: 0 }];
  for (let level = stack.at(-1); level !== undefined && budget.nodes >= 0; level = stack.at(-1)) {
    const node = level.next;
    if (node === null) {
      level.leave?.();
      stack.pop();
      continue;
    }
    level.next = node.nextSibling;
    budget.nodes--;
    if (node instanceof Text) {
      level.parent.appendChild(target.createTextNode(bounded(unmarked(node.data))));
    } else if (node instanceof Element) enter(node, level);
  }
  for (const { leave } of stack.reverse()) leave?.();
  copySheets();
  target.body.append(root);
  // Not before: for each node that comes under it, a browser would look again for the direction of all.
  for (const one of [root, ...undirected].reverse()) one.dir = 'auto';
  boundFonts(root);
  for (const outer of [source.documentElement, body]) {
    const dir = outer === null ? '' : direction(outer);
    if (FIXED_DIRECTION.test(dir)) root.dir = dir;
  }
  return { blocked, tooLong: budget.nodes < 0, pictures };

  function enter(node: Element, { parent, depth }: Level): void {
    const name = unmarked(node.localName);
    if (DROPPED.has(name)) {
      if (isRemote(attribute(node, 'src') ?? attribute(node, 'data'))) blocked++;
      return;
    }
    const flat = depth >= MAX_DEPTH && !LEAVES.has(name);
    if (flat && BLOCKS.has(name)) parent.appendChild(target.createElement('br'));
    if (flat || !KEPT.has(name)) {
      stack.push({ next: node.firstChild, parent, depth });
      return;
    }
    search += 16 + depth;
    const link = name === 'a' ? safeLink(attribute(node, 'href') ?? '') : undefined;
    // Only the page folds: what a mail folds could be missed.
    const plain = name === 'details' || name === 'summary' ? 'div' : name;
    const made = target.createElement((name === 'a' && link === undefined) || name === 'bdi' ? 'span' : plain);
    if (name === 'img' && !givePicture(node, made as HTMLImageElement)) {
      leaveText(node, parent);
      return;
    }
    if (isRemote(attribute(node, 'background'))) blocked++;
    copyAttributes(node, made);
    const dir = direction(node);
    if (FIXED_DIRECTION.test(dir)) made.dir = dir;
    else if (dir === 'auto' || name === 'bdi') undirected.push(made);
    const {
      colSpan = 1,
      rowSpan = 1,
      span = 1,
    } = made as HTMLElement & { colSpan?: number; rowSpan?: number; span?: number };
    budget.nodes -=
      (WEIGHTS[name] ?? 0) +
      (colSpan * (rowSpan || 1e4) * span) / PER_NODE +
      (made.hasAttribute('value') ? PER_NUMBER : 0);
    parent.appendChild(made);
    if (link !== undefined) pointTo(made as HTMLAnchorElement, link.href);
    stack.push({
      next: node.firstChild,
      parent: made,
      depth: depth + 1,
      leave:
        link &&
        (() => {
          tellHost(made as HTMLAnchorElement, link.host, true);
        }),
    });
  }

  /** Makes a place for a picture. False for one that is not shown. */
  function givePicture(node: Element, image: HTMLImageElement): boolean {
    const address = (attribute(node, 'src') ?? '').trim();
    if (DATA_PICTURE.test(address)) {
      pictures.push({ image, source: address });
      return true;
    }
    const contentId = /^cid:(.+)$/i.exec(address)?.[1];
    if (contentId !== undefined) {
      const id = [contentId, decode(contentId)].find(hasPicture);
      if (id === undefined) return false;
      pictures.push({ image, source: id });
      return true;
    }
    if (address !== '' || attribute(node, 'srcset') !== null) blocked++;
    return false;
  }

  function leaveText(node: Element, parent: Node): void {
    const text = attribute(node, 'alt')?.trim() ?? '';
    if (text === '') return;
    parent.appendChild(element('span', { class: 'alt' }, bounded(text.slice(0, 1000))));
  }

  function copyAttributes(from: Element, to: HTMLElement): void {
    for (const name of from.getAttributeNames().slice(0, MAX_ATTRIBUTES).map(unmarked)) {
      const value = attribute(from, name) ?? '';
      if (ATTRIBUTES.has(name)) {
        if (VALUE.test(value) && (name !== 'lang' || languages.add(value).size <= MAX_LANGUAGES))
          to.setAttribute(name, value);
      } else if (name === 'class') {
        const names = value.split(/\s+/, 50).filter((word) => NAME.test(word));
        to.className = names.map((word) => PREFIX + word).join(' ');
      } else if (name === 'id') {
        if (NAME.test(value)) to.id = PREFIX + value;
      } else if (name === 'style') {
        style.cssText = tame(value.slice(0, MAX_STYLE));
        blocked += copyStyle(style, to.style, GROWING.has(to.localName));
        budget.nodes -= to.style.length / PER_DECLARATIONS + (to.style.unicodeBidi === '' ? 0 : PER_ISOLATE);
      } else if (name === 'role' && /^(?:presentation|none)$/.test(value)) {
        to.setAttribute(name, value);
      }
    }
  }

  function copySheets(): void {
    const left: StyleBudget = { characters: 500_000, rules: Math.min(4_000, MAX_SEARCH / search) };
    for (const sheet of source.querySelectorAll('style')) {
      if (left.rules <= 0) break;
      const made = target.createElement('style');
      target.head.append(made);
      if (made.sheet === null) continue;
      const media = attribute(sheet, 'media')?.replace(/^\s*all\s*$/i, '') ?? '';
      blocked += copySheet(unmarked(sheet.textContent), media, made.sheet, left);
    }
  }
}

/** What a mail gave an attribute. */
function attribute(node: Element, name: string): string | null {
  const value = node.getAttribute(name + MARK);
  return value && unmarked(value);
}

function direction(node: Element): string {
  return (attribute(node, 'dir') ?? '').toLowerCase();
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
