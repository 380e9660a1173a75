import { summarise } from './statistics.js';

/** One figure of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** What was aimed at; without it there is nothing to meet. */
  readonly goal?: string;
  readonly met?: boolean;
  /** Printed below the table. */
  readonly note?: string;
}

/** A median with the range of the runs that it is taken from: `812 ms (790 to 860, 3 runs)`. */
export function withRange(values: readonly number[], format: (value: number) => string, unit: string): string {
  const { median, min, max, runs } = summarise(values);
  const range = runs < 2 ? '1 run' : `${format(min)} to ${format(max)}, ${runs} runs`;
  return `${format(median)}${unit} (${range})`;
}

/** Digits of a whole number in groups of three. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function decimals(places: number): (value: number) => string {
  return (value) => value.toFixed(places);
}

export const KIB = 1_024;
export const MB = 1_000_000;
