/** What remains to be done when something is closed, or could not be opened. */
export class Cleanup {
  readonly #steps: (() => unknown)[] = [];

  /** Adds a step; those added later are done earlier. */
  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Does each step once, those after one that fails too; throws what failed. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `not all was closed: ${failures.join(', ')}`);
  }

  /** The result of some work, after whose failure everything is cleaned up; the error is the work's. */
  async unlessDone<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.run().catch(() => undefined);
      throw error;
    }
  }
}
