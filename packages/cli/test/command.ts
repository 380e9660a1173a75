import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { TransportRules } from '../../../test/transport/transport-rules.js';
import { runTool } from '../../../tools/lib/run.mjs';

/** The built program, run as its users run it: a process of its own in a temporary folder. */

export const main: string = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Compiles what is older than its sources. Also says so where the page's runtime was never made. */
export function buildFirst(): void {
  beforeAll(async () => {
    const { code, output } = await runTool('tsc', ['-b', 'packages/cli']);
    if (code !== 0 || !existsSync(main)) throw new Error(`npm run build first: ${output}`);
  }, 120_000);
}

const folders: string[] = [];

/** A new folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-cli-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, removed after all tests of a file. */
export function sharedFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealpost-cli-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export interface Result {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stdoutBytes: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Content of standard input; empty unless given. */
  readonly stdin?: string | Uint8Array;
  /** Gets the process once it runs. Standard input stays open then. */
  readonly whileRunning?: (child: ChildProcess) => Promise<void>;
  /** What a shell is to do with its streams, such as `>/dev/full`. */
  readonly redirect?: string;
  /** Source of a module that runs first. */
  readonly preload?: string;
  /** The program instead of {@link main}. */
  readonly program?: string;
}

/** Runs `sealpost ARGS`, in a session of its own: without a controlling terminal. */
export async function sealpost(args: readonly string[], options: RunOptions): Promise<Result> {
  const result = await run(args, options);
  if (result.code === 0 && (args[0] === 'seal' || args[0] === 'reissue'))
    checkSealed(args, options.cwd, result.stdoutBytes);
  return result;
}

function run(
  args: readonly string[],
  { cwd, stdin = '', whileRunning, redirect = '', preload, program = main }: RunOptions,
): Promise<Result> {
  const first = preload === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
  return new Promise((resolve, reject) => {
    const command = [process.execPath, ...first, program, ...args];
    const child = spawn('/bin/sh', ['-c', `exec "$@" ${redirect}`, 'sh', ...command], { cwd, detached: true });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (piece: Buffer) => stdout.push(piece));
    child.stderr.on('data', (piece: Buffer) => stderr.push(piece));
    // It may end without having read everything.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const stdoutBytes = Buffer.concat(stdout);
      resolve({ code, signal, stdoutBytes, stdout: stdoutBytes.toString(), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.write(stdin);
    if (whileRunning === undefined) child.stdin.end();
    else whileRunning(child).catch(reject);
  });
}

/** Every envelope that a test makes with the command passes the transport rules, too (spec/envelope-v1.md, section 8.4). */
function checkSealed(args: readonly string[], cwd: string, stdout: Uint8Array): void {
  const output = args[args.findIndex((arg) => arg === '-o' || arg === '--output') + 1];
  // A test may have something other than a file behind the name, such as a device.
  const file = output === undefined || output === '-' ? undefined : path.resolve(cwd, output);
  if (file !== undefined && !(existsSync(file) && statSync(file).isFile())) return;
  const rules = new TransportRules();
  rules.push(file === undefined ? stdout : readFileSync(file));
  rules.end();
}

/** Writes a file that only its owner may read; returns its name. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), content, { mode: 0o600 });
  return name;
}

/** All paths below a folder, sorted. */
export function listing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

/** Waits until `condition` holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition();) {
    if (Date.now() > end) throw new Error('waited for ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
