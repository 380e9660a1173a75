import { runTask } from './child.js';
import type { Extent } from './extent.js';
import { decimals, MB, whole, withRange, type Row } from './row.js';
import { repeat, summarise } from './statistics.js';

const SIZE = 25 * MB;

/** What a work of ours and its floor cost, measured one after the other so that both meet the same machine. */
interface Pair {
  readonly own: number;
  readonly floor: number;
}

/** What sealing and opening cost the processor, beside the least that the same bytes could cost. */
export async function cpu({ runs }: Extent): Promise<readonly Row[]> {
  const compiled = await pairs(runs, 'seal', 'sealFloor', true);
  const first = await pairs(runs, 'seal', 'sealFloor', false);
  const opened = await pairs(runs, 'open', 'openFloor', true);
  return [
    ratioRow('CPU to seal 25 MB, against the floor', compiled, 4, [
      'a new process for each, in which 2 MB were sealed twenty times before',
      ...(await repeatedNotes(runs)),
    ]),
    ratioRow('the same, first thing in a process', first, 4, ['a new process for each, without its start']),
    ratioRow('CPU to open 25 MB, against the floor', opened, undefined, [
      'to the verified attachment in memory; the floor decodes native base64 and decrypts at once',
    ]),
  ];
}

type TaskPair = readonly ['seal', 'sealFloor', boolean] | readonly ['open', 'openFloor', boolean];

function pairs(runs: number, ...[own, floor, compiled]: TaskPair): Promise<readonly Pair[]> {
  const cost = async (work: typeof own | typeof floor): Promise<number> =>
    (await runTask('workCost', work, SIZE, compiled)).result;
  return repeat(
    2 * runs + 1,
    async () => ({ floor: await cost(floor), own: await cost(own) }),
    (pair) => pair.own,
  );
}

/** Where the time goes, and how the figure changes where memory costs nothing any more. */
async function repeatedNotes(runs: number): Promise<readonly string[]> {
  const { result: costs } = await runTask('repeatedCosts', SIZE, 2 * runs + 1);
  const median = (layer: keyof (typeof costs)[number]): number => summarise(costs.map((cost) => cost[layer])).median;
  const [seal, floor] = [median('seal'), median('floor')];
  const layers = [
    `SHA-256 ${whole(median('sha256'))}`,
    `AES-GCM in chunks ${whole(median('gcmChunks'))}`,
    `base85 ${whole(median('base85'))}`,
  ];
  const rest = seal - median('sha256') - median('gcmChunks') - median('base85');
  return [
    `again and again in one process, which then has its memory from before, seal ${whole(seal)} ms, floor ${whole(floor)} ms, ${decimals(1)(seal / floor)} times`,
    `there the layers alone take: ${layers.join(', ')}, everything else ${whole(rest)} ms`,
    `native base64 takes ${decimals(1)(median('base64'))} ms for what base85 does`,
  ];
}

function ratioRow(what: string, costs: readonly Pair[], most: number | undefined, notes: readonly string[]): Row {
  const ratios = costs.map(({ own, floor }) => own / floor);
  const of = (values: readonly number[]): string => withRange(values, whole, ' ms');
  const own = of(costs.map((cost) => cost.own));
  const floor = of(costs.map((cost) => cost.floor));
  return {
    what,
    measured: withRange(ratios, decimals(1), ' times'),
    ...(most === undefined ? {} : { goal: `<= ${most} times`, met: summarise(ratios).median <= most }),
    note: [`ours ${own}, floor ${floor}`, ...notes].join('; '),
  };
}
