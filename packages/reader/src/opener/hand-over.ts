import {
  contentSecurityPolicy,
  defaultBackend,
  fromUtf8,
  RUNTIME_MODULES,
  type EnvelopeSource,
  type Runtime,
  type RuntimeModule,
} from '@sealpost/core';
import { brandStyle } from '@sealpost/core/page';
import { dataScript } from './scripts.js';

/**
 * Puts an envelope where an envelope's own page has it, and lets this release's page run on it: the same modules, byte for byte, which lay
 * idle in a template until now. From here on the page's own policy holds as well as the opener's, so that an answer written here is a
 * page like any other. Once, until the opener is loaded again.
 *
 * The blocks of `source` are all there. `language` is the code of the one in which answers greet: it becomes the page's first.
 */
export async function handOver({ header, headerBytes, payload }: EnvelopeSource, language: string): Promise<void> {
  const blocks: HTMLScriptElement[] = [];
  const count = await payload.blockCount();
  for (let n = 0; n < count; n++) blocks.push(payloadBlock(String(n), await payload.block(n)));
  blocks.push(payloadBlock('end', await payload.end()));
  const idle = document.querySelector('template');
  if (idle === null) throw new Error('the modules have run already');
  const modules = idle.content;
  const policy = await contentSecurityPolicy(runtimeOf(modules), undefined, defaultBackend());
  const { head, body, documentElement } = document;
  // The answer's page is made with the first policy that stands here. Taking the element away takes no policy away.
  document.querySelector('meta[http-equiv]')?.remove();
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = policy;
  head.prepend(meta);
  const chosen = document.getElementById(`sealpost-lang-${language}`);
  if (chosen !== null) document.querySelector('[id^=sealpost-lang-]')?.before(chosen);
  if (header.face.color !== undefined) documentElement.setAttribute('style', brandStyle(header.face.color));
  body.append(
    dataScript('application/vnd.sealpost.header+json', 'sealpost-header', fromUtf8(headerBytes)),
    ...blocks,
    // Moved, not copied: as the parser made them, with the texts that it gave them.
    modules,
  );
  idle.remove();
}

/** Its text in a form that stays inside the element when a browser saves the page: white space counts for nothing there. */
function payloadBlock(id: string, text: string): HTMLScriptElement {
  return dataScript(
    'application/vnd.sealpost.payload',
    `sealpost-payload-${id}`,
    text.replace(/<(?=[!/]|script)/gi, '<\n'),
  );
}

/** The modules that lie in the template, as far as a policy asks. */
function runtimeOf(modules: DocumentFragment): Runtime {
  const textOf = (name: RuntimeModule): string | undefined => modules.querySelector(`#sealpost-${name}`)?.textContent;
  const found = RUNTIME_MODULES.flatMap((name) => {
    const text = textOf(name);
    return text === undefined ? [] : [[name, text] as const];
  });
  return { modules: { open: '', ...Object.fromEntries(found) }, style: '' };
}
