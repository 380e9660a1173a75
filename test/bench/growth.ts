import { runTask } from './child.js';
import type { Extent } from './extent.js';
import { decimals, MB, whole, type Row } from './row.js';
import { summarise } from './statistics.js';

const SIZES = [1 * MB, 10 * MB, 100 * MB] as const;

const SLOTS = [1, 4, 16] as const;

/** How much dearer one more may be among many than among few before growth is not linear. */
const TOLERANCE = 1.25;

/** Whether many times the bytes, or the slots, take as many times the work. */
export async function growth(extent: Extent): Promise<readonly Row[]> {
  return [await sizeGrowth(extent), await slotGrowth(extent)];
}

async function sizeGrowth({ runs }: Extent): Promise<Row> {
  const { result } = await runTask('growth', SIZES, runs);
  const perMegabyte = result.map(
    (of, index) => summarise(of.map(({ cpu }) => cpu)).median / ((SIZES[index] ?? MB) / MB),
  );
  const files = result.map((of) => whole(of[0]?.file ?? 0));
  const [, ten = Number.NaN, hundred = Number.NaN] = perMegabyte;
  return {
    what: 'growth: CPU for each MB of 1, 10 and 100 MB',
    measured: `${perMegabyte.map(decimals(1)).join(', ')} ms`,
    goal: 'linear',
    met: hundred <= TOLERANCE * ten,
    note: `medians of ${runs} each; met while a MB among 100 costs at most ${TOLERANCE} times one among 10; envelopes of ${files.join(', ')} bytes`,
  };
}

async function slotGrowth({ runs }: Extent): Promise<Row> {
  const { result } = await runTask('slotCosts', SLOTS, 2 * runs + 1);
  const perSlot = result.map((costs, index) => summarise(costs).median / (SLOTS[index] ?? 1));
  const [, four = Number.NaN, sixteen = Number.NaN] = perSlot;
  return {
    what: 'growth: CPU for each slot of 1, 4 and 16',
    measured: `${perSlot.map(decimals(2)).join(', ')} ms`,
    goal: 'linear',
    met: sixteen <= TOLERANCE * four,
    note: `to seal and open an envelope without a message, whose last slot opens; met while a slot among 16 costs at most ${TOLERANCE} times one among 4`,
  };
}
