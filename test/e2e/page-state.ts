import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { seal } from 'sealpost';
import { cheapSecret, PASSPHRASE, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import type { PageState } from '../../tools/lib/page-states.mjs';

/** Brings a page of Chromium into one of the states of `tools/lib/page-states.mjs`. The caller closes its context. */
export async function reachState(
  browser: Browser,
  folder: EnvelopeFolder,
  state: PageState,
  { language = 'en', ...context }: BrowserContextOptions & { readonly language?: string } = {},
): Promise<Page> {
  const prepared = await cheapSecret();
  const languages = [...new Set([language, 'en', 'fr'])];
  const sealed = await seal(state.message, {
    ...state.options,
    ...(state.options.questions ? {} : { prepared }),
    languages,
  });
  const sent = Buffer.from(await sealed.bytes()).toString('latin1');
  const html = state.noScript ? withoutScript(sent) : state.change(sent);
  const file = folder.write(`${state.name}-${language}.html`, Buffer.from(html, 'latin1'));
  const tab = await browser.newContext({ locale: language, ...context });
  const page = await tab.newPage();
  await page.addInitScript(state.before);
  await page.goto(pathToFileURL(file).href);
  await state.reach(page, PASSPHRASE);
  return page;
}

/** The page as browsers without scripts show it, in one that runs a test's. */
function withoutScript(html: string): string {
  return html
    .replace('<script id="sealpost-open">', '<script type="text/plain" id="sealpost-open">')
    .replace(/(<\/?)noscript>/g, '$1div>');
}
