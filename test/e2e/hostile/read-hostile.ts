import { PASSPHRASE } from '../../../packages/reader/test/support/envelope-file.js';
import type { Visit } from '../driver/visit.js';

/** What an envelope's page was like after it showed a hostile mail. */
export interface Reading {
  /** Milliseconds from the passphrase to the first picture of the message. */
  readonly time: number;
  /** The longest time in which nothing else could happen. */
  readonly pause: number;
  /** Numbers of the scripts that ran. */
  readonly ran: readonly number[];
  /** Parts of the page that something else lies above. */
  readonly covered: readonly string[];
  readonly title: string;
  /** Of the frame, in pixels. */
  readonly height: number;
  /** Whether the page says that only the beginning is shown. */
  readonly cut: boolean;
  /** The state after the lock button was pressed. */
  readonly state: string | undefined;
}

/** Opens an envelope in a tab, looks at the page while and after it shows the message, and locks it. */
export async function readHostile(visit: Visit, file: string): Promise<Reading> {
  await visit.gotoFile(file);
  return visit.run(async (passphrase) => {
    const page = document.documentElement;
    const state = async (wanted: string): Promise<void> => {
      while (page.dataset['state'] !== wanted) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await state('locked');
    const field = document.querySelector<HTMLInputElement>('#sealpost-passphrase')!;
    field.value = passphrase;
    const start = performance.now();
    let [last, pause] = [start, 0];
    const beat = (): void => {
      const now = performance.now();
      pause = Math.max(pause, now - last);
      last = now;
    };
    const beats = setInterval(beat, 10);
    field.form!.requestSubmit();
    await state('open');
    const frame = document.querySelector<HTMLIFrameElement>('#sealpost-body')!;
    // Laid out and drawn.
    for (let count = 0; count < 2; count++) await new Promise(requestAnimationFrame);
    frame.contentDocument!.body.getBoundingClientRect();
    await new Promise((resolve) => setTimeout(resolve));
    beat();
    clearInterval(beats);
    const time = last - start;
    const covered = [];
    for (const part of document.querySelectorAll<HTMLElement>('h1, dl, button:not(.body *), .notice, .after, select')) {
      part.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = part.getBoundingClientRect();
      const above = document.elementFromPoint(x + width / 2, y + height / 2);
      if (width > 0 && height > 0 && !part.contains(above))
        covered.push(`${part.outerHTML.slice(0, 60)} by ${String(above?.tagName)}`);
    }
    const { ran } = globalThis as { ran?: readonly number[] };
    const height = frame.offsetHeight;
    const cut = [...document.querySelectorAll('.notice')].some(({ textContent }) =>
      textContent.includes('Its end is not shown'),
    );
    document.querySelector<HTMLElement>('[data-action=lock]')!.click();
    await state('locked');
    return { time, pause, ran: ran ?? [], covered, title: document.title, height, cut, state: page.dataset['state'] };
  }, PASSPHRASE);
}
