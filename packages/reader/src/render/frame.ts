import { element } from '../dom.js';
import { fillWithSkeleton } from '../policy.js';
import { important } from './links.js';

/** No scripts, ever. `allow-same-origin` lets the page build the content; `allow-modals` is for printing. */
const SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals';

/** Pixels; more is scrolled inside the frame. */
const MAX_HEIGHT = 200_000;

export interface Frame {
  readonly element: HTMLIFrameElement;
  /** The empty document, once the frame is part of the page. */
  readonly ready: Promise<Document>;
}

export function makeFrame(title: string): Frame {
  const frame = element('iframe', {
    id: 'sealpost-body',
    title,
    sandbox: SANDBOX,
    class: 'notranslate',
    translate: 'no',
  });
  const ready = new Promise<Document>((resolve) => {
    frame.onload = () => {
      if (frame.contentDocument !== null) resolve(frame.contentDocument);
    };
  });
  fillWithSkeleton(frame);
  return { element: frame, ready };
}

/**
 * Keeps the frame as high as its content until the result is called, which is to be done before the frame goes: an observer
 * holds on to what it observes, and complains of it in every frame that is drawn once it is gone. By an observer: in WebKit no listener fires inside a
 * frame without scripts, not even for pictures that have loaded.
 */
export function fitHeight(frame: HTMLIFrameElement, content: Document, print: () => void): () => void {
  const { body, documentElement } = content;
  // Not the mail's to decide: with any other value the height would depend on itself, or content would be cut off.
  body.style.cssText += important(
    'height:auto;min-height:0;max-height:none;margin:0;overflow:visible;display:flow-root;float:none',
  );
  documentElement.style.cssText += important('height:auto');
  const fit = (): void => {
    const scrollbar = documentElement.scrollWidth > documentElement.clientWidth ? 20 : 0;
    // Its border counts too.
    const height = Math.ceil(documentElement.getBoundingClientRect().height) + scrollbar + 2;
    frame.style.height = `${String(Math.min(height, MAX_HEIGHT))}px`;
  };
  const observer = new ResizeObserver(fit);
  observer.observe(body);
  fit();
  // The keys for printing mean the page's own button. A browser's menu prints the page around it, cuts lines in two where a sheet ends, and tells no
  // observer of the paper.
  const lay = (width: string) => (): void => {
    frame.style.width = width;
    documentElement.classList.toggle('print', width !== '');
    fit();
    // Firefox measures the paper even when it is done.
    setTimeout(fit);
  };
  window.onbeforeprint = lay('680px');
  window.onafterprint = lay('');
  window.onkeydown = content.onkeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'p' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    print();
  };
  return () => {
    observer.disconnect();
    window.onbeforeprint = window.onafterprint = window.onkeydown = null;
  };
}
