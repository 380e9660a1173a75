import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { languageBlock } from '../../../test/support/language-block.js';
import { assemble, chooseModules, contentSecurityPolicy, webcryptoBackend, type Runtime } from '../src/index.js';
import { encodeHeader, type Header } from '../src/wire/header.js';

const runtime: Runtime = { modules: { open: 'open();', reply: 'reply();', pq: 'pq();' }, style: 'p{}' };

function hash(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
}

const GOLDEN = (connect: string): string =>
  `default-src 'none'; script-src ${hash('open();')} ${hash('reply();')} ${hash('pq();')}; style-src 'unsafe-inline'; img-src data: blob:; ` +
  `worker-src blob:; connect-src ${connect}; frame-src 'none'; form-action 'none'; base-uri 'none'; ` +
  `require-trusted-types-for 'script'; trusted-types sealpost`;

describe('2: the content security policy', () => {
  it('is this one, to the letter', async () => {
    expect(await contentSecurityPolicy(runtime, undefined, webcryptoBackend)).toBe(GOLDEN("'none'"));
  });

  it('has the hash of each module that the page has, in their order, and of no other', async () => {
    const lists = [[], ['pq'], ['pq', 'reply']] as const;
    const policies = await Promise.all(
      lists.map((names) => contentSecurityPolicy(chooseModules(runtime, names), undefined, webcryptoBackend)),
    );
    const scripts = policies.map((policy) => /script-src ([^;]*)/.exec(policy)?.[1]);
    const [open, reply, pq] = ['open();', 'reply();', 'pq();'].map(hash);
    expect(scripts).toEqual([open, `${open} ${pq}`, `${open} ${reply} ${pq}`]);
    // What is known of a runtime is kept for the object.
    expect(chooseModules(runtime, ['reply', 'pq'])).toBe(chooseModules(runtime, ['pq', 'reply']));
    expect(() => chooseModules(runtime, ['register'])).toThrow('no module register');
  });

  it('varies in nothing but the origin of the reply endpoint', async () => {
    const origin = 'https://mail.example.org:8443';
    expect(await contentSecurityPolicy(runtime, origin, webcryptoBackend)).toBe(GOLDEN(origin));
  });

  it('stands in the page before anything that loads, and its hashes are those of the scripts that run (checklist 1)', async () => {
    const slot = {
      type: 'passphrase',
      kdf: { name: 'argon2id', m: 64, t: 1, p: 1, salt: new Uint8Array(16) },
      norm: 'words',
      wrap: new Uint8Array(104),
    } as const;
    const header: Header = { v: 1, id: new Uint8Array(16), slots: [slot], face: {} };
    const languages = [languageBlock([''])];
    const none = (async function* (): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
      yield await Promise.resolve(new Uint8Array(72));
    })();
    let text = '';
    for await (const piece of assemble(encodeHeader(header), { runtime, languages }, none, webcryptoBackend)) {
      text += new TextDecoder().decode(piece);
    }
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(text);
    expect(policy?.[1]).toBe(GOLDEN("'none'"));
    expect(text.slice(0, policy?.index)).not.toMatch(/<(?:link|script|style|img|base|iframe)/);
    const running = Array.from(text.matchAll(/<script id="[^"]*">([^]*?)<\/script>/g), ([, code = '']) => hash(code));
    expect(running).toEqual([hash('open();'), hash('reply();'), hash('pq();')]);
  });
});
