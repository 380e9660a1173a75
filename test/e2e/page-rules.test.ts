import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { releases, runtime } from '@sealpost/reader';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

const digest = createHash('sha256').update(runtime.modules.open);
const hash = digest.copy().digest('base64');

const HTML = '<p>marzipan</p>';
const message = {
  html: HTML,
  text: 'as text',
  attachments: [
    { name: 'letter.txt', type: 'text/plain', content: Buffer.from('attached') },
    { name: 'other.txt', type: 'text/plain', content: Buffer.from('also') },
  ],
};

/** The whole policy, spelled here once more. */
const POLICY =
  `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:; ` +
  `connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'; ` +
  `require-trusted-types-for 'script'; trusted-types sealpost`;

/**
 * Tries what makes code or markup out of text. Later and by the page itself: drivers may let a text run that is evaluated while they
 * work. The result, by what was tried: whether it did what it does elsewhere.
 */
function tryAll(): Promise<Readonly<Record<string, boolean>>> {
  interface Factory {
    createPolicy(name: string, rules: object): unknown;
  }
  const div = document.createElement('div');
  const page = globalThis as unknown as { ran?: number; trustedTypes?: Factory };
  const tries: Readonly<Record<string, () => boolean>> = {
    eval: () => (0, eval)('1 + 1') === 2,
    Function: () => (Reflect.construct(Function, ['return 2']) as () => unknown)() === 2,
    innerHTML() {
      div.innerHTML = '<b></b>';
      return div.firstChild !== null;
    },
    insertAdjacentHTML() {
      div.insertAdjacentHTML('beforeend', '<i></i>');
      return div.lastChild?.nodeName === 'I';
    },
    'DOMParser of a text': () => new DOMParser().parseFromString('<b></b>', 'text/html').querySelector('b') !== null,
    'a fragment of a text': () => document.createRange().createContextualFragment('<b></b>').firstChild !== null,
    'a script of a text'() {
      const script = document.createElement('script');
      script.text = 'globalThis.ran = 1';
      document.head.append(script);
      return page.ran === 1;
    },
    'a worker from a text'() {
      new Worker(URL.createObjectURL(new Blob(['']))).terminate();
      return true;
    },
    'another policy': () => page.trustedTypes!.createPolicy('another', {}) !== undefined,
    'the same policy again': () => page.trustedTypes!.createPolicy('sealpost', {}) !== undefined,
  };
  return new Promise((resolve) => {
    setTimeout(() => {
      const outcomes: Record<string, boolean> = {};
      for (const [name, attempt] of Object.entries(tries)) {
        try {
          outcomes[name] = attempt();
        } catch {
          outcomes[name] = false;
        }
      }
      try {
        // Runs after the timer below, where it runs at all.
        Reflect.apply(setTimeout, undefined, ['globalThis.timed = 1', 0]);
      } catch {
        // A browser may throw or do nothing.
      }
      setTimeout(() => {
        resolve({ ...outcomes, 'a timer of a text': 'timed' in globalThis });
      }, 100);
    });
  });
}

describeInEachEngine('the rules of the page', (engine) => {
  const reader = useReader(engine);
  let file: string;

  beforeAll(async () => {
    file = await reader.seal(message);
  });

  it('1: one script runs, whose hash is in the policy and in the list of releases', async () => {
    const visit = await reader.read(file);
    const scripts = await visit.run(() =>
      Array.from(document.scripts)
        .filter(({ type }) => !type.startsWith('application/'))
        .map(({ id, text }) => [id, text]),
    );
    expect(scripts.map(([id]) => id)).toEqual(['sealpost-open']);
    expect(scripts[0]?.[1]).toBe(runtime.modules.open);
    expect(releases.at(-1)?.modules.open).toBe(digest.copy().digest('hex'));
  });

  it('1: no other script runs, and not this one with a letter changed', async () => {
    const page = readFileSync(file, 'ascii');
    const more = '<script>document.documentElement.dataset.ran = "yes"</script><body onload="document.body.id = 1">';
    const other = await reader.visit(reader.write('more.html', page.replace('<body>', more)));
    await other.state('locked');
    expect(await other.run(() => [document.documentElement.dataset['ran'] ?? '', document.body.id])).toEqual(['', '']);
    const changed = page.replace('id="sealpost-open">', '$&;');
    const still = await reader.visit(reader.write('changed.html', changed));
    expect(await still.run(() => document.documentElement.dataset['state'] ?? '')).toBe('');
    // Both would run without the policy.
    const free = more + page.slice(page.indexOf('<body>')).replace('id="sealpost-open">', '$&;');
    const visit = await reader.visit(reader.write('free.html', `<!doctype html><html><head></head>${free}`));
    await visit.state('locked');
    expect(await visit.run(() => document.documentElement.dataset['ran'])).toBe('yes');
  });

  it('1: what the modules share cannot be replaced, and each brings itself once', async () => {
    interface Shared {
      readonly sealpost: { provide(name: string, module: unknown): void; find(name: string): unknown };
    }
    const visit = await reader.visit(file);
    const found = await visit.run(() => {
      const page = globalThis as unknown as { -readonly [P in keyof Shared]: Shared[P] };
      const { sealpost } = page;
      const throws = (work: () => void): boolean => {
        try {
          work();
          return page.sealpost !== sealpost;
        } catch {
          return true;
        }
      };
      const replaced = throws(() => Object.defineProperty(page, 'sealpost', { value: {} }));
      sealpost.provide('reply', 'first');
      sealpost.provide('reply', 'second');
      sealpost.provide('anything', 'third');
      const frozen = Object.isFrozen(sealpost);
      return [replaced, frozen, sealpost.find('reply'), sealpost.find('anything') ?? null, sealpost.find('pq') ?? null];
    });
    expect(found).toEqual([true, true, 'first', null, null]);
  });

  it('2: the policy that is in force is this one, to the letter, and stands before anything that loads', async () => {
    const visit = await reader.visit(file);
    const policy = await visit.run(
      () =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', ({ originalPolicy }) => {
            resolve(originalPolicy);
          });
          new Image().src = 'http://picture.invalid/';
        }),
    );
    const directives = (text: string): readonly string[] => text.split(/\s*;\s*/).filter((part) => part !== '');
    // Firefox writes it in its own way.
    expect([...directives(policy)].sort()).toEqual([...directives(POLICY)].sort());
    const before = await visit.run(() => {
      const elements = [...document.querySelectorAll('*')];
      return elements
        .slice(
          0,
          elements.findIndex((element) => element.hasAttribute('http-equiv')),
        )
        .map((e) => e.localName);
    });
    expect(before).toEqual(['html', 'head', 'meta']);
  });

  it('3: makes neither code nor markup out of a text, and nobody can make another policy', async () => {
    const visit = await reader.read(file);
    const outcomes = await visit.run(tryAll);
    expect(Object.entries(outcomes).filter(([, works]) => works)).toEqual([]);
    // Elsewhere, all of it works.
    const plain = await reader.visit(reader.write('plain.html', '<!doctype html><p>plain'));
    const elsewhere = await plain.run(tryAll);
    expect(Object.keys(elsewhere)).toEqual(Object.keys(outcomes));
    expect(Object.entries(elsewhere).filter(([, works]) => !works)).toEqual([]);
  });

  it('3: has one policy, whose results go to three places', async () => {
    interface Rules {
      readonly createHTML: (text: string) => string;
      readonly createScriptURL: (url: string) => string;
    }
    interface Watched {
      readonly watched: { readonly policies: string[]; readonly html: string[]; readonly urls: string[] };
    }
    const watching = withScript(readFileSync(file, 'ascii'), () => {
      const watched: Watched['watched'] = { policies: [], html: [], urls: [] };
      Object.assign(globalThis, { watched });
      const { trustedTypes } = globalThis as unknown as { trustedTypes: object };
      const factory = Object.getPrototypeOf(trustedTypes) as {
        createPolicy: (this: unknown, name: string, rules: Rules) => unknown;
      };
      const original = factory.createPolicy;
      factory.createPolicy = function (this: unknown, name: string, rules: Rules) {
        watched.policies.push(name);
        return original.call(this, name, {
          createHTML: (text: string) => (watched.html.push(text), rules.createHTML(text)),
          createScriptURL: (url: string) => (watched.urls.push(url), rules.createScriptURL(url)),
        });
      };
    });
    const visit = await reader.read(reader.write('watched.html', watching));
    const { policies, html, urls } = await visit.run(() => (globalThis as unknown as Watched).watched);
    expect(policies).toEqual(['sealpost']);
    // The frame's constant skeleton, and the mail for the parser, with what keeps its styles from being read.
    const [skeleton, mail = '', ...others] = html;
    expect(skeleton).toMatch(/^<!doctype html><html[^]*<\/style>$/);
    expect(mail.replace(/\uFDD0| type=-/g, '')).toBe(HTML);
    // A document without anything, in which styles are read one by one.
    expect(others).toEqual(['']);
    expect(skeleton).not.toContain('marzipan');
    expect(urls).toEqual([expect.stringMatching(/^blob:/)]);
  });

  it('23: touches nothing that a browser keeps, from opening to locking', async () => {
    const watching = withScript(readFileSync(file, 'ascii'), () => {
      const touched: string[] = [];
      Object.assign(globalThis, { touched });
      const watch = (holder: object, name: string): void => {
        let owner: object | null = holder;
        while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner) as object | null;
        if (owner === null) return;
        const property = Object.getOwnPropertyDescriptor(owner, name)!;
        Object.defineProperty(holder, name, {
          configurable: true,
          get(): unknown {
            touched.push(name);
            return property.get === undefined ? (property.value as unknown) : property.get.call(holder);
          },
          set(value: unknown) {
            touched.push(name);
            property.set?.call(holder, value);
          },
        });
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore', 'BroadcastChannel'])
        watch(globalThis, name);
      watch(globalThis, 'SharedWorker');
      watch(globalThis, 'name');
      watch(document, 'cookie');
      watch(navigator, 'serviceWorker');
      watch(navigator, 'storage');
    });
    const visit = await Visit.file(reader.browser, reader.write('kept.html', watching));
    const touched = (): Promise<readonly string[]> =>
      visit.run(() => (globalThis as unknown as { touched: string[] }).touched);
    await unlock(visit);
    await visit.find('[data-action="view"]').nth(0).click();
    await visit.find('.preview pre').nth(0).wait();
    await visit.save(() => visit.find('[data-action="save"]').nth(0).click());
    await visit.save(() => visit.find('[data-action="save-all"]').click());
    await visit.find('[data-action="lock"]').click();
    await visit.state('locked');
    await visit.run(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    expect(await touched()).toEqual([]);
    const stored = await visit.run(async () => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      (await indexedDB.databases()).length,
      'caches' in globalThis ? (await caches.keys()).length : 0,
      self.name,
    ]);
    expect(stored).toEqual([0, 0, '', 0, 0, '']);
    // Each of them is watched, whether it is read or written.
    const before = (await touched()).length;
    await visit.run(() => {
      localStorage.setItem('a', 'b');
      sessionStorage.setItem('a', 'b');
      indexedDB.cmp(1, 1);
      document.cookie = 'a=b';
      window.name = 'a';
      new BroadcastChannel('a').close();
      if ('caches' in globalThis) void caches.has('a').catch(() => false);
    });
    const hasCaches = await visit.run(() => 'caches' in globalThis);
    const names = ['localStorage', 'sessionStorage', 'indexedDB', 'cookie', 'name', 'BroadcastChannel'];
    expect((await touched()).slice(before)).toEqual([...names, ...(hasCaches ? ['caches'] : [])]);
    await visit.close();
  });
});
