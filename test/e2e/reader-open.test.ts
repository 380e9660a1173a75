import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { en } from '../../packages/reader/src/i18n/en.js';
import { PASSPHRASE, sealText } from '../../packages/reader/test/support/envelope-file.js';
import { enterPassphrase, openEnvelopeFile, unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { sealDemo } from './demo.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { startSite } from './driver/site.js';
import { useCountingProxy } from './driver/use-counting-proxy.js';
import { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

const SECRET_TEXT = 'The secret word is marzipan.';
const message = { text: SECRET_TEXT, headers: { subject: 'Hidden subject' } };

describeInEachEngine('opening an envelope', (engine) => {
  let file: string;
  let text: string;

  const proxy = useCountingProxy();
  // After the browser is gone.
  afterAll(() => {
    // driver.test.ts shows that the counter is not deaf.
    expect([proxy.requests, proxy.connections]).toEqual([[], 0]);
  });
  const reader = useReader(engine, () => ({ proxyPort: proxy.port }));
  beforeAll(async () => {
    file = await reader.seal(message);
    text = readFileSync(file, 'ascii');
  });

  /** The envelope's page in a browser that a script has changed before. */
  const visitChanged = (script: () => void): Promise<Visit> =>
    reader.visit(reader.write('changed.html', withScript(text, script)));

  const state = (visit: Visit): Promise<string | undefined> =>
    visit.run(() => document.documentElement.dataset['state']);

  it('4, 26: opens from file://, asks nobody for anything, says nothing on the console and keeps its title', async () => {
    const visit = await reader.read(file);
    expect(await visit.body.find('.text').text()).toBe(SECRET_TEXT);
    expect(await visit.find('h1').text()).toBe('Hidden subject');
    expect(await visit.run(() => [document.title, location.href])).toEqual([
      'Secure message',
      pathToFileURL(file).href,
    ]);
    await visit.find('[data-action="lock"]').click();
    const loaded = await visit.run(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded.filter((address) => !address.startsWith('blob:'))).toEqual([]);
    expect(visit.said ?? []).toEqual([]);
  });

  it('26: says nothing on the console, causes no error and breaks no policy', async () => {
    const visit = await visitChanged(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const)
        console[method] = (...words: unknown[]) => heard.push(words.join(' '));
      for (const type of ['error', 'unhandledrejection', 'securitypolicyviolation'])
        addEventListener(type, (event) => heard.push(`${type}: ${(event as ErrorEvent).message}`));
    });
    await enterPassphrase(visit, 'not it');
    await visit.find('#sealpost-alert:not(:empty)').wait();
    await unlock(visit);
    await visit.find('[data-action="lock"]').click();
    expect(await visit.run(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);
    // The listener does listen.
    await visit.run(() => {
      console.log('heard');
    });
    expect(await visit.run(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual(['heard']);
  });

  it('says which passphrase was wrong by nothing but one sentence, and takes the right one afterwards', async () => {
    const visit = await reader.visit(file);
    const alert = visit.find('#sealpost-alert');
    expect(await alert.text()).toBe('');
    await visit.button('Open').click();
    expect(await alert.text()).toBe('Please fill this in.');
    await enterPassphrase(visit, 'river');
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toMatch(
      /^This passphrase did not open the message\./,
    );
    expect(await state(visit)).toBe('locked');
    await unlock(visit);
  });

  it('runs the key derivation in a worker with progress, and can be cancelled', async () => {
    const slow = readFileSync(await reader.seal(message, { passes: 10 }), 'ascii').replace('"m":64', '"m":99999');
    const counting = withScript(slow, () => {
      const workers = { started: 0, ended: 0 };
      Object.assign(globalThis, {
        workers,
        Worker: class extends Worker {
          constructor(...all: ConstructorParameters<typeof Worker>) {
            super(...all);
            workers.started += 1;
          }
          override terminate(): void {
            workers.ended += 1;
            super.terminate();
          }
        },
      });
    });
    const visit = await reader.visit(reader.write('heavy.html', counting));
    const workers = (): Promise<unknown> => visit.run(() => (globalThis as unknown as { workers: unknown }).workers);
    await enterPassphrase(visit, 'anything');
    await visit.waitFor(() => document.querySelector('progress')!.value > 0.02);
    expect(await workers()).toEqual({ started: 1, ended: 0 });
    expect(await state(visit)).toBe('unlocking');
    await visit.button('Cancel').click();
    await visit.state('locked');
    expect(await visit.find('#sealpost-passphrase').value()).toBe('anything');
    expect(await workers()).toEqual({ started: 1, ended: 1 });
  });

  it('derives on the main thread where no worker starts, and says so', async () => {
    const visit = await visitChanged(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen, Worker: undefined });
      new MutationObserver(() => seen.push(document.querySelector('#sealpost-status')?.textContent ?? '')).observe(
        document,
        { childList: true, subtree: true },
      );
    });
    await unlock(visit);
    const seen = await visit.run(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen.some((status) => status.includes('freeze'))).toBe(true);
  });

  it('7: opens without crypto.subtle', async () => {
    const visit = await visitChanged(() => {
      Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });
    });
    await unlock(visit);
    expect(await visit.body.find('.text').text()).toBe(SECRET_TEXT);
  });

  it('tells an old browser what it needs', async () => {
    const visit = await visitChanged(() => {
      Object.defineProperty(globalThis, 'DecompressionStream', { value: undefined });
      // Such a browser knows it as an attribute alone.
      Reflect.deleteProperty(Element.prototype, 'role');
    });
    expect(await visit.find('.place > :first-child[role=alert]').text()).toContain('The browser is too old');
    expect(await visit.find('input').count()).toBe(0);
    expect(await visit.find('.place p').count()).toBe(2);
  });

  it.each([
    ['CRLF', (page: string) => Buffer.from(page.replaceAll('\n', '\r\n'), 'ascii')],
    ['CR', (page: string) => Buffer.from(page.replaceAll('\n', '\r'), 'ascii')],
    ['a byte order mark', (page: string) => Buffer.from(`\ufeff${page}`, 'utf8')],
    ['UTF-16', (page: string) => Buffer.from(`\ufeff${page}`, 'utf16le')],
  ])('5: opens a copy with %s', async (_, change) => {
    const visit = await reader.read(reader.write('recoded.html', change(text)));
    expect(await visit.body.find('.text').text()).toBe(SECRET_TEXT);
  });

  it('keeps a wrong passphrase for a second try, selected, and says once what is going on and what went wrong', async () => {
    const visit = await visitChanged(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = target.parentElement?.closest('[role]') ?? target;
          const text = region.textContent;
          if (region instanceof Element && region.isConnected && text !== '')
            heard.push(`${region.getAttribute('role') ?? 'none'}: ${text}`);
        }
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    const heard = (): Promise<readonly string[]> =>
      visit.run(() =>
        (globalThis as unknown as { heard: string[] }).heard.splice(0).filter((line) => !line.startsWith('none')),
      );
    const input = visit.find('#sealpost-passphrase');
    await visit.state('locked');
    await heard();
    expect(await input.attribute('aria-invalid')).toBe('false');
    await enterPassphrase(visit, 'river mapel');
    await visit.find('#sealpost-alert:not(:empty)').wait();
    const { checking, reading, wrong } = en.strings;
    const said = await heard();
    expect(said.filter((line) => line !== `status: ${reading}`)).toEqual([`status: ${checking}`, `alert: ${wrong}`]);
    const selection = await input.run((field) => {
      const { value, selectionStart, selectionEnd } = field as HTMLInputElement;
      return [document.activeElement === field, value.slice(selectionStart ?? 0, selectionEnd ?? 0)];
    });
    expect(selection).toEqual([true, 'river mapel']);
    expect(await input.attribute('aria-invalid')).toBe('true');
    await unlock(visit);
  });

  it('24: forgets a passphrase that was right for a file that is damaged', async () => {
    const changed = text.replace('"face":{', '"face":{"org":"x"');
    expect(changed).not.toBe(text);
    const visit = await reader.visit(reader.write('altered.html', changed));
    await enterPassphrase(visit, PASSPHRASE);
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toContain('changed on its way');
    expect(await visit.find('#sealpost-passphrase').value()).toBe('');
  });

  it('lets anybody paste, and shows what was typed as long as it is asked to', async () => {
    const visit = await reader.visit(file);
    const input = visit.find('#sealpost-passphrase');
    const pasting = await input.run((field) =>
      field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true })),
    );
    expect(pasting).toBe(true);
    await input.fill('Copper');
    const show = visit.find('.field button');
    for (const [type, label] of [
      ['text', en.strings.hide],
      ['password', en.strings.show],
    ]) {
      await show.click();
      expect([await input.attribute('type'), await show.text(), await input.value()]).toEqual([type, label, 'Copper']);
      expect(await visit.run(() => document.activeElement?.id)).toBe('sealpost-passphrase');
    }
  });

  it('opens with words in capitals and between any separators', async () => {
    const { page, passphrase } = await sealDemo();
    const visit = await reader.visit(reader.write('words.html', page));
    await unlock(
      visit,
      `  ${passphrase
        .toUpperCase()
        .split(/[^A-Z]+/)
        .join(' - ')}.`,
    );
  });

  it('6: keeps its first paint where the script was changed on the way', async () => {
    const page = text.replace('id="sealpost-open">', '$& ');
    const visit = await reader.visit(reader.write('blank.html', page));
    expect(await visit.find('input').count()).toBe(0);
    const shown = await visit.find('body').shown();
    for (const key of ['howTo', 'step1', 'step2', 'step3', 'phone', 'stuck', 'never'] as const)
      expect(shown).toContain(en.strings[key]);
    // Scripts do run here, so this is no preview.
    expect(shown).not.toContain(en.strings.preview);
  });

  it('24, 36: keeps browsers from storing, correcting or sending the passphrase', async () => {
    const visit = await reader.visit(file);
    const passphrase = visit.find('#sealpost-passphrase');
    const attributes = await passphrase.run((input) =>
      Object.fromEntries([...input.attributes].map(({ name, value }) => [name, value])),
    );
    expect(attributes).toMatchObject({
      type: 'password',
      autocomplete: 'off',
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'none',
      translate: 'no',
    });
    expect(await visit.run(() => [document.documentElement.translate, document.documentElement.className])).toEqual([
      false,
      'notranslate',
    ]);
    await visit.button('Show').click();
    expect(await passphrase.attribute('type')).toBe('text');
  });

  it('24: is locked and empty after the back button and after loading again', async () => {
    // A tab with a history of its own.
    const visit = await openEnvelopeFile(reader.browser, file);
    await visit.goto('about:blank');
    await visit.back();
    await visit.state('locked');
    expect(await visit.find('#sealpost-passphrase').value()).toBe('');
    expect(await visit.run(() => document.documentElement.outerHTML)).not.toContain('marzipan');
    await unlock(visit);
    await visit.reload();
    await visit.state('locked');
    await visit.close();
  });

  it('24: shows the locked page when the browser brings it back from its memory', async () => {
    const visit = await reader.read(file);
    await visit.run(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    expect(await state(visit)).toBe('locked');
    expect(await visit.run(() => document.documentElement.outerHTML)).not.toContain('marzipan');
  });

  it('23: stores nothing, and does not even try to', async () => {
    const watching = withScript(text, () => {
      const tried: string[] = [];
      Object.assign(globalThis, { tried });
      const watch = (owner: object, name: string, part: 'value' | 'set'): void => {
        const property = Object.getOwnPropertyDescriptor(owner, name)!;
        const original = Reflect.get(property, part) as (...all: unknown[]) => unknown;
        const watched = function (this: unknown, ...all: unknown[]): unknown {
          tried.push(name);
          return original.apply(this, all);
        };
        Object.defineProperty(owner, name, { ...property, [part]: watched });
      };
      watch(Storage.prototype, 'setItem', 'value');
      watch(Document.prototype, 'cookie', 'set');
      watch(IDBFactory.prototype, 'open', 'value');
      if ('caches' in globalThis) watch(CacheStorage.prototype, 'open', 'value');
      globalThis.BroadcastChannel = class extends BroadcastChannel {
        constructor(name: string) {
          super(name);
          tried.push('BroadcastChannel');
        }
      };
    });
    const visit = await Visit.file(reader.browser, reader.write('kept.html', watching));
    const tried = (): Promise<unknown> => visit.run(() => (globalThis as unknown as { tried: string[] }).tried);
    await unlock(visit);
    const stored = await visit.run(async () => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      (await indexedDB.databases()).length,
      'caches' in globalThis ? await caches.keys() : [],
      self.name,
    ]);
    expect(stored).toEqual([0, 0, '', 0, [], '']);
    await visit.find('[data-action="lock"]').click();
    expect(await tried()).toEqual([]);
    // Each of them is watched.
    await visit.run(async () => {
      localStorage.setItem('a', 'b');
      document.cookie = 'a=b';
      indexedDB.open('a');
      new BroadcastChannel('a').close();
      if ('caches' in globalThis) await caches.open('a').catch(() => undefined);
    });
    const hasCaches = await visit.run(() => 'caches' in globalThis);
    expect(await tried()).toEqual(['setItem', 'cookie', 'open', 'BroadcastChannel', ...(hasCaches ? ['open'] : [])]);
    await visit.close();
  });

  it('38: a copy saved by the browser is a locked envelope again, whenever it was saved', async () => {
    const visit = await reader.visit(file);
    const save = async (name: string): Promise<string> =>
      reader.write(name, await visit.run(() => `<!doctype html>${document.documentElement.outerHTML}`));
    const copies = [await save('before.html')];
    await unlock(visit);
    copies.push(await save('during.html'));
    await visit.find('[data-action="lock"]').click();
    copies.push(await save('after.html'));
    expect(readFileSync(copies[2]!, 'utf8')).not.toMatch(/marzipan|Hidden subject/);
    for (const copy of copies) {
      const reading = await reader.visit(copy);
      expect(await state(reading)).toBe('locked');
      expect(await reading.find('main').count()).toBe(1);
      expect(await reading.find('body').shown()).not.toContain('Hidden subject');
      await unlock(reading);
      expect(await reading.body.find('.text').text()).toBe(SECRET_TEXT);
    }
  });

  it('shows the face as text and keeps a place for the logo', async () => {
    const face = {
      org: '<b>Org</b> & "Sons"',
      contact: "<script>alert('x')</script>",
      hint: '<i>here</i>',
      subject: 'S',
      date: 1_795_321_800,
    };
    const visit = await reader.visit(await reader.seal(message, { face }));
    expect(await visit.find('.org').text()).toBe(face.org);
    expect(await visit.find('.care').text()).toContain(face.contact);
    expect(await visit.find('#sealpost-hint').text()).toContain(face.hint);
    expect(await visit.find('dd').nth(1).text()).toMatch(/Nov 22, 2026/);
    expect(visit.dialogs).toEqual([]);
  });

  it('speaks the first of the reader’s languages that the envelope has', async () => {
    const three = readFileSync(await reader.seal(message, { languages: ['en', 'fr', 'de'] }), 'ascii');
    const swiss = withScript(three, () => {
      Object.defineProperties(Navigator.prototype, {
        language: { get: () => 'de-CH' },
        languages: { get: () => ['de-CH', 'en'] },
      });
    });
    const visit = await reader.visit(reader.write('swiss.html', swiss));
    expect(await visit.find('h1').text()).toBe('Sichere Nachricht');
    const passphrase = visit.find('#sealpost-passphrase');
    await passphrase.fill('half a pass');
    await visit.find('select').select('fr');
    expect(await passphrase.value()).toBe('half a pass');
    expect(await visit.find('h1').text()).toBe('Message s\u00e9curis\u00e9');
    expect(await visit.find('html').attribute('lang')).toBe('fr');
    await unlock(visit);
    await visit.find('select').select('de');
    await visit.find('html[lang="de"]').wait();
    expect(await visit.find('[data-action="lock"]').text()).toBe('Sperren');
  });
});

describeInEachEngine('an envelope on a site', (engine) => {
  const face = { org: 'Clinic', contact: 'Patient office, +49 30 1234567', hint: 'In the text message of Thursday.' };
  let browser: Driven;
  let text: string;

  beforeAll(async () => {
    browser = await engine.launch();
    text = Buffer.from(await sealText(message, { face })).toString('ascii');
  });
  afterAll(async () => {
    await browser.close();
  });

  it('6: shows what to do where scripts do not run', async () => {
    const site = await startSite({
      '/': '<!doctype html><iframe sandbox="allow-same-origin" src="/securedoc.html" width="800" height="600"></iframe>',
      '/securedoc.html': text,
    });
    const visit = await Visit.address(browser, `${site.origin}/`);
    const inner = visit.find('iframe').inside;
    const shown = await inner.find('body').shown();
    for (const key of [
      'title',
      'lead',
      'hint',
      'preview',
      'howTo',
      'step1',
      'step2',
      'step3',
      'phone',
      'never',
    ] as const)
      expect(shown).toContain(en.strings[key]);
    expect(shown).toContain(face.contact);
    expect(shown).toContain(face.hint);
    expect(await inner.find('noscript p').isVisible()).toBe(true);
    expect(await inner.find('input, button').count()).toBe(0);
    await visit.close();
    await site.close();
  });

  it('8: refuses to run inside another page', async () => {
    const site = await startSite({
      '/': '<!doctype html><iframe src="/securedoc.html"></iframe>',
      '/securedoc.html': text,
    });
    const visit = await Visit.address(browser, `${site.origin}/`);
    const inner = visit.find('iframe').inside;
    expect(await inner.find('#sealpost-alert').text()).toContain('inside another one');
    // Whom to ask is known all the same.
    expect(await inner.find('.org').text()).toBe(face.org);
    expect(await inner.find('.care').text()).toContain(face.contact);
    expect(await inner.find('input').count()).toBe(0);
    await visit.close();
    await site.close();
  });
});
