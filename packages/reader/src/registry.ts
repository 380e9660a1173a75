import type { Kem } from '@sealpost/core';
import type { MakeReply } from './reply/context.js';
import { SHARED } from './shared.js';

/** What each module beside `open` provides. */
interface Provided {
  readonly reply: MakeReply;
  readonly register: unknown;
  readonly pq: Kem;
}

/** What the page's code modules share. Each module brings itself once; nobody can replace it, or what `open` shares. */
export interface Registry {
  /** Code of `open` that the other modules use, by position. The build writes the uses (`scripts/shared-code.mjs`). */
  readonly shared: readonly unknown[];
  provide<N extends keyof Provided>(name: N, module: Provided[N]): void;
  find<N extends keyof Provided>(name: N): Provided[N] | undefined;
}

const NAMES: readonly (keyof Provided)[] = ['reply', 'register', 'pq'];

/** Sets up `window.sealpost`, for modules that run after this one. */
export function setUpRegistry(): Registry {
  const modules: Partial<Record<keyof Provided, unknown>> = {};
  const made: Registry = Object.freeze({
    shared: Object.freeze(SHARED),
    provide(name: keyof Provided, module: unknown): void {
      if (NAMES.includes(name)) modules[name] ??= module;
    },
    find: <N extends keyof Provided>(name: N) => modules[name] as Provided[N] | undefined,
  });
  Object.defineProperty(globalThis, 'sealpost', { value: made });
  return made;
}

/** The registry that `open` has set up, for the other modules. */
export function registry(): Registry {
  return (globalThis as unknown as { readonly sealpost: Registry }).sealpost;
}
