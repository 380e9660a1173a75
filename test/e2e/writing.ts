import { en } from '../../packages/reader/src/i18n/reply/en.js';
import type { Visit } from './driver/visit.js';
import type { Saved } from './driver/engine.js';

/** What a test attaches. */
export interface AttachedFile {
  readonly name: string;
  readonly type: string;
  /** The file is this byte, so often. */
  readonly byte: number;
  readonly size: number;
}

/** Presses the button of an open message, and waits for the text field. */
export async function startWriting(visit: Visit, action: 'reply' | 'replyAll' | 'forward'): Promise<void> {
  await visit.find(`[data-action="${action}"]`).click();
  await visit.find('textarea').wait();
}

/** Chooses files as the browser's own dialog would, or drops them, by events that a script made. */
export function attach(visit: Visit, files: readonly AttachedFile[], how: 'choose' | 'drop' = 'choose'): Promise<void> {
  return visit.run(
    (list: readonly AttachedFile[], way: string) => {
      const chosen = new DataTransfer();
      for (const { name, type, byte, size } of list)
        chosen.items.add(new File([new Uint8Array(size).fill(byte)], name, { type }));
      const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
      if (way === 'choose') {
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
      } else {
        const drop = new Event('drop', { bubbles: true, cancelable: true });
        Object.defineProperty(drop, 'dataTransfer', { value: chosen });
        document.querySelector('form')!.dispatchEvent(drop);
      }
    },
    files,
    how,
  );
}

/** Presses Encrypt, and waits for the result. */
export async function sealWritten(visit: Visit): Promise<void> {
  await visit.find('form .primary').click();
  await visit.find('[data-action="save-reply"]').wait();
}

/** Saves the sealed file. */
export function saveSealed(visit: Visit): Promise<Saved> {
  return visit.save(() => visit.find('[data-action="save-reply"]').click());
}

/** Says that a forward's code was told: until then the page keeps what was written, and asks before it is left. */
export async function finish(visit: Visit): Promise<void> {
  await visit.button(en.done).click();
  await visit.find('[data-action="forward"]').wait();
}
