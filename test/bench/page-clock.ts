import type { Page } from 'playwright-core';

/** Moments in a page, in milliseconds since its navigation began; 0 where a moment has not come. */
export interface Moments {
  /** The passphrase field can be typed into. */
  locked: number;
  /** The last block is parsed. */
  parsed: number;
  enter: number;
  /** The key has come back from the worker. */
  derived: number;
  /** How long the worker had for it, from its task to its answer. */
  kdf: number;
  /** The frame after the one in which the page called itself open. */
  shown: number;
}

/** What the worker tells the clock, and nobody else. */
interface WorkerReport {
  readonly benchKdf: number;
}

declare global {
  var benchMoments: Moments;
}

/**
 * Sets a clock into each page that is opened from now on. It looks at what the page does from outside: the state that it
 * shows, and what passes between it and its worker, into whose script it puts a few lines of its own.
 */
export async function setClock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moments = { locked: 0, parsed: 0, enter: 0, derived: 0, kdf: 0, shown: 0 };
    globalThis.benchMoments = moments;

    const states = new MutationObserver(() => {
      const { state } = document.documentElement.dataset;
      const field = document.getElementById('sealpost-passphrase');
      if (state === 'locked' && field !== null && moments.locked === 0) moments.locked = performance.now();
      if (state !== 'open') return;
      states.disconnect();
      requestAnimationFrame(() => {
        setTimeout(() => {
          if (document.getElementById('sealpost-body') !== null) moments.shown = performance.now();
        });
      });
    });
    states.observe(document, { subtree: true, attributes: true, attributeFilter: ['data-state'] });

    addEventListener('DOMContentLoaded', () => {
      moments.parsed = performance.now();
    });
    addEventListener(
      'keydown',
      ({ key, timeStamp }) => {
        if (key === 'Enter') moments.enter = timeStamp;
      },
      true,
    );

    // In the worker: from the task's arrival to the bytes of the key. Its listener stands before the worker's own.
    const workerClock = `{
      const post = postMessage.bind(self);
      let start = 0;
      addEventListener('message', () => { start = performance.now(); });
      self.postMessage = (answer) => {
        if (typeof answer === 'object') post({ benchKdf: performance.now() - start });
        post(answer);
      };
    }\n`;
    globalThis.Blob = class extends Blob {
      constructor(parts: BlobPart[] = [], options: BlobPropertyBag = {}) {
        super(options.type === 'text/javascript' ? [workerClock, ...parts] : parts, options);
      }
    };
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', (event: MessageEvent<WorkerReport | number | Uint8Array | undefined>) => {
          const { data } = event;
          if (typeof data !== 'object' || !('benchKdf' in data)) return;
          event.stopImmediatePropagation();
          moments.kdf = data.benchKdf;
          moments.derived = performance.now();
        });
      }
    };
  });
}

export async function readClock(page: Page): Promise<Moments> {
  return page.evaluate(() => globalThis.benchMoments);
}

/** Waits until the page has shown the message. */
export async function untilShown(page: Page): Promise<Moments> {
  await page.waitForFunction(() => globalThis.benchMoments.shown > 0, undefined, { timeout: 60_000, polling: 50 });
  return readClock(page);
}
