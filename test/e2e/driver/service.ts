import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A program that runs beside the tests, and ends at the latest when this process does, whatever ends that. */
export class Service {
  /** Resolves when it runs no more, or never ran, with a sentence that says so. Never rejects. */
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;

  /** Starts a program; one that cannot be started has ended. */
  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    const script = fileURLToPath(new URL('service.sh', import.meta.url));
    const started = spawn(script, [program, ...args], { env, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
    this.#process = started;
    this.ended = new Promise((resolve) => {
      started.once('error', (error) => {
        resolve(`${program} did not start: ${error.message}`);
      });
      started.once('exit', (code, signal) => {
        resolve(`${program} ended with ${signal ?? `exit code ${String(code)}`}`);
      });
    });
  }

  /** What it writes to its file descriptor 3. */
  get output(): Readable {
    return this.#process.stdio[3] as Readable;
  }

  /** Ends it, and waits for that. */
  async end(): Promise<void> {
    this.#process.stdin?.destroy();
    await this.ended;
  }
}
