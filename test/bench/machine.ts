import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { findChromium } from '../../tools/lib/browsers.mjs';

/** One line about what all the figures depend on, with what else the machine is doing now. */
export function machineLine(): string {
  const cores = cpus();
  const model = cores[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1_024 ** 3);
  return [
    `${model}, ${cores.length} cores, ${memory} GiB`,
    `Node ${process.versions.node}`,
    chromiumVersion(),
    `${process.platform} ${process.arch}`,
    `load before the run ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ].join('; ');
}

function chromiumVersion(): string {
  const executable = findChromium();
  if (executable === undefined) return 'no Chromium';
  const { stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8' });
  return /^\S+ [\d.]+/.exec(stdout)?.[0] ?? 'Chromium of an unknown version';
}
