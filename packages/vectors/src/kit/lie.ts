/** A change to an honest intermediate result, made before the next step works on it. */
export type Lie<T> = (honest: T) => T;

/** What the lie makes of the honest result; the result itself where nobody lies. */
export function told<T>(lie: Lie<T> | undefined, honest: T): T {
  return lie === undefined ? honest : lie(honest);
}
