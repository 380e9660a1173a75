import { compileFunction } from 'node:vm';

/** A page without languages, in which the module `open` sets up the registry and goes no further. */
export class PageScope {
  readonly #scope: Record<string, unknown> = {
    document: { querySelectorAll: () => [], currentScript: null },
    navigator: { languages: [] },
  };

  /** Runs a module's final text. */
  run(text: string): void {
    const names = { globalThis: this.#scope, ...this.#scope };
    const run = compileFunction(text, Object.keys(names)) as (...values: readonly unknown[]) => void;
    run(...Object.values(names));
  }

  get registry(): { readonly shared: readonly unknown[]; readonly find: (name: string) => unknown } {
    return this.#scope['sealpost'] as PageScope['registry'];
  }
}
