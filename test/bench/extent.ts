/** How thoroughly to measure. */
export interface Extent {
  /** Runs of what takes seconds. */
  readonly runs: number;
  /** Runs of what a small message takes in a browser. */
  readonly smallRuns: number;
  /** Bytes of the stream whose memory is measured. */
  readonly stream: number;
  /** Milliseconds of sealing small messages. */
  readonly rate: number;
}

export const FULL: Extent = { runs: 3, smallRuns: 9, stream: 1_000_000_000, rate: 2_000 };
export const QUICK: Extent = { runs: 1, smallRuns: 3, stream: 200_000_000, rate: 500 };
