import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatePassphrase } from 'sealpost';
import { runTask, type Usage } from './child.js';
import { incompressible } from './content.js';
import type { Extent } from './extent.js';
import { MB, whole, withRange, type Row } from './row.js';
import { repeat, summarise } from './statistics.js';

/** Peaks of resident memory, each of a whole process from its start. */
export async function memory(folder: string, { runs, stream }: Extent): Promise<readonly Row[]> {
  const one = await peaks(runs, () => runTask('sealOne', 25 * MB));
  const nothing = await peaks(runs, () => runTask('sealOne', 0));
  const streamed = await peaks(1, () => runTask('sealStream', stream));
  const ten = await peaks(runs, () => runTask('sealTogether', 25 * MB, 10));
  const opened = await peaks(runs, await openingTask(folder, 25 * MB));
  const row = (what: string, values: readonly number[], most: number, goal: string, note: string): Row => ({
    what,
    measured: withRange(values, megabytes, ' MB'),
    goal,
    met: summarise(values).median <= most,
    note,
  });
  const start = `without the attachment ${megabytes(summarise(nothing).median)} MB, with the 46 MiB of Argon2id`;
  return [
    row('peak memory: 25 MB', one, 160 * MB, '<= 160 MB', `attachment and file in memory; ${start}`),
    row(
      `peak memory: a stream of ${whole(stream / MB)} MB`,
      streamed,
      200 * MB,
      '<= 200 MB',
      'from a stream into a stream',
    ),
    row(
      'peak memory: ten 25 MB mails at once',
      ten,
      1_024 ** 3,
      '<= 1 GiB (1,074 MB)',
      'all attachments and all files in memory',
    ),
    {
      what: 'peak memory: opening 25 MB',
      measured: withRange(opened, megabytes, ' MB'),
      note: 'file and attachment in memory, with the 46 MiB of Argon2id',
    },
  ];
}

/** Seals a file once, to be opened in processes of their own. */
async function openingTask(folder: string, size: number): Promise<() => Promise<{ readonly usage: Usage }>> {
  const passphrase = generatePassphrase().text;
  const [attachment, file] = [path.join(folder, 'memory.bin'), path.join(folder, 'memory.html')];
  writeFileSync(attachment, incompressible(size));
  await runTask('sealFile', file, passphrase, attachment);
  return () => runTask('openFile', file, passphrase);
}

async function peaks(runs: number, run: () => Promise<{ readonly usage: Usage }>): Promise<readonly number[]> {
  const value = ({ usage }: { readonly usage: Usage }): number => usage.peakMemory;
  return (await repeat(runs, run, value)).map(value);
}

function megabytes(bytes: number): string {
  return whole(bytes / MB);
}
