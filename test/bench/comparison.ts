/** A table that sets tools side by side. */
export interface Comparison {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly notes: readonly string[];
}
