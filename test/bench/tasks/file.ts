import { readFile, writeFile } from 'node:fs/promises';
import { open, seal } from 'sealpost';
import { letter } from '../content.js';

/** Seals the letter with an attachment from a file, as a program of a few lines would, key derivation and all. */
export async function sealFile(output: string, passphrase: string, attachment?: string): Promise<void> {
  const contents = attachment === undefined ? [] : [await readFile(attachment)];
  const sealed = await seal(letter(...contents), { passphrase });
  await writeFile(output, await sealed.bytes());
}

/** Opens a file and holds its attachment, key derivation and all; gives the attachment's length. */
export async function openFile(input: string, passphrase: string): Promise<number | undefined> {
  const opened = await open(await readFile(input), { passphrase });
  return (await opened.attachments[0]?.bytes())?.length;
}
