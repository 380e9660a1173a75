import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { generatePassphrase, seal } from 'sealpost';
import { launchChromium, noChromium } from '../e2e/driver/chromium.js';
import { incompressible, letter } from './content.js';
import type { Extent } from './extent.js';
import { readClock, setClock, untilShown, type Moments } from './page-clock.js';
import { measurePage, SEALPOST_PAGE, type PageMemory } from './page-memory.js';
import { noResident, RESIDENT } from './resident.js';
import { decimals, MB, whole, withRange, type Row } from './row.js';
import { repeat, summarise } from './statistics.js';

/** Most milliseconds that opening may take beside the key derivation. */
const BESIDE_KDF = 150;

/** Most resident memory above the locked page, in attachments. */
const ABOVE_LOCKED = 1.5;

/** What a recipient waits for in Chromium, from `file://`, and what it takes of the machine's memory. */
export async function browser(folder: string, { visits, runs }: Extent): Promise<readonly Row[]> {
  if (noChromium !== undefined) return [{ what: 'load, open and save in Chromium', measured: noChromium }];
  const passphrase = generatePassphrase().text;
  const attachment = incompressible(25 * MB);
  const small = await envelope(path.join(folder, 'small.html'), passphrase);
  const large = await envelope(path.join(folder, 'large.html'), passphrase, attachment);
  const expected = createHash('sha256').update(attachment).digest('hex');
  const memory = noResident === undefined ? await memories(large, passphrase, expected, runs) : undefined;

  const chromium = await launchChromium();
  try {
    const smallVisits = await repeat(
      visits,
      () => visit(chromium, small, passphrase),
      ({ moments }) => besideKdf(moments),
    );
    const largeVisits = await repeat(
      visits,
      () => visit(chromium, large, passphrase, expected),
      ({ moments }) => moments.parsed,
    );
    const smallMoments = smallVisits.map(({ moments }) => moments);
    const largeMoments = largeVisits.map(({ moments }) => moments);
    return [
      row(
        'load of 25 MB: to the last block parsed',
        largeMoments.map(({ parsed }) => parsed),
        1_000,
        '<= 1,000 ms',
        'from the start of the navigation',
      ),
      row(
        'load of 25 MB: to a passphrase field that can be used',
        largeMoments.map(({ locked }) => locked),
        1_000,
        '<= 1,000 ms',
      ),
      openRow('passphrase to body shown, 1 KB', smallMoments),
      openRow('passphrase to body shown, 25 MB attached', largeMoments),
      row(
        'saving a 25 MB attachment',
        largeVisits.map(({ saved = Number.NaN }) => saved),
        1_500,
        '<= 1,500 ms',
        'from the click to the file on the disk, compared with what was sealed',
      ),
      memoryRow(memory, attachment.length),
    ];
  } finally {
    await chromium.close();
  }
}

async function envelope(file: string, passphrase: string, attachment?: Uint8Array<ArrayBuffer>): Promise<string> {
  const sealed = await seal(attachment === undefined ? letter() : letter(attachment), { passphrase });
  writeFileSync(file, await sealed.bytes());
  return file;
}

interface Visited {
  readonly moments: Moments;
  /** Milliseconds to save the attachment. */
  readonly saved?: number;
}

/** Opens an envelope as its recipient does; with the hash of its attachment, saves that as well. */
async function visit(chromium: Browser, file: string, passphrase: string, expected?: string): Promise<Visited> {
  const context = await chromium.newContext({ acceptDownloads: true });
  try {
    const page = await context.newPage();
    await setClock(page);
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('html[data-state="locked"]');
    await page.fill('#sealpost-passphrase', passphrase);
    await page.press('#sealpost-passphrase', 'Enter');
    const moments = await untilShown(page);
    return expected === undefined
      ? { moments }
      : { moments: { ...moments, ...(await readClock(page)) }, saved: await save(page, expected) };
  } finally {
    await context.close();
  }
}

async function save(page: Page, expected: string): Promise<number> {
  const start = performance.now();
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-action="save"]')]);
  const file = await download.path();
  const time = performance.now() - start;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  if (hash.digest('hex') !== expected) throw new Error('bench: the saved attachment is not the one that was sealed');
  return time;
}

/** Each in a Chromium of its own, which nothing was done in before, and no other beside it. */
async function memories(
  file: string,
  passphrase: string,
  expected: string,
  runs: number,
): Promise<readonly PageMemory[]> {
  const measured: PageMemory[] = [];
  for (let run = 0; run < runs; run++) {
    const chromium = await launchChromium();
    try {
      const memory = await measurePage(chromium, { file, passphrase, ...SEALPOST_PAGE });
      if (memory.sha256 !== expected) throw new Error('bench: the saved attachment is not the one that was sealed');
      measured.push(memory);
    } finally {
      await chromium.close();
    }
  }
  return measured;
}

function memoryRow(memory: readonly PageMemory[] | undefined, size: number): Row {
  const what = 'memory above the locked page, 25 MB attachment saved';
  if (memory === undefined) return { what, measured: noResident ?? '' };
  const times = memory.map(({ saved }) => saved / size);
  const opened = summarise(memory.map((one) => one.opened)).median;
  const saved = summarise(memory.map((one) => one.saved)).median;
  return {
    what,
    measured: withRange(times, decimals(2), ' times'),
    goal: `<= ${ABOVE_LOCKED} times`,
    met: summarise(times).median <= ABOVE_LOCKED,
    note: `of the attachment; once it is open ${whole(opened / MB)} MB, once it is saved ${whole(saved / MB)} MB; ${RESIDENT}`,
  };
}

function besideKdf({ enter, kdf, shown }: Moments): number {
  return shown - enter - kdf;
}

function row(what: string, values: readonly number[], most: number, goal: string, note?: string): Row {
  const met = summarise(values).median <= most;
  return { what, measured: withRange(values, whole, ' ms'), goal, met, ...(note === undefined ? {} : { note }) };
}

function openRow(what: string, moments: readonly Moments[]): Row {
  const median = (values: readonly number[]): string => whole(summarise(values).median);
  const note = [
    `the worker's own key derivation takes ${median(moments.map(({ kdf }) => kdf))} ms (profile light)`,
    `starting it and hearing from it ${median(moments.map(({ enter, derived, kdf }) => derived - enter - kdf))} ms`,
    `from the key to the message ${median(moments.map(({ derived, shown }) => shown - derived))} ms`,
  ].join(', ');
  return {
    ...row(what, moments.map(besideKdf), BESIDE_KDF, `KDF + ${BESIDE_KDF} ms`, note),
    measured: `KDF + ${withRange(moments.map(besideKdf), whole, ' ms')}`,
  };
}
