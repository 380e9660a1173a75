import { element } from '../dom.js';

/** A link of a mail, as it may stand in the page. */
export interface SafeLink {
  readonly href: string;
  /** Where it leads, for links that leave for a web site. */
  readonly host?: string;
}

/** The link that an attribute means, or nothing for what is not an ordinary web, mail or telephone address. */
export function safeLink(value: string): SafeLink | undefined {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return undefined;
  }
  switch (url.protocol.slice(0, -1)) {
    case 'http':
    case 'https':
      // None is longer (RFC 1035, section 2.3.4).
      return url.host.length > 260 ? undefined : { href: url.href, host: url.host };
    case 'mailto':
      return { href: safeMailto(url) };
    case 'tel':
      return /^tel:[+\d().*#;=\w-]{1,99}$/.test(url.href) ? { href: url.href } : undefined;
    default:
      return undefined;
  }
}

/** Of a `mailto:` address, who to write to and what about: nothing that attaches files or sets other headers. */
function safeMailto(url: URL): string {
  const fields = url.search
    .slice(1)
    .split('&')
    .map((field) => /^(to|subject|body)=(.*)$/i.exec(field))
    .flatMap((match) => {
      if (match === null) return [];
      const name = String(match[1]).toLowerCase();
      return [`${name}=${reencode(String(match[2]), name === 'body' ? /(?![\r\n])\p{Cc}/gu : CONTROL)}`];
    });
  return `mailto:${url.pathname
    .split(',')
    .map((address) => reencode(address))
    .join(',')}${fields.length === 0 ? '' : `?${fields.join('&')}`}`;
}

/** Line breaks too: in a header, they would begin another one. */
const CONTROL = /\p{Cc}/gu;

/** The same text in the one spelling that has nothing but letters, digits and escapes; addresses keep their `@`. */
function reencode(text: string, without = CONTROL): string {
  try {
    return encodeURIComponent(decodeURIComponent(text).replace(without, '')).replaceAll('%40', '@');
  } catch {
    return '';
  }
}

/** Makes an anchor lead there, without telling the other side or the new page anything about this one. */
export function pointTo(anchor: HTMLAnchorElement, href: string): void {
  anchor.href = href;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer nofollow';
}

/**
 * Inline and important, above everything and in its own direction: no style of the mail hides, covers or turns it.
 */
const PLATE = important(
  'all:initial;display:inline-block;position:relative;z-index:9;direction:ltr;unicode-bidi:isolate;max-width:90vw;overflow-wrap:break-word;font:12px system-ui,sans-serif;color:#333d47;background:#eef1f4;border-radius:3px;padding:0 4px;margin:0 4px',
);

/**
 * Says beside a finished link where it leads, unless its label is nothing but that address; one without a label, around a picture
 * that is not there, leads nowhere any more. A label that is the address is shown in the
 * page's own style where it stands in a mail that has `styles`. Nothing else is believed: of any other content the mail
 * may show a part only.
 */
export function tellHost(anchor: HTMLAnchorElement, host: string | undefined, styles: boolean): void {
  if (host === undefined || host === '') return;
  if (anchor.textContent.trim() === '' && anchor.querySelector('img') === null) {
    anchor.removeAttribute('href');
    return;
  }
  anchor.title = host;
  const [label, ...others] = anchor.childNodes;
  const text = label?.nodeType === Node.TEXT_NODE && others.length === 0 ? (label.nodeValue ?? '').trim() : '';
  const address = host + anchor.pathname + anchor.search + anchor.hash;
  if (
    [host, `${host}/`, address].some((one) => text.replace(/^https?:\/\//i, '').toLowerCase() === one.toLowerCase())
  ) {
    if (styles) anchor.style.cssText = `${PLATE};${important('cursor:pointer;text-decoration:underline')}`;
    return;
  }
  const shown = element('span', { class: 'host' }, host);
  shown.style.cssText = PLATE;
  // Within the link and before all else in it: no style of the mail puts a distance between the two.
  anchor.prepend(shown);
  anchor.style.cssText += important('flex-flow:row;justify-content:start;gap:0;text-indent:0');
}

export function important(style: string): string {
  return style.replace(/;|$/g, '!important$&');
}
