import { runKdf, type Kdf, type KdfRunner, type WorkOptions } from '@sealpost/core';
import { startWorker } from './policy.js';

interface Task {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly kdf: Kdf;
}

/** A number is progress, bytes are the key, nothing is a failure. */
type Answer = number | Uint8Array<ArrayBuffer> | undefined;

/** The worker's global object, as far as it is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(message: Answer): void;
}

/** Milliseconds between two reports of progress: each one costs more than the work that it reports. */
const REPORT_INTERVAL = 50;

/** The worker's side: one derivation, then the page ends the worker. */
export function serveKdf(): void {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data: { secret, kdf } }) => {
    runKdf(secret, kdf, {
      onProgress: sparingly((fraction) => {
        scope.postMessage(fraction);
      }),
    }).then(
      (key) => {
        scope.postMessage(key);
      },
      () => {
        scope.postMessage(undefined);
      },
    );
  };
}

/**
 * The page's side: derives in a worker made from the runtime's own text, which is ended afterwards and with it all that it
 * remembers. Where no worker starts, derives here, after `onStandstill` has told the user that the page will not react.
 */
export function makeKdfRunner(runtime: string, onStandstill: () => void): KdfRunner {
  return async (secret, kdf, options = {}) => {
    const key = await runInWorker(runtime, { secret, kdf }, options);
    if (key !== undefined) return key;
    onStandstill();
    await painted();
    options.signal?.throwIfAborted();
    return runKdf(secret, kdf, options);
  };
}

/** `undefined` where no worker starts, or it ends without an answer. */
async function runInWorker(runtime: string, task: Task, options: WorkOptions): Promise<Task['secret'] | undefined> {
  let worker: Worker;
  try {
    worker = startWorker(runtime);
  } catch {
    return undefined;
  }
  try {
    return await ask(worker, task, options);
  } finally {
    worker.terminate();
  }
}

function ask(worker: Worker, task: Task, { onProgress, signal }: WorkOptions): Promise<Task['secret'] | undefined> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(undefined);
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (typeof data === 'number') onProgress?.(data);
      else resolve(data);
    };
    worker.postMessage(task);
  });
}

function sparingly(report: (fraction: number) => void): (fraction: number) => void {
  let last = -REPORT_INTERVAL;
  return (fraction) => {
    const now = performance.now();
    if (now - last < REPORT_INTERVAL) return;
    last = now;
    report(fraction);
  };
}

/** Settles after the browser has had the time to show what was just written. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 30));
  });
}
