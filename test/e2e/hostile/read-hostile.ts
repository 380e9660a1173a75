import { PASSPHRASE } from '../../../packages/reader/test/support/envelope-file.js';
import type { Visit } from '../driver/visit.js';
import { processorTime } from './processor-time.js';

/** What an envelope's page was like while and after it showed a hostile mail. */
export interface Reading {
  /**
   * Milliseconds from the passphrase to the first picture of the message: on the wall, or of the processor in all of the browser's
   * processes, whichever is less. Other programs make the first one longer, the browser's other threads the second one.
   */
  readonly time: number;
  /** Numbers of the scripts that ran. */
  readonly ran: readonly number[];
  /** Parts of the page that something else lies above. */
  readonly covered: readonly string[];
  readonly title: string;
  /** Of the frame, in pixels. */
  readonly height: number;
  /** Whether the page says that only the beginning is shown. */
  readonly cut: boolean;
}

/** Opens an envelope in a tab, looks at the page while and after it shows the message, and locks it; a page that cannot be locked never ends. */
export async function readHostile(visit: Visit, file: string): Promise<Reading> {
  await visit.gotoFile(file);
  await visit.state('locked');
  const before = processorTime();
  const wall = await visit.run(openIt, PASSPHRASE);
  const time = Math.min(wall, processorTime() - before);
  return { time, ...(await visit.run(lookAndLock)) };
}

async function openIt(passphrase: string): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('#sealpost-passphrase')!;
  field.value = passphrase;
  const start = performance.now();
  field.form!.requestSubmit();
  while (document.documentElement.dataset['state'] !== 'open') await new Promise((resolve) => setTimeout(resolve, 10));
  // Laid out and drawn.
  for (let count = 0; count < 2; count++) await new Promise(requestAnimationFrame);
  document.querySelector<HTMLIFrameElement>('#sealpost-body')!.contentDocument!.body.getBoundingClientRect();
  await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - start;
}

async function lookAndLock(): Promise<Omit<Reading, 'time'>> {
  const covered: string[] = [];
  for (const part of document.querySelectorAll<HTMLElement>('h1, dl, button:not(.body *), .notice, .after, select')) {
    part.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = part.getBoundingClientRect();
    const above = document.elementFromPoint(x + width / 2, y + height / 2);
    if (width > 0 && height > 0 && !part.contains(above))
      covered.push(`${part.outerHTML.slice(0, 60)} by ${String(above?.tagName)}`);
  }
  const { ran = [] } = globalThis as { ran?: readonly number[] };
  const height = document.querySelector<HTMLElement>('#sealpost-body')!.offsetHeight;
  const cut = [...document.querySelectorAll('.notice')].some(({ textContent }) =>
    textContent.includes('Its end is not shown'),
  );
  const { title } = document;
  document.querySelector<HTMLElement>('[data-action=lock]')!.click();
  while (document.documentElement.dataset['state'] !== 'locked')
    await new Promise((resolve) => setTimeout(resolve, 10));
  return { ran, covered, title, height, cut };
}
