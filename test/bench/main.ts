import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startClock } from '../../tools/lib/clock.mjs';
import { browser } from './browser.js';
import { cpu } from './cpu.js';
import { FULL, QUICK } from './extent.js';
import { growth } from './growth.js';
import { machineLine } from './machine.js';
import { memory } from './memory.js';
import { peers } from './peers.js';
import { rate } from './rate.js';
import type { Row } from './row.js';
import { sizes } from './sizes.js';
import { replaceBlock, writeTable } from './table.js';

const README = 'README.md';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const extent = options.quick ? QUICK : FULL;
const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-bench-'));
const elapsed = startClock();
const machine = machineLine();
try {
  const rows: Row[] = [];
  rows.push(...(await step('sizes', sizes)));
  rows.push(...(await step('processor time', () => cpu(extent))));
  rows.push(...(await step('memory', () => memory(folder, extent))));
  rows.push(...(await step('messages a second', () => rate(extent))));
  rows.push(...(await step('growth', () => growth(extent))));
  rows.push(...(await step('browser', () => browser(folder, extent))));
  const comparison = await step('peers', () => peers(folder, extent));
  const table = writeTable(machine, rows, comparison);
  console.log(table);
  if (options.write && !(await replaceBlock(README, table))) {
    console.error(`bench: ${README} does not have the two marks, nothing was written`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.error(`bench: done in ${elapsed()}`);

/** One measurement after the other: they would disturb each other. */
async function step<T>(name: string, measure: () => Promise<T>): Promise<T> {
  const stepElapsed = startClock();
  const result = await measure();
  console.error(`bench: ${name}, ${stepElapsed()}`);
  return result;
}
