import { readFileSync, writeFileSync } from 'node:fs';
import type { Usage } from './child.js';

// Loaded before a program with `--import`: leaves in a file what the program had used when it ended.
process.on('exit', () => {
  const report = process.env['SEALPOST_BENCH_USAGE'];
  if (report === undefined) return;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage: Omit<Usage, 'wall'> = { peakMemory: peakMemory(), cpu: (userCPUTime + systemCPUTime) / 1_000 };
  writeFileSync(report, JSON.stringify(usage));
});

/** Linux hands a parent's `maxRSS` down to the programs that it starts; the high-water mark of the memory begins anew. */
function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1_024;
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
  return Number(kibibytes) * 1_024;
}
