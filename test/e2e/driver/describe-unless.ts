import { describe } from 'vitest';

/** Tests that a machine may be unable to run: then they are skipped, and their name says why. */
export function describeUnless(obstacle: string | undefined, name: string, tests: () => void): void {
  describe.skipIf(obstacle !== undefined)(obstacle === undefined ? name : `${name} [${obstacle}]`, tests);
}
