import { readFile, writeFile } from 'node:fs/promises';
import { seal } from 'sealpost';
import { letter } from '../content.js';

/** Seals the letter with an attachment from a file, as a program of a few lines would, key derivation and all. */
export async function sealFile(output: string, passphrase: string, attachment?: string): Promise<void> {
  const contents = attachment === undefined ? [] : [await readFile(attachment)];
  const sealed = await seal(letter(...contents), { passphrase });
  await writeFile(output, await sealed.bytes());
}
