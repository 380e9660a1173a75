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
      return { href: url.href, host: url.host };
    case 'mailto':
      return { href: safeMailto(url) };
    case 'tel':
      return /^tel:[+\d().*#;=\w-]+$/.test(url.href) ? { href: url.href } : undefined;
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
    .flatMap((match) => (match === null ? [] : [`${String(match[1]).toLowerCase()}=${reencode(String(match[2]))}`]));
  return `mailto:${url.pathname.split(',').map(reencode).join(',')}${fields.length === 0 ? '' : `?${fields.join('&')}`}`;
}

/** The same text in the one spelling that has nothing but letters, digits and escapes; addresses keep their `@`. */
function reencode(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text)).replaceAll('%40', '@');
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

/** Inline and important, so that no style of the mail hides it. */
const HOST_STYLE =
  'all:initial!important;display:inline-block!important;font:12px system-ui,sans-serif!important;color:#333d47!important;background:#eef1f4!important;border-radius:3px!important;padding:0 4px!important;margin-inline-start:4px!important;cursor:pointer!important';

/** Says where a finished link leads, unless its label does; a link around a picture says it when it is pointed at. */
export function tellHost(anchor: HTMLAnchorElement, host: string | undefined): void {
  if (host === undefined || host === '') return;
  const label = anchor.textContent.trim().toLowerCase();
  if (label === '') {
    anchor.title = host;
  } else if (label.replace(/^\w+:\/\//, '').replace(/[/?#].*$/s, '') !== host) {
    const shown = anchor.ownerDocument.createElement('span');
    shown.className = 'host';
    shown.style.cssText = HOST_STYLE;
    shown.textContent = host;
    anchor.append(shown);
  }
}
