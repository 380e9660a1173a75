import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tasks } from './task.js';

/** What a program used from its start to its end. */
export interface Usage {
  /** Largest resident memory, bytes. */
  readonly peakMemory: number;
  /** User and system time of all threads, milliseconds. */
  readonly cpu: number;
  /** Milliseconds, with the start of the process. */
  readonly wall: number;
}

// Bundles that stand beside this program's.
const TASKS = fileURLToPath(import.meta.resolve('./task.js'));
const PROBE = import.meta.resolve('./usage-probe.js');

/** Runs a task in a process of its own, so that no other work is in its memory or its processor time. */
export async function runTask<K extends keyof Tasks>(
  name: K,
  ...args: Parameters<Tasks[K]>
): Promise<{ readonly result: Awaited<ReturnType<Tasks[K]>>; readonly usage: Usage }> {
  const { stdout, usage } = await runNode(['--expose-gc', TASKS, name, ...args.map((arg) => JSON.stringify(arg))]);
  return { result: JSON.parse(stdout) as Awaited<ReturnType<Tasks[K]>>, usage };
}

/** Runs a Node program to its end and tells what it used. Rejects with its output where it fails. */
export async function runNode(
  args: readonly string[],
  cwd: string = process.cwd(),
): Promise<{ readonly stdout: string; readonly usage: Usage }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-bench-'));
  const report = path.join(folder, 'usage.json');
  try {
    const start = performance.now();
    const stdout = await spawnNode(['--import', PROBE, ...args], cwd, report);
    const wall = performance.now() - start;
    const used = JSON.parse(readFileSync(report, 'utf8')) as Omit<Usage, 'wall'>;
    return { stdout, usage: { ...used, wall } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function spawnNode(args: readonly string[], cwd: string, report: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, SEALPOST_BENCH_USAGE: report };
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`bench: node ${args.slice(2).join(' ')} ended with ${String(code)}\n${stdout}${errors}`));
    });
  });
}
