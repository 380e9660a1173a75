import { setTimeout as sleep } from 'node:timers/promises';

/** How long something may take to happen, in milliseconds: the machine may be busy. The environment may say `PATIENCE`. */
const PATIENCE = Number(process.env['PATIENCE'] ?? 30_000);

/** Polls; throws what `complaint` says when patience is over. */
export async function until(condition: () => Promise<boolean>, complaint: () => string): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(complaint());
    await sleep(50);
  }
}
