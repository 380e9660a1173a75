import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

/** What came out of a mail's HTML. */
export interface Outcome {
  /** The rebuilt body, as the browser writes it. For tests only: the page never does that. */
  readonly html: string;
  /** Its style rules. */
  readonly rules: readonly string[];
  readonly blocked: number;
  readonly tooLong: boolean;
  /** Content ids of the attachments that it shows. */
  readonly pictures: readonly string[];
  /** Names of all elements, and of all attributes as `element@attribute`. */
  readonly names: readonly string[];
  /** Of all links and pictures. */
  readonly addresses: readonly string[];
  /** What DOMPurify would still remove. */
  readonly removedByOracle: readonly string[];
  readonly depth: number;
}

/** The page's sanitiser in a browser, by itself, with DOMPurify beside it. */
export interface Sanitiser {
  run(...mails: readonly string[]): Promise<readonly Outcome[]>;
  readonly page: Page;
}

const entry = `
import { rebuild } from './sanitize.js';
import { parseInert } from '../policy.js';
globalThis.runMail = (mail) => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin');
  document.body.append(frame);
  const target = frame.contentDocument;
  const { blocked, tooLong, pictures } = rebuild(parseInert(mail), target, (id) => id.startsWith('known'));
  const elements = [...target.body.querySelectorAll('*')];
  const names = elements.flatMap((element) =>
    [element.localName, ...element.getAttributeNames().map((name) => element.localName + '@' + name)]);
  const depth = (element) => element === target.body ? 0 : 1 + depth(element.parentElement);
  const html = target.body.innerHTML;
  DOMPurify.sanitize(html, { ADD_ATTR: ['target'] });
  const outcome = {
    html, blocked, tooLong,
    rules: [...target.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)),
    addresses: elements.flatMap((element) => ['href', 'src'].map((name) => element.getAttribute(name)).filter((value) => value !== null)),
    pictures: pictures.map(({ contentId }) => contentId),
    names: [...new Set([...names, ...target.body.getAttributeNames().map((name) => 'body@' + name)])],
    removedByOracle: DOMPurify.removed.map(({ element, attribute }) => element?.outerHTML ?? element?.nodeName ?? attribute?.name),
    depth: Math.max(0, ...elements.map(depth)),
  };
  frame.remove();
  return outcome;
};`;

export async function startSanitiser(browser: Browser): Promise<Sanitiser> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('../../src/render/', import.meta.url)), loader: 'ts' },
    bundle: true,
    format: 'iife',
    conditions: ['source'],
    write: false,
  });
  const oracle = createRequire(import.meta.url).resolve('dompurify/dist/purify.min.js');
  const page = await browser.newPage();
  await page.addScriptTag({ content: readFileSync(oracle, 'utf8') });
  await page.addScriptTag({ content: outputFiles[0]!.text });
  type Scope = typeof globalThis & { runMail(mail: string): Outcome };
  return {
    page,
    run: (...mails) => page.evaluate((all) => all.map((mail) => (globalThis as Scope).runMail(mail)), [...mails]),
  };
}
