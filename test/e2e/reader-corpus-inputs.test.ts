import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEnvelopeFolder, type EnvelopeFolder } from '../../packages/reader/test/support/envelope-file.js';
import { startSanitiser, type Sanitiser } from '../../packages/reader/test/support/sanitiser.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { purifyInputs, tokenizerInputs, treeInputs } from './hostile/corpora.js';

/** What a rebuilt mail must not hold, whatever its own list of names says. */
const ACTIVE =
  /^(?:script|style|link|meta|base|iframe|object|embed|form|input|svg|math|template)$|@(?:on|src(?:set|doc)$|(?:form)?action$)/;
const PLAIN = /^(?:https?:|mailto:|tel:|data:image\/(?:png|jpeg|gif|webp);base64,)/;

describeInEachEngine('inputs that others were tested with', (engine) => {
  let browser: Driven;
  let folder: EnvelopeFolder;
  let sanitiser: Sanitiser;

  beforeAll(async () => {
    browser = await engine.launch();
    folder = makeEnvelopeFolder();
    sanitiser = await startSanitiser(browser, folder);
  });
  afterAll(async () => {
    await browser.close();
    folder.remove();
  });

  /** Rebuilds them some at a time, and says which came out as something that acts or that DOMPurify removes. */
  async function faultsOf(inputs: readonly string[]): Promise<string[]> {
    const faults: string[] = [];
    for (let start = 0; start < inputs.length; start += 25) {
      const some = inputs.slice(start, start + 25);
      for (const [index, { names, addresses, removedByOracle }] of (await sanitiser.judge(...some)).entries()) {
        const active = [
          ...names.filter((name) => ACTIVE.test(name) && name !== 'img@src'),
          ...addresses.filter((address) => !PLAIN.test(address)),
          ...removedByOracle,
        ];
        if (active.length > 0) faults.push(`${some[index]!.slice(0, 200)}: ${active.join()}`);
      }
    }
    return faults;
  }

  it('11: of what DOMPurify is tested with, nothing runs, and it finds nothing to remove', async () => {
    const inputs = purifyInputs();
    expect(inputs.length).toBeGreaterThan(100);
    expect(await faultsOf(inputs)).toEqual([]);
    await sleep(100);
    expect(sanitiser.visit.dialogs).toEqual([]);
    // The same without the sanitiser: their scripts would open dialogs.
    await sanitiser.visit.run(
      (all) => {
        for (const html of all) document.body.insertAdjacentHTML('beforeend', html);
      },
      inputs.filter((html) => /<img[^>]*onerror=['"]?alert/i.test(html)).slice(0, 3),
    );
    await expect
      .poll(async () => {
        await sanitiser.visit.run(() => 0);
        return sanitiser.visit.dialogs.length;
      })
      .toBeGreaterThan(0);
  });

  it('11: of what html5lib is tested with, nothing comes out that acts', async () => {
    const [tokens, trees] = [tokenizerInputs(), treeInputs()];
    expect(tokens.length).toBeGreaterThan(5_000);
    expect(trees.length).toBeGreaterThan(1_000);
    // Most of the tokenizer's are names of entities.
    const step = process.env['SLOW'] === undefined ? 20 : 1;
    const some = [...tokens, ...trees].filter((_, index) => index % step === 0);
    expect(await faultsOf(some)).toEqual([]);
  }, 600_000);
});
