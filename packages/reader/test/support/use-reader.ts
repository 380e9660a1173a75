import { afterAll, beforeAll } from 'vitest';
import type { Driven, Engine, LaunchOptions } from '../../../../test/e2e/driver/engine.js';
import { Visit } from '../../../../test/e2e/driver/visit.js';
import { makeEnvelopeFolder, type EnvelopeFolder } from './envelope-file.js';
import { unlock } from './reading.js';

/** What the tests of a group share: a browser, a folder for their files, and a tab, in which one test comes after the other. */
export interface Reader extends Pick<EnvelopeFolder, 'write' | 'seal'> {
  readonly browser: Driven;
  /** Shows a file in the shared tab. Tests that need a storage of their own, or two pages at once, take {@link Visit.file}. */
  visit(file: string): Promise<Visit>;
  /** The same, and opens the envelope that it is. */
  read(file: string): Promise<Visit>;
  /** Seals a message, and opens its envelope in the shared tab. */
  open(...sealing: Parameters<EnvelopeFolder['seal']>): Promise<Visit>;
}

/**
 * For a group of tests, which it is to be called in: the browser is there before the first of them, and gone after the last.
 *
 * @param options - asked for when the browser is started: what they need may be made in an earlier `beforeAll`
 */
export function useReader(engine: Engine, options?: () => LaunchOptions): Reader {
  let browser: Driven;
  let folder: EnvelopeFolder;
  let last: Visit | undefined;

  beforeAll(async () => {
    browser = await engine.launch(options?.());
    folder = makeEnvelopeFolder();
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  const reader: Reader = {
    get browser() {
      return browser;
    },
    write: (...file) => folder.write(...file),
    seal: (...sealing) => folder.seal(...sealing),
    async visit(file) {
      // Opening a tab takes as long as opening an envelope, and in WebKitGTK much longer.
      last = last === undefined ? await Visit.file(browser, file) : await last.next(file);
      return last;
    },
    async read(file) {
      const visit = await reader.visit(file);
      await unlock(visit);
      return visit;
    },
    async open(...sealing) {
      return reader.read(await folder.seal(...sealing));
    },
  };
  return reader;
}
