import { EnvelopeError } from '../errors.js';

/** The fixed code modules of a page, in the order in which a page holds them (spec/registry.md). */
export const RUNTIME_MODULES = ['open', 'reply', 'register', 'pq'] as const;

export type RuntimeModule = (typeof RUNTIME_MODULES)[number];

/**
 * The code and style of a page: an argument of everything that assembles one, so that a page can build its reply
 * out of its own text. All texts keep the transport rules (spec/envelope-v1.md, section 8.4) and hold no `<!--`,
 * `<script` or `</script`; the reader's build checks it.
 */
export interface Runtime {
  /** Text of each module this page has. `open` is always there. */
  readonly modules: Readonly<{ open: string } & Partial<Record<RuntimeModule, string>>>;
  /** Text of the one style element. */
  readonly style: string;
}

/** A language as a page holds it: a JSON block, never code. */
export interface LanguageBlock {
  /** BCP 47 tag, as in the element id `sealpost-lang-XX`. */
  readonly code: string;
  /** What `writeLanguage` writes. */
  readonly json: string;
}

/**
 * A release of the page, as far as it takes to recognise one: the SHA-256 of each text, in hexadecimal
 * (`packages/reader/runtime.json`).
 */
export interface Release {
  /** Version of the package that the texts came in. */
  readonly version: string;
  readonly modules: Readonly<Partial<Record<RuntimeModule, string>>>;
  readonly style: string;
  /** By their codes. */
  readonly languages: Readonly<Partial<Record<string, string>>>;
}

/** Runtimes with fewer modules, by the names of these: made once, since what is known of a runtime is kept for the object. */
const chosen = new WeakMap<Runtime, Map<string, Runtime>>();

/**
 * A runtime with `open` and some other modules of another one, for a page that needs no more. Equal arguments give the same
 * object. Throws `INVALID_ARGUMENT` for a module that is not there.
 */
export function chooseModules(runtime: Runtime, names: readonly RuntimeModule[]): Runtime {
  const wanted = RUNTIME_MODULES.filter((name) => name === 'open' || names.includes(name));
  const known = chosen.get(runtime) ?? new Map<string, Runtime>();
  chosen.set(runtime, known);
  const found = known.get(wanted.join());
  if (found !== undefined) return found;
  const { style, modules } = runtime;
  const missing = wanted.find((name) => modules[name] === undefined);
  if (missing !== undefined) throw new EnvelopeError('INVALID_ARGUMENT', `the runtime has no module ${missing}`);
  const rest = Object.fromEntries(wanted.map((name) => [name, modules[name]]));
  const made: Runtime = { modules: { ...rest, open: modules.open }, style };
  known.set(wanted.join(), made);
  return made;
}
