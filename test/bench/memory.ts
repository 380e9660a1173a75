import { runTask, type Usage } from './child.js';
import type { Extent } from './extent.js';
import { MB, whole, withRange, type Row } from './row.js';
import { repeat, summarise } from './statistics.js';

/** Peaks of resident memory, each of a whole process from its start. */
export async function memory({ runs, stream }: Extent): Promise<readonly Row[]> {
  const one = await peaks(runs, () => runTask('sealOne', 25 * MB));
  const nothing = await peaks(runs, () => runTask('sealOne', 0));
  const streamed = await peaks(1, () => runTask('sealStream', stream));
  const ten = await peaks(runs, () => runTask('sealTogether', 25 * MB, 10));
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
  ];
}

async function peaks(runs: number, run: () => Promise<{ readonly usage: Usage }>): Promise<readonly number[]> {
  const value = ({ usage }: { readonly usage: Usage }): number => usage.peakMemory;
  return (await repeat(runs, run, value)).map(value);
}

function megabytes(bytes: number): string {
  return whole(bytes / MB);
}
