/** How thoroughly to measure. */
export interface Extent {
  /** Runs of what takes seconds. */
  readonly runs: number;
  /** Runs of what a message takes in a browser. */
  readonly visits: number;
  /** Bytes of the stream whose memory is measured. */
  readonly stream: number;
  /** Milliseconds of sealing small messages. */
  readonly rate: number;
}

export const FULL: Extent = { runs: 3, visits: 9, stream: 1_000_000_000, rate: 2_000 };
export const QUICK: Extent = { runs: 1, visits: 3, stream: 200_000_000, rate: 500 };
