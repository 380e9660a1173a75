import { expect, it, vi } from 'vitest';
import { runtime } from '@sealpost/reader';
import { shortNames } from '../scripts/page-options.mjs';
import { languages } from '../src/i18n/all.js';
import { toLanguage } from '../src/i18n/language.js';
import { replyStrings, replyTexts } from '../src/i18n/reply/all.js';
import { registry, setUpRegistry } from '../src/registry.js';
import type { ReplyContext } from '../src/reply/context.js';
import { SHARED } from '../src/shared.js';
import { makeWords } from '../src/words.js';

const made = setUpRegistry();

it('what is shared cannot be replaced, nor a module that has brought itself', () => {
  expect(registry()).toBe(made);
  expect(made.shared).toBe(SHARED);
  const change = (by: () => unknown): void => {
    expect(by).toThrow(TypeError);
  };
  change(() => ((globalThis as Record<string, unknown>)['sealpost'] = {}));
  change(() => Object.defineProperty(globalThis, 'sealpost', { value: {} }));
  change(() => delete (globalThis as Record<string, unknown>)['sealpost']);
  change(() => ((made as unknown as Record<string, unknown>)['shared'] = []));
  change(() => ((made.shared as unknown[])[0] = 0));
  change(() => (made.shared as unknown[]).push(0));
  expect(made.find('register')).toBeUndefined();
  made.provide('register', 1);
  made.provide('register', 2);
  expect(made.find('register')).toBe(1);
  made.provide('open' as 'register', 3);
  expect(made.find('open' as 'register')).toBeUndefined();
});

it('the module reply, as it is shipped, has the texts of the language that the message is shown in', () => {
  // So it says that it cannot work here.
  vi.stubGlobal('crypto', {});
  for (const { code } of languages) {
    const block = document.createElement('script');
    block.type = 'application/json';
    block.id = `sealpost-reply-${code}`;
    block.textContent = `\n${JSON.stringify(replyTexts(code))}\n`;
    document.body.append(block);
  }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page's own text
  new Function(runtime.modules.reply ?? '')();
  const makeReply = made.find('reply')!;
  for (const language of languages) {
    const words = makeWords(toLanguage(language), [language.code]);
    const opened = {
      headers: {},
      reply: { actions: ['reply'], to: [], passphrase: 1 },
      [shortNames['replySecrets'] ?? '']: {},
    };
    const shown = makeReply({ opened, setting: { words } } as unknown as ReplyContext);
    expect(shown!.textContent).toBe(replyStrings[language.code]!.elsewhere);
  }
  vi.unstubAllGlobals();
});
