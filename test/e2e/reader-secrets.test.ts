import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { PASSPHRASE } from '../../packages/reader/test/support/envelope-file.js';
import { enterPassphrase, unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

/** Words that stand nowhere but in the message. */
const canaries = ['marzipan', 'quillwort', 'Zanzibar', 'tamarack', 'ocelot', 'umbrage', 'Hesperus'] as const;
const [BODY, SUBJECT, NAME, FILE, FILE_BODY, HANDLING, RECIPIENT] = canaries;
const WRONG = 'wrong canary passphrase';
const message = {
  text: `The word is ${BODY}.`,
  html: `<p title="${BODY}">The word is <b>${BODY}</b>.`,
  headers: {
    subject: `About ${SUBJECT}`,
    from: [{ name: `Dr ${NAME}`, address: `${NAME}@x.example` }],
    to: [{ name: RECIPIENT, address: `${RECIPIENT}@y.example` }],
  },
  attachments: [{ name: `${FILE}.txt`, type: 'text/plain', content: Buffer.from(FILE_BODY) }],
};

/** What the page did with keys, and what it keeps hold of. Filled by {@link watch}, in the page. */
interface Watched {
  readonly extractable: boolean[];
  /** Memory in which a key stood: what was handed over to be one, and what was decrypted to the length of one. */
  readonly places: { readonly what: string; readonly bytes: Uint8Array }[];
  decrypted: number;
  readonly workers: { started: number; ended: number };
}

/** Runs in the page, before its own script. */
function watch(): void {
  const watched: Watched = { extractable: [], places: [], decrypted: 0, workers: { started: 0, ended: 0 } };
  const { subtle } = crypto;
  const note = (what: string, bytes: Uint8Array): void => {
    if (bytes.length === 32 && bytes.some((byte) => byte !== 0)) watched.places.push({ what, bytes });
  };
  for (const name of ['importKey', 'deriveKey', 'generateKey', 'unwrapKey'] as const) {
    const own = subtle[name].bind(subtle) as (...all: unknown[]) => Promise<CryptoKey>;
    Object.assign(subtle, {
      [name]: async (...all: unknown[]) => {
        const [format, bytes] = all;
        if (format === 'raw') note('imported', bytes as Uint8Array);
        const key = await own(...all);
        watched.extractable.push(key.extractable);
        return key;
      },
    });
  }
  const decrypt = subtle.decrypt.bind(subtle);
  subtle.decrypt = async (algorithm, key, data) => {
    const buffer = await decrypt(algorithm, key, data);
    watched.decrypted++;
    note('decrypted', new Uint8Array(buffer));
    return buffer;
  };
  Object.assign(globalThis, {
    watched,
    Worker: class extends Worker {
      constructor(...all: ConstructorParameters<typeof Worker>) {
        super(...all);
        watched.workers.started++;
      }
      override terminate(): void {
        watched.workers.ended++;
        super.terminate();
      }
    },
  });
}

describeInEachEngine('a secret', (engine) => {
  const reader = useReader(engine);
  let file: string;
  let watchedFile: string;

  beforeAll(async () => {
    file = await reader.seal(message, { notes: { handling: HANDLING } });
    watchedFile = reader.write('watched.html', withScript(readFileSync(file, 'ascii'), watch));
  });

  /** Which of these words are anywhere about a page but in what it shows: in a tab, a history, a bookmark, a bug report. */
  const around = (visit: Visit, words: readonly string[]): Promise<readonly string[]> =>
    visit.run((all) => {
      const tag = (element: Element): string => (element.cloneNode(false) as Element).outerHTML;
      const text = JSON.stringify([
        document.title,
        location.href,
        history.state,
        self.name,
        document.head.outerHTML,
        tag(document.documentElement),
        tag(document.body),
        Object.keys(globalThis),
        performance.getEntriesByType('resource').map(({ name }) => name),
      ]);
      return all.filter((word) => text.includes(word));
    }, words);

  /** Which of these words the page or its frame holds. */
  const inside = (visit: Visit, words: readonly string[]): Promise<readonly string[]> =>
    visit.run((all) => {
      const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument!);
      const text = [document, ...frames].map(({ documentElement }) => documentElement.outerHTML).join();
      return all.filter((word) => text.includes(word));
    }, words);

  it('26: neither a word of the message nor the passphrase gets into title, address, errors or console', async () => {
    const visit = await reader.visit(file);
    const address = pathToFileURL(file).href;
    const words = [...canaries, PASSPHRASE, WRONG];
    const expectClean = async (state: string): Promise<void> => {
      expect(await around(visit, words), state).toEqual([]);
      expect(await visit.run(() => [document.title, location.href])).toEqual(['Secure message', address]);
      expect(visit.said ?? [], state).toEqual([]);
    };
    const expectNothing = async (state: string): Promise<void> => {
      expect(await inside(visit, words), state).toEqual([]);
      await expectClean(state);
    };

    await expectNothing('locked');
    await enterPassphrase(visit, WRONG);
    await visit.find('#sealpost-alert:not(:empty)').wait();
    await expectNothing('wrong');
    await unlock(visit);
    await expectClean('open');
    // The search finds what is there.
    expect(await inside(visit, words)).toEqual(canaries.filter((word) => word !== FILE_BODY));
    await visit.save(() => visit.find('[data-action="save"]').click());
    await expectClean('saved');
    await visit.find('[data-action="lock"]').click();
    await expectNothing('locked again');
    expect(await visit.find('#sealpost-passphrase').value()).toBe('');
  });

  it('26: an error tells neither what was typed nor what was read', async () => {
    const page = readFileSync(file, 'ascii');
    // A digit of the payload is another one.
    const damaged = page.replace(
      /(id="sealpost-payload-0">\n[^]{700}\W*)(\w)/,
      (_, head: string, digit: string) => head + (digit === 'A' ? 'B' : 'A'),
    );
    expect(damaged).not.toBe(page);
    const visit = await reader.visit(reader.write('damaged.html', damaged));
    await enterPassphrase(visit, PASSPHRASE);
    expect(await visit.find('#sealpost-alert:not(:empty)').text()).toContain('damaged');
    const words = [...canaries, PASSPHRASE];
    expect([await inside(visit, words), await around(visit, words), visit.said ?? []]).toEqual([[], [], []]);
  });

  it('24: the field is empty as soon as the message is open, and so is the field that was there before', async () => {
    const visit = await reader.visit(file);
    await visit.run(() => {
      Object.assign(globalThis, { field: document.querySelector('#sealpost-passphrase') });
    });
    const field = (): Promise<string> =>
      visit.run(() => (globalThis as unknown as { field: HTMLInputElement }).field.value);
    await visit.find('#sealpost-passphrase').fill(PASSPHRASE);
    expect(await field()).toBe(PASSPHRASE);
    await visit.press('Enter');
    await visit.state('open');
    expect(await field()).toBe('');
  });

  it('24: the field is emptied when the page is left, before a browser keeps it', async () => {
    const visit = await reader.visit(file);
    await visit.find('#sealpost-passphrase').fill('half a pass');
    const left = await visit.run(() => {
      const field = document.querySelector<HTMLInputElement>('#sealpost-passphrase')!;
      const before = field.value;
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      const now = [...document.querySelectorAll('input')].map(({ value }) => value);
      return { before, after: field.value, now };
    });
    expect(left).toEqual({ before: 'half a pass', after: '', now: [''] });
  });

  it('24: what was typed and not used is gone after the back button and after loading again', async () => {
    for (const leave of ['back', 'reload'] as const) {
      // A tab with a history of its own.
      const visit = await Visit.file(reader.browser, file);
      await visit.find('#sealpost-passphrase').fill('half a pass');
      if (leave === 'back') await visit.goto('about:blank');
      await visit[leave]();
      await visit.state('locked');
      expect(await visit.find('#sealpost-passphrase').value(), leave).toBe('');
      await visit.close();
    }
  });

  it('25: the worker is ended after a wrong passphrase and after the right one', async () => {
    const visit = await reader.visit(watchedFile);
    const workers = (): Promise<unknown> =>
      visit.run(() => (globalThis as unknown as { watched: Watched }).watched.workers);
    await enterPassphrase(visit, WRONG);
    await visit.find('#sealpost-alert:not(:empty)').wait();
    expect(await workers()).toEqual({ started: 1, ended: 1 });
    await unlock(visit);
    expect(await workers()).toEqual({ started: 2, ended: 2 });
  });

  it('25: no key can be read back from the browser, and none stays in the memory of the page', async () => {
    const visit = await reader.read(watchedFile);
    const seen = await visit.run(() => {
      const { extractable, places } = (globalThis as unknown as { watched: Watched }).watched;
      const left = places.filter(({ bytes }) => bytes.some((byte) => byte !== 0));
      const names = (all: Watched['places']): readonly string[] => all.map(({ what }) => what);
      return { extractable: [...new Set(extractable)], seen: [...new Set(names(places))], left: names(left) };
    });
    expect(seen).toEqual({ extractable: [false], seen: ['imported', 'decrypted'], left: [] });
  });

  it('25: a locked page decrypts nothing more, not even for a button that somebody kept', async () => {
    const visit = await reader.read(watchedFile);
    const decrypted = (): Promise<number> =>
      visit.run(() => (globalThis as unknown as { watched: Watched }).watched.decrypted);
    await visit.run(() => {
      Object.assign(globalThis, { kept: document.querySelector('[data-action="save"]') });
    });
    const press = (): Promise<void> =>
      visit.run(() => {
        (globalThis as unknown as { kept: HTMLElement }).kept.click();
      });
    const before = await decrypted();
    await visit.save(press);
    const after = await decrypted();
    expect(after).toBeGreaterThan(before);
    await visit.find('[data-action="lock"]').click();
    await press();
    await visit.run(() => new Promise((resolve) => setTimeout(resolve, 500)));
    expect(await decrypted()).toBe(after);
    expect(await visit.saved()).toHaveLength(1);
  });
});
