import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { languageBlocks } from '@sealpost/reader';
import { encodeText, transplant, type FailureCode, type Section } from '@sealpost/vectors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealText } from '../../packages/reader/test/support/envelope-file.js';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { passphrase } from '../tamper/envelopes.js';
import { positions, positionsEnvelope } from '../tamper/positions.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { Visit } from './driver/visit.js';

const all = positions();

/** The sentences of the page, by the names that its language block gives them. */
const { strings } = JSON.parse(languageBlocks.en.json) as { readonly strings: Readonly<Record<string, string>> };

/** With which sentence the alert may begin for each outcome, and how the page stands then. */
const answers: Readonly<Record<FailureCode, { readonly state: string; readonly sentences: readonly string[] }>> = {
  NOT_AN_ENVELOPE: { state: 'refused', sentences: ['notEnvelope'] },
  UNSUPPORTED_VERSION: { state: 'refused', sentences: ['version'] },
  LIMIT: { state: 'refused', sentences: ['limit'] },
  DID_NOT_OPEN: { state: 'locked', sentences: ['wrong'] },
  DAMAGED: { state: 'locked', sentences: ['damaged', 'altered', 'cutOff'] },
};

describeInEachEngine(`${all.length} altered pages`, (engine) => {
  let browser: Driven;
  let visit: Visit;
  let folder: string;
  let frame: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sealpost-tamper-'));
    browser = await engine.launch();
    frame = Buffer.from(await sealText({ text: 'Another message, which lends its page.' })).toString('latin1');
    visit = await Visit.file(browser, write(positionsEnvelope().sections));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('opens the page that is not altered', async () => {
    await enterPassphrase(visit, passphrase);
    await visit.state('open');
    expect(await visit.body.find('.text').text()).toContain('All good.');
  });

  it.each(all.map(({ name, expected, sections }) => [name, expected, sections] as const))(
    '%s: %s',
    async (_name, expected, sections) => {
      const { state, sentences } = answers[expected];
      await visit.gotoFile(write(sections));
      if (state === 'locked') await enterPassphrase(visit, passphrase);
      const said = await visit.find('#sealpost-alert:not(:empty)').shown();
      const begins = sentences.filter((key) => said.startsWith(strings[key] ?? '-'));
      expect(begins, said).toHaveLength(1);
      expect(await visit.run(() => document.documentElement.dataset['state'])).toBe(state);
      expect(await visit.find('iframe').count()).toBe(0);
    },
  );

  function write(sections: readonly Section[]): string {
    const file = path.join(folder, 'securedoc.html');
    writeFileSync(file, encodeText(transplant(frame, sections)));
    return file;
  }
});
