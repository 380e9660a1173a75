import { runTask } from './child.js';
import type { Extent } from './extent.js';
import { decimals, MB, whole, withRange, type Row } from './row.js';
import { repeat, summarise } from './statistics.js';

const SIZE = 25 * MB;

/** What sealing costs the processor, beside the least that the same bytes could cost. */
export async function cpu({ runs }: Extent): Promise<readonly Row[]> {
  const { result: costs } = await runTask('sealingCost', SIZE, 2 * runs + 1);
  // The first compiles and loads; it has a row of its own.
  const warm = costs.slice(1);
  const median = (layer: keyof (typeof warm)[number]): number => summarise(warm.map((cost) => cost[layer])).median;
  const firsts = await repeat(
    runs,
    async () => {
      const { result: floor } = await runTask('firstCost', 'floor', SIZE);
      const { result: seal } = await runTask('firstCost', 'seal', SIZE);
      return { floor, seal };
    },
    ({ seal }) => seal,
  );
  const layers = [
    `SHA-256 ${whole(median('sha256'))}`,
    `AES-GCM in chunks ${whole(median('gcmChunks'))}`,
    `base85 ${whole(median('base85'))}`,
  ];
  const rest = median('seal') - median('sha256') - median('gcmChunks') - median('base85');
  return [
    ratioRow('CPU to seal 25 MB, against the floor', warm, [
      'a running process',
      `layers alone: ${layers.join(', ')}, everything else ${whole(rest)} ms`,
      `native base64 takes ${decimals(1)(median('base64'))} ms for what base85 does`,
    ]),
    ratioRow('the same, first thing in a process', firsts, ['a new process for each, without its start']),
  ];
}

function ratioRow(
  what: string,
  costs: readonly { readonly seal: number; readonly floor: number }[],
  notes: readonly string[],
): Row {
  const ratios = costs.map(({ seal, floor }) => seal / floor);
  const { median } = summarise(ratios);
  const of = (values: readonly number[]): string => withRange(values, whole, ' ms');
  const seal = of(costs.map((cost) => cost.seal));
  const floor = of(costs.map((cost) => cost.floor));
  return {
    what,
    measured: withRange(ratios, decimals(1), ' times'),
    goal: '<= 4 times',
    met: median <= 4,
    note: [`seal ${seal}, floor ${floor}`, ...notes].join('; '),
  };
}
