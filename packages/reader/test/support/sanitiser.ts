import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Driven } from '../../../../test/e2e/driver/engine.js';
import { Visit } from '../../../../test/e2e/driver/visit.js';
import type { EnvelopeFolder } from './envelope-file.js';

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
  readonly depth: number;
  /** Milliseconds that the rebuilding took, without the browser's own parsing. */
  readonly time: number;
}

export interface JudgedOutcome extends Outcome {
  /** What DOMPurify would still remove. */
  readonly removedByOracle: readonly string[];
}

/** The page's sanitiser in a browser, by itself, with DOMPurify beside it. */
export interface Sanitiser {
  run(...mails: readonly string[]): Promise<readonly Outcome[]>;
  /** In WebKitGTK the judge takes a time that grows with the square of a mail's length: for short mails. */
  judge(...mails: readonly string[]): Promise<readonly JudgedOutcome[]>;
  readonly visit: Visit;
}

const entry = `
import { rebuild } from './sanitize.js';
import { parseInert } from '../policy.js';
globalThis.runMail = (mail) => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin');
  document.body.append(frame);
  const target = frame.contentDocument;
  const source = parseInert(mail);
  const start = performance.now();
  const { blocked, tooLong, pictures } = rebuild(source, target, (id) => id.startsWith('known'));
  const time = performance.now() - start;
  const isAddress = (source) => source.startsWith('data:');
  for (const { image, source } of pictures) if (isAddress(source)) image.src = source;
  const elements = [...target.body.querySelectorAll('*')];
  const names = elements.flatMap((element) =>
    [element.localName, ...element.getAttributeNames().map((name) => element.localName + '@' + name)]);
  const depth = (element) => element === target.body ? 0 : 1 + depth(element.parentElement);
  const outcome = {
    html: target.body.innerHTML, blocked, tooLong, time,
    rules: [...target.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)),
    addresses: elements.flatMap((element) => ['href', 'src'].map((name) => element.getAttribute(name)).filter((value) => value !== null)),
    pictures: pictures.map(({ source }) => source).filter((source) => !isAddress(source)),
    names: [...new Set([...names, ...target.body.getAttributeNames().map((name) => 'body@' + name)])],
    depth: Math.max(0, ...elements.map(depth)),
  };
  frame.remove();
  return outcome;
};
globalThis.judgeMail = (mail) => {
  const outcome = runMail(mail);
  DOMPurify.sanitize(outcome.html, { ADD_ATTR: ['target'] });
  const removedByOracle = DOMPurify.removed.map(({ element, attribute }) => element?.outerHTML ?? element?.nodeName ?? attribute?.name);
  return { ...outcome, removedByOracle };
};`;

/** `folder` is where its page is written. */
export async function startSanitiser(browser: Driven, folder: EnvelopeFolder): Promise<Sanitiser> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('../../src/render/', import.meta.url)), loader: 'ts' },
    bundle: true,
    format: 'iife',
    conditions: ['source'],
    write: false,
  });
  folder.write('sanitiser.js', outputFiles[0]!.text);
  folder.write('oracle.js', readFileSync(createRequire(import.meta.url).resolve('dompurify/dist/purify.min.js')));
  const scripts = '<script src="oracle.js"></script><script src="sanitiser.js"></script>';
  const file = folder.write('sanitiser.html', `<!doctype html><meta charset="utf-8">${scripts}<body>`);
  const visit = await Visit.file(browser, file);
  return {
    visit,
    run: (...mails) => visit.run((all) => all.map((mail) => (globalThis as unknown as Scope).runMail(mail)), mails),
    judge: (...mails) => visit.run((all) => all.map((mail) => (globalThis as unknown as Scope).judgeMail(mail)), mails),
  };
}

interface Scope {
  runMail(mail: string): Outcome;
  judgeMail(mail: string): JudgedOutcome;
}
