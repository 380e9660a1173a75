import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SEALPOST = fileURLToPath(new URL('../../tools/sealpost.mjs', import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command from the checkout, built when a source is newer. */
export function sealpost(...args: readonly string[]): Run {
  return spawnSync(process.execPath, [SEALPOST, ...args], { encoding: 'utf8' });
}

/** The same, where it must succeed. Gives standard output. */
export function sealpostDone(...args: readonly string[]): string {
  const { status, stdout, stderr } = sealpost(...args);
  if (status !== 0) throw new Error(`sealpost ${args.join(' ')}: exit code ${status}\n${stderr}`);
  return stdout;
}
