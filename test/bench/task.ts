import { repeatedCosts, workCost } from './tasks/cost.js';
import { growth } from './tasks/growth.js';
import { kdfTimes } from './tasks/kdf.js';
import { sealOne, sealStream, sealTogether } from './tasks/memory.js';
import { smallMessages } from './tasks/rate.js';
import { slotCosts } from './tasks/slots.js';
import { openFile, sealFile } from './tasks/file.js';

/** What can be measured in a process of its own. Arguments and results pass as JSON. */
const tasks = {
  workCost,
  repeatedCosts,
  growth,
  slotCosts,
  kdfTimes,
  sealOne,
  sealStream,
  sealTogether,
  smallMessages,
  sealFile,
  openFile,
};

export type Tasks = typeof tasks;

const [name, ...args] = process.argv.slice(2);
const task = Object.entries(tasks).find(([key]) => key === name)?.[1];
if (task === undefined) throw new Error(`bench: there is no task ${String(name)}`);
const run = task as (...values: readonly unknown[]) => Promise<unknown>;
process.stdout.write(JSON.stringify((await run(...args.map((arg) => JSON.parse(arg) as unknown))) ?? null));
