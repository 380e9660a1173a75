import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Why resident memory cannot be measured on this machine; undefined where it can. */
export const noResident: string | undefined =
  process.platform === 'linux' ? undefined : 'not measured: resident memory is read from /proc';

/** How it is measured, for people. */
export const RESIDENT =
  'resident memory of all processes of the browser after three forced collections, from /proc/PID/smaps_rollup: anonymous and shared memory, the latter by its share (PSS); without the files that they map, such as Chromium itself, which every browser on the machine shares';

/**
 * Bytes of resident memory of all processes that this one started, and of those that they did: what is their own, and their share of what
 * several hold. Collects garbage in the page before, and lets the browser rest.
 */
export async function residentAfterCollection(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    // What a first collection lets go, a finalizer may hold until a second.
    for (let round = 0; round < 3; round++) {
      await session.send('HeapProfiler.collectGarbage');
      await sleep(700);
    }
  } finally {
    await session.detach();
  }
  return descendants(process.pid).reduce((sum, pid) => sum + resident(pid), 0);
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
