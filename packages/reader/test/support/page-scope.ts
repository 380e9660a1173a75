import { compileFunction } from 'node:vm';

/** A page in a browser that is too old, in which the module `open` sets up the registry and goes no further. */
export class PageScope {
  /** What its modules find in the head of the page. */
  head = { policy: '', style: '' };
  /** The text of its style, and its scripts in their order. */
  style = '';
  scripts: readonly { readonly type: string; readonly id: string; readonly text: string }[] = [];

  readonly #scope: Record<string, unknown> = {
    document: {
      querySelectorAll: (selector: string) =>
        this.scripts.filter(({ id }) => id.startsWith('sealpost-lang-') || !selector.includes('sealpost-lang-')),
      querySelector: (selector: string) =>
        selector === 'meta[http-equiv]' ? { content: this.head.policy } : { textContent: this.style },
      head: { append: () => undefined },
      documentElement: { getAttribute: (name: string) => (name === 'style' ? this.head.style : null) },
    },
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
