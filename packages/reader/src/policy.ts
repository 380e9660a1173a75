/** The part of Trusted Types that the page uses; TypeScript's library does not have it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: Rules): Rules;
}

/** The results are opaque objects where the browser has Trusted Types; the sinks below take them as strings. */
interface Rules {
  createHTML(text: string): string;
  createScriptURL(url: string): string;
}

/**
 * The document of the message's frame before the message is built into it. A constant: nothing of a message ever
 * becomes markup. Without line breaks, which the bundle would have to keep.
 */
const SKELETON =
  '<!doctype html><html translate="no" class="notranslate"><head><meta charset="utf-8">' +
  '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">' +
  '<style>' +
  'html{background:#fff;color:#1a2027;color-scheme:light;font:16px/1.5 system-ui,sans-serif;overflow:auto}' +
  'body{padding:20px;overflow-wrap:break-word}' +
  'img{max-width:100%}' +
  'pre{white-space:pre-wrap}' +
  'blockquote{margin:0 0 0 4px;padding-inline-start:12px;border-inline-start:3px solid #c9d1d9}' +
  'a{color:#0b57a4}' +
  '.alt{color:#57606a;font-style:italic}' +
  '.text{white-space:pre-wrap;unicode-bidi:plaintext;max-width:75ch}' +
  '.paper{all:initial;display:none;position:relative;z-index:9;font:16px/1.5 system-ui,sans-serif;color:#000;background:#fff;margin-bottom:20px;border-bottom:1px solid #888}' +
  '.paper p{margin:0 0 4px}' +
  '@media (prefers-color-scheme:dark){.plain{background:#1b242d;color:#e8edf1;color-scheme:dark}.plain a{color:#8cc4f5}}' +
  '.print .paper{display:block}.print body{padding:0!important}' +
  '@media print{.paper{display:block}body{padding:0!important}.plain{background:#fff;color:#000}}' +
  '</style>';

let rules: Rules | undefined;

/** The page's only policy. Its strings come from three places, all of them in this file. */
function policy(): Rules {
  const own: Rules = { createHTML: (text) => text, createScriptURL: (url) => url };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return (rules ??= trustedTypes?.createPolicy('sealpost', own) ?? own);
}

/** What follows names in a mail's text that engines would know: of attributes, and of elements. */
export const MARK = '\uFDD0';

/**
 * Where an attribute's name ends that has a value; but not what begins as a tag does, or as `&amp`, which a mark would change.
 * And elements that do work as soon as they are there: they look for others, count them, or look at all that comes into them.
 */
const BUSY =
  /[a-z](?=\s*=)(?<!&\w+|<\w+)|<\/?(?:audio|bdi|fieldset|form|math|option|picture|select|summary|svg|video)(?=[\s/>])/gi;

/**
 * Parses a mail's HTML into a document that runs nothing, loads nothing and has no style, and in which an attribute's value is only
 * a text: an engine that took it for a pattern, a condition or a direction could end the tab, or take for ever. There are marks
 * in its names and texts; those of attributes without a value have none.
 */
export function parseInert(html: string): Document {
  const inert = html
    .replace(BUSY, `$&${MARK}`)
    // Of the same kind, but they would stay open with a mark.
    .replace(/<(?:base|param)(?=[\s/>])/gi, '<basefont')
    .replace(/<style(?=[\s/>])/gi, '$& type=-');
  return new DOMParser().parseFromString(policy().createHTML(inert), 'text/html');
}

export function fillWithSkeleton(frame: HTMLIFrameElement): void {
  frame.srcdoc = policy().createHTML(SKELETON);
}

/** Starts a worker on a script's text. Throws where the browser has no workers for this page. */
export function startWorker(script: string): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  try {
    return new Worker(policy().createScriptURL(url));
  } finally {
    // The worker has its own reference from the moment it was made.
    URL.revokeObjectURL(url);
  }
}
