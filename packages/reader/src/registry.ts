const NAMES = ['reply', 'register', 'pq'] as const;

type ModuleName = (typeof NAMES)[number];

/** What the page's code modules share. Each module brings itself once; nobody can replace it. */
export interface Registry {
  provide(name: ModuleName, module: unknown): void;
  find(name: ModuleName): unknown;
}

/** Sets up `window.sealpost`, for modules that run after this one. */
export function setUpRegistry(): Registry {
  const modules = new Map<ModuleName, unknown>();
  const registry: Registry = Object.freeze({
    provide(name: ModuleName, module: unknown): void {
      if (NAMES.includes(name) && !modules.has(name)) modules.set(name, module);
    },
    find: (name: ModuleName): unknown => modules.get(name),
  });
  Object.defineProperty(globalThis, 'sealpost', { value: registry });
  return registry;
}
