import { RUNTIME_MODULES, type LanguageBlock, type Page, type RuntimeModule } from '@sealpost/core';

/**
 * The texts that this page was assembled from, out of its own elements, byte for byte: what a reply's page is made of. They stay in the
 * page as long as it is open.
 */
export function ownPage(): Page {
  const modules: Partial<Record<RuntimeModule, string>> = {};
  for (const name of RUNTIME_MODULES) {
    const code = textOf(`#sealpost-${name}`);
    if (code !== undefined) modules[name] = code;
  }
  const blocks = document.querySelectorAll('script[type="application/json"][id^="sealpost-lang-"]');
  const languages = Array.from(blocks, ({ id }): LanguageBlock => {
    const code = id.slice('sealpost-lang-'.length);
    const reply = jsonOf(`#sealpost-reply-${code}`);
    return { code, json: jsonOf(`#${id}`) ?? '', modules: reply === undefined ? {} : { reply } };
  });
  return {
    runtime: { modules: { ...modules, open: modules.open ?? '' }, style: textOf('#sealpost-style') ?? '' },
    languages,
  };
}

function textOf(selector: string): string | undefined {
  return document.querySelector(selector)?.textContent ?? undefined;
}

/** Without the line feeds between the tags and the text. */
function jsonOf(selector: string): string | undefined {
  return textOf(selector)?.slice(1, -1);
}
