import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { en } from '../../packages/reader/src/i18n/en.js';
import { encodeText, transplant, type FailureCode, type Section } from '@sealpost/vectors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealText } from '../../packages/reader/test/support/envelope-file.js';
import { enterPassphrase } from '../../packages/reader/test/support/reading.js';
import { passphrase } from '../tamper/envelopes.js';
import { positions, positionsEnvelope, type Position } from '../tamper/positions.js';
import type { Driven } from './driver/engine.js';
import { describeInEachEngine } from './driver/engines.js';
import { inTurn } from './driver/in-turn.js';
import { noOwnAddress, ownAddress, startSite, type Site } from './driver/site.js';
import { Visit } from './driver/visit.js';

const all = positions();

let frame: string;

beforeAll(async () => {
  frame = Buffer.from(await sealText({ text: 'Another message, which lends its page.' })).toString('latin1');
});

/** The sentences of the page, by their keys. */
const strings: Readonly<Record<string, string>> = en.strings;

/** With which sentence the alert may begin for each outcome, and how the page stands then. */
const answers: Readonly<Record<FailureCode, { readonly state: string; readonly sentences: readonly string[] }>> = {
  NOT_AN_ENVELOPE: { state: 'refused', sentences: ['notEnvelope'] },
  UNSUPPORTED_VERSION: { state: 'refused', sentences: ['version'] },
  LIMIT: { state: 'refused', sentences: ['limit'] },
  DID_NOT_OPEN: { state: 'locked', sentences: ['wrong'] },
  DAMAGED: { state: 'locked', sentences: ['damaged', 'altered', 'cutOff'] },
};

describeInEachEngine('altered pages', (engine) => {
  let browser: Driven;
  let visit: Visit;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'sealpost-tamper-'));
    file = path.join(folder, 'securedoc.html');
    browser = await engine.launch();
    write(positionsEnvelope().sections);
    visit = await Visit.file(browser, file);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('opens the page that is not altered', () => expectOpen(visit));

  it.each(named(inTurn(all, engine)))('%s: %s', async (_name, expected, sections) => {
    write(sections);
    await visit.gotoFile(file);
    await expectRefused(visit, expected);
  });

  function write(sections: readonly Section[]): void {
    writeFileSync(file, pageOf(sections));
  }
});

// Every third: they are read by the same code, but for what stands in for crypto.subtle.
const some = all.filter((_, index) => index % 3 === 0);

describeInEachEngine(
  'altered pages without crypto.subtle',
  (engine) => {
    let site: Site;
    let browser: Driven;
    let visit: Visit;
    let page: Uint8Array;

    beforeAll(async () => {
      page = pageOf(positionsEnvelope().sections);
      site = await startSite({ '/securedoc.html': () => page }, ownAddress);
      browser = await engine.launch();
      visit = await Visit.address(browser, `${site.origin}/securedoc.html`);
    });
    afterAll(async () => {
      await browser.close();
      await site.close();
    });

    it('opens the page that is not altered', async () => {
      expect(await visit.run(() => typeof crypto.subtle)).toBe('undefined');
      await expectOpen(visit);
    });

    it.each(named(inTurn(some, engine)))('%s: %s', async (_name, expected, sections) => {
      page = pageOf(sections);
      await visit.goto(`${site.origin}/securedoc.html`);
      expect(await visit.run(() => typeof crypto.subtle)).toBe('undefined');
      await expectRefused(visit, expected);
    });
  },
  noOwnAddress,
);

function named(positions: readonly Position[]): (readonly [string, FailureCode, readonly Section[]])[] {
  return positions.map(({ name, expected, sections }) => [name, expected, sections]);
}

/** An envelope of these sections, in the page of another. */
function pageOf(sections: readonly Section[]): Uint8Array {
  return encodeText(transplant(frame, sections));
}

async function expectOpen(visit: Visit): Promise<void> {
  await enterPassphrase(visit, passphrase);
  await visit.state('open');
  expect(await visit.body.find('.text').text()).toContain('All good.');
}

async function expectRefused(visit: Visit, expected: FailureCode): Promise<void> {
  const { state, sentences } = answers[expected];
  if (state === 'locked') await enterPassphrase(visit, passphrase);
  const said = await visit.find('#sealpost-alert:not(:empty)').shown();
  const begins = sentences.filter((key) => said.startsWith(strings[key] ?? '-'));
  expect(begins, said).toHaveLength(1);
  expect(await visit.run(() => document.documentElement.dataset['state'])).toBe(state);
  expect(await visit.find('iframe').count()).toBe(0);
}
