/** What several runs of one measurement gave. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

export function summarise(values: readonly number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
    runs: sorted.length,
  };
}

/** Spread from which a measurement is repeated: somebody else was using the machine. */
const LARGE_SPREAD = 0.4;

/** Measures `runs` times, and as often again where the results lie far apart. */
export async function repeat<T>(
  runs: number,
  measure: () => Promise<T>,
  value: (result: T) => number,
): Promise<readonly T[]> {
  const results: T[] = [];
  const more = async (): Promise<void> => {
    for (let run = 0; run < runs; run++) results.push(await measure());
  };
  await more();
  const { min, median, max } = summarise(results.map(value));
  if (runs > 1 && max - min > LARGE_SPREAD * median) await more();
  return results;
}
