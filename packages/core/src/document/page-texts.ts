import type { Page } from './assemble.js';
import { LANGUAGE_TAG, moduleTag, PAYLOAD_TAG, SCRIPT_END, STYLE_TAG } from './markup.js';
import { RUNTIME_MODULES, type LanguageBlock, type RuntimeModule } from './runtime.js';

/** Takes the fixed texts out of a page. What they are worth shows only when a page is assembled out of them again. */

/** Codes of the language blocks in a file, in their order. */
export function languageCodes(text: string): readonly string[] {
  const tags = new RegExp(`\\n${LANGUAGE_TAG}([A-Za-z-]{2,20})">`, 'g');
  return Array.from(text.matchAll(tags), ([, code = '']) => code);
}

/**
 * The page of a file that has blocks in these languages; `undefined` where a text that every page has is not there. Of two elements
 * with one name it takes the first. Looks through the file once for each code, so their number is the caller's to limit.
 */
export function readPageTexts(text: string, codes: readonly string[]): Page | undefined {
  const head = text.slice(0, text.indexOf(`\n${PAYLOAD_TAG}`));
  const between = (tag: string, end: string): string | undefined => {
    const start = head.indexOf(`\n${tag}`) + 1 + tag.length;
    const stop = start > tag.length ? head.indexOf(end, start) : -1;
    return stop === -1 ? undefined : head.slice(start, stop);
  };
  const modules: Partial<Record<RuntimeModule, string>> = {};
  for (const name of RUNTIME_MODULES) {
    const code = between(moduleTag(name), SCRIPT_END);
    if (code !== undefined) modules[name] = code;
  }
  const { open } = modules;
  const style = between(STYLE_TAG, '</style>');
  const languages = codes.flatMap((code): readonly LanguageBlock[] => {
    const json = between(`${LANGUAGE_TAG}${code}">\n`, `\n${SCRIPT_END}`);
    return json === undefined ? [] : [{ code, json }];
  });
  if (open === undefined || style === undefined || languages.length < codes.length) return undefined;
  return { runtime: { modules: { ...modules, open }, style }, languages };
}
