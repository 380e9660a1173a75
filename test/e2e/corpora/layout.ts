/** A box of block level, or a picture: its element's name, and where it stands in the frame or page that shows the mail. */
export interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a browser shows a mail: its text as a person would copy it, and its boxes in the order of the document. */
export interface Layout {
  readonly text: string;
  readonly boxes: readonly Box[];
}

/**
 * Runs in a page. In the frame of an envelope's page (`framed`), what the page adds is taken out first: the plates that tell where a
 * link leads (`host`), the texts that stand for remote pictures (`alt`), and the header for paper; folded quotes are opened, and their
 * fold goes. In a plain page, what is not there without remote content: pictures whose bytes are not in the mail.
 */
export function measureLayout(framed: boolean): Layout {
  const shown = framed ? document.querySelector('iframe')!.contentDocument! : document;
  const out = framed ? '.paper, .host, .alt' : 'img:not([src^="data:image/"])';
  for (const element of shown.querySelectorAll(out)) element.remove();
  for (const fold of framed ? shown.querySelectorAll('details[style*="revert"]') : []) {
    fold.querySelector('summary')?.remove();
    fold.replaceWith(...fold.childNodes);
  }
  const content = framed ? shown.body.querySelector('div')! : shown.body;
  const boxes = [...content.querySelectorAll('*')].flatMap((element) => {
    const { display } = getComputedStyle(element);
    if (
      element.localName !== 'img' &&
      !/^(?:block|flow-root|list-item|table|table-.*|flex|grid|-webkit-box)$/.test(display)
    )
      return [];
    const { x, y, width, height } = element.getBoundingClientRect();
    return width === 0 || height === 0 ? [] : [{ name: element.localName, x, y, width, height }];
  });
  return { text: shown.body.innerText, boxes };
}
