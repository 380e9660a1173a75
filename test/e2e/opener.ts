import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openerFiles } from '@sealpost/reader/opener';
import type { Visit } from './driver/visit.js';

/** Writes the opener's files into a folder; the result is the path of its page. */
export function writeOpener(folder: string): string {
  for (const [name, bytes] of openerFiles()) writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, 'index.html');
}

/** A file as somebody would choose it. */
export interface ChosenFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** Chooses files as the browser's own dialog would, or drops them, by events that a script made. */
export async function chooseFiles(
  visit: Visit,
  files: readonly ChosenFile[],
  how: 'choose' | 'drop' = 'choose',
): Promise<void> {
  await visit.find('html[data-opener=ready]').wait();
  await visit.run(
    (list: readonly { name: string; base64: string }[], way: string) => {
      const chosen = new DataTransfer();
      for (const { name, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
        chosen.items.add(new File([bytes], name));
      }
      const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
      if (way === 'choose') {
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
      } else {
        const drop = new Event('drop', { bubbles: true, cancelable: true });
        Object.defineProperty(drop, 'dataTransfer', { value: chosen });
        document.querySelector('main')!.dispatchEvent(drop);
      }
    },
    files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') })),
    how,
  );
}

/** Chooses a file that is one envelope, and waits for its page. */
export async function openInOpener(visit: Visit, file: ChosenFile): Promise<void> {
  await chooseFiles(visit, [file]);
  await visit.state('locked');
  await visit.find('.opened-file').wait();
}
