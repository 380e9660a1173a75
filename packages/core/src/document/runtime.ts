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

/** One language of the page: a JSON block, never code. */
export interface Language {
  /** BCP 47 tag, as in the element id `sealpost-lang-XX`. */
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  /** The language's own name, for a language menu. */
  readonly name: string;
  readonly strings: Readonly<Record<string, string>>;
}

/** A language as a page holds it: ASCII JSON of a {@link Language}, one string a line. */
export interface LanguageBlock {
  readonly code: string;
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
