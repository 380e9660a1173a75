import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';

/** Why resident memory cannot be measured on this machine; undefined where it can. */
export const noResident: string | undefined =
  process.platform === 'linux' ? undefined : 'not measured: resident memory is read from /proc';

/** How it is measured, for people. */
export const RESIDENT =
  'resident memory of all processes of the browser after three forced collections in all its pages and ten seconds of rest, from /proc/PID/smaps_rollup: anonymous and shared memory, the latter by its share (PSS); without the files that they map, such as Chromium itself, which every browser on the machine shares';

/**
 * Milliseconds of rest after the collections. For some six seconds Chromium keeps the tiles of pictures that it no longer shows, and
 * what it carried a download with. What the page holds it holds for longer: a saved file for forty.
 */
const REST = 10_000;

/**
 * Bytes of resident memory of all processes that this one started, and of those that they did: what is their own, and their share of what
 * several hold. Collects garbage in all pages of the browser before, and lets it rest.
 */
export async function residentAfterCollection(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('bench: the page is in no browser');
  try {
    // What a first collection lets go, a finalizer may hold until a second.
    for (let round = 0; round < 3; round++) {
      await collectEverywhere(session);
      await sleep(700);
    }
  } finally {
    await session.detach();
  }
  await sleep(REST);
  return descendants(process.pid).reduce((sum, pid) => sum + resident(pid), 0);
}

/** Chromium's own pages too: the list of its address bar has ten megabytes of garbage, and gives them back within the first minute. */
async function collectEverywhere(browser: CDPSession): Promise<void> {
  const { targetInfos } = await browser.send('Target.getTargets', { filter: [{}] });
  for (const { targetId, type } of targetInfos) {
    // A tab is only the place of a page.
    if (type !== 'tab') await collect(browser, targetId);
  }
}

async function collect(browser: CDPSession, targetId: string): Promise<void> {
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId });
  const answered = new Promise<string>((resolve) => {
    browser.once('Target.receivedMessageFromTarget', ({ message }) => {
      resolve(message);
    });
  });
  const message = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' });
  await browser.send('Target.sendMessageToTarget', { sessionId, message });
  const answer = await answered;
  await browser.send('Target.detachFromTarget', { sessionId });
  if ('error' in (JSON.parse(answer) as object)) throw new Error(`bench: no garbage was collected: ${answer}`);
}

function descendants(of: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    // The name of a program, in parentheses, may hold anything.
    const parent = /^\d+$/.test(name) ? /^.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1] : undefined;
    if (parent !== undefined) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const waiting = [of];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const own = children.get(pid) ?? [];
    found.push(...own);
    waiting.push(...own);
  }
  return found;
}

function resident(pid: number): number {
  const kibibytes = read(`/proc/${pid}/smaps_rollup`).matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+) kB$/gm);
  return [...kibibytes].reduce((sum, [, number]) => sum + Number(number) * 1_024, 0);
}

/** Nothing where the process has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
