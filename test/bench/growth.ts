import { runTask } from './child.js';
import type { Extent } from './extent.js';
import { decimals, MB, whole, type Row } from './row.js';
import { summarise } from './statistics.js';

const SIZES = [1 * MB, 10 * MB, 100 * MB] as const;

/** How much dearer a megabyte may be among a hundred than among ten before growth is not linear. */
const TOLERANCE = 1.25;

/** Whether ten times the bytes take ten times the work. */
export async function growth({ runs }: Extent): Promise<readonly Row[]> {
  const { result } = await runTask('growth', SIZES, runs);
  const perMegabyte = result.map(
    (of, index) => summarise(of.map(({ cpu }) => cpu)).median / ((SIZES[index] ?? MB) / MB),
  );
  const files = result.map((of) => whole(of[0]?.file ?? 0));
  const [, ten = Number.NaN, hundred = Number.NaN] = perMegabyte;
  return [
    {
      what: 'growth: CPU for each MB of 1, 10 and 100 MB',
      measured: `${perMegabyte.map(decimals(1)).join(', ')} ms`,
      goal: 'linear',
      met: hundred <= TOLERANCE * ten,
      note: `medians of ${runs} each; met while a MB among 100 costs at most ${TOLERANCE} times one among 10; envelopes of ${files.join(', ')} bytes`,
    },
  ];
}
