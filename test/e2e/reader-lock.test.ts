import { beforeAll, expect, it } from 'vitest';
import { sealText } from '../../packages/reader/test/support/envelope-file.js';
import { png } from '../../packages/reader/test/support/png.js';
import { unlock } from '../../packages/reader/test/support/reading.js';
import { useReader } from '../../packages/reader/test/support/use-reader.js';
import { describeInEachEngine } from './driver/engines.js';
import type { Visit } from './driver/visit.js';
import { withScript } from './driver/with-script.js';

/** A page's clock and its intervals in the hands of the test. */
interface HeldClock {
  /** Time goes by, and intervals with it. */
  pass(milliseconds: number): void;
  /** Time goes by without its timers, as in a computer that sleeps. */
  sleep(milliseconds: number): void;
}

/** Runs in the page, before its own script. */
function holdClock(): void {
  const intervals = new Map<number, { readonly work: () => void; readonly every: number; due: number }>();
  let now = Date.now();
  let count = 0;
  Date.now = () => now;
  const set = (work: () => void, every: number): number => {
    intervals.set(++count, { work, every, due: now + every });
    return count;
  };
  const heldClock: HeldClock = {
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...intervals.values()].sort((one, other) => one.due - other.due);
        if (next === undefined || next.due > end) break;
        now = next.due;
        next.due += next.every;
        next.work();
      }
      now = end;
    },
    sleep(milliseconds) {
      now += milliseconds;
    },
  };
  Object.assign(globalThis, { heldClock, setInterval: set, clearInterval: (id: number) => intervals.delete(id) });
}

describeInEachEngine('an opened message that is locked', (engine) => {
  const reader = useReader(engine);
  let held: string;

  beforeAll(async () => {
    const page = Buffer.from(await sealText({ text: 'marzipan' }, { idleLock: 2 })).toString('latin1');
    held = reader.write('held.html', Buffer.from(withScript(page, holdClock), 'latin1'));
  });

  it('25: lock drops the frame, the keys, the addresses and everything shown', async () => {
    const attachments = [{ name: 'a.png', type: 'image/png', content: png, contentId: 'a', inline: true }];
    const file = await reader.seal({ html: '<p>marzipan<img src="cid:a">', attachments });
    const visit = await reader.read(file);
    const loads = (address: string): Promise<boolean> =>
      visit.run(
        (src) =>
          new Promise((resolve) => {
            const image = new Image();
            image.onload = () => {
              resolve(true);
            };
            image.onerror = () => {
              resolve(false);
            };
            image.src = src;
          }),
        address,
      );
    const address = await visit.body.find('img[src]').run((image) => (image as HTMLImageElement).src);
    expect(address).toMatch(/^blob:/);
    await visit.find('[data-action="lock"]').click();
    expect(await visit.find('iframe').count()).toBe(0);
    expect(await visit.find('#sealpost-passphrase').value()).toBe('');
    expect(await visit.find('#sealpost-status').text()).toBe('The message is locked.');
    expect(await visit.run(() => document.documentElement.outerHTML)).not.toMatch(/marzipan|Test subject|a\.png/);
    expect(await loads(address)).toBe(false);
    // An address that was not given back does load.
    const other = await visit.run(
      (bytes) => URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' })),
      [...png],
    );
    expect(await loads(other)).toBe(true);
    await unlock(visit);
  });

  it('25: locks by itself after the minutes that the sender asked for', async () => {
    const visit = await reader.read(held);
    await pass(visit, 100_000);
    await visit.moveMouse(5, 5);
    await pass(visit, 100_000);
    expect(await visit.find('iframe').count()).toBe(1);
    await pass(visit, 30_000);
    expect(await visit.find('iframe').count()).toBe(0);
  });

  it('25: locks a page that slept too long, at the first sign of anybody', async () => {
    for (const sign of ['pointermove', 'keydown', 'visibilitychange', 'pageshow']) {
      const visit = await reader.read(held);
      await visit.run(() => {
        (globalThis as unknown as { heldClock: HeldClock }).heldClock.sleep(3_600_000);
      });
      expect(await visit.find('iframe').count()).toBe(1);
      await visit.run((type) => dispatchEvent(new Event(type)), sign);
      expect(await visit.find('iframe').count(), sign).toBe(0);
    }
  });

  function pass(visit: Visit, milliseconds: number): Promise<void> {
    return visit.run((time) => {
      (globalThis as unknown as { heldClock: HeldClock }).heldClock.pass(time);
    }, milliseconds);
  }
});
