/** What came of opening a vector, in the words of packages/vectors/README.md. */
export interface Outcome {
  readonly outcome: string;
  readonly headers?: object;
  /** With a failure, the parts that had been given away before it. */
  readonly parts: readonly OutcomePart[];
  readonly manifestSha256?: string;
  /** What is said of the signer; null where nobody signed. Left out by who does not look at signatures. */
  readonly signer?: string | null;
  /** What is said of a reply; null where it is none. Left out by who does not look at that. */
  readonly reply?: Verdict | null;
  /** The actions that the manifest offers, in the same way. */
  readonly offers?: readonly string[];
}

/** A refusal can stand in the place of a message, with its reason alone. */
export type Verdict =
  { readonly kind: string; readonly authors: readonly string[] } | { readonly refused: string | undefined };

export interface OutcomePart {
  readonly role: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** The library does not say it of bodies: it is fixed by their role. */
  readonly type?: string;
}

/** The keys of an entry of the index that say how it comes out. */
export interface Expectation {
  readonly name: string;
  readonly expected: string;
  readonly headers?: object;
  readonly parts?: readonly Required<OutcomePart>[];
  readonly manifestSha256?: string;
  readonly knownKeys?: readonly string[];
  readonly signer?: string;
  readonly reply?: Verdict;
  readonly offers?: readonly string[];
  readonly released?: readonly Required<OutcomePart>[];
}

/**
 * In what an outcome differs from what the index wants, in words; undefined where it does not. `eager`: the opener verifies
 * all of a message before it gives anything of it.
 */
export function difference(vector: Expectation, outcome: Outcome, { eager = false } = {}): string | undefined {
  if (outcome.outcome === 'REPLY_REFUSED') {
    const isMeant = outcome.parts.length === 0 && isSame(outcome.reply, vector.reply);
    return isMeant ? undefined : `refused: ${canonical(outcome.reply)}`;
  }
  const success = vector.expected === 'success';
  if (outcome.outcome !== vector.expected) return `${outcome.outcome}, not ${vector.expected}`;
  const wanted = success ? (vector.parts ?? []) : eager ? [] : (vector.released ?? []);
  const parts = [...outcome.parts].sort((a, b) => rank(a) - rank(b));
  if (!isSame(parts, [...wanted].sort((a, b) => rank(a) - rank(b)).map(asTold))) return 'other parts';
  if (success && !isSame(outcome.headers, vector.headers)) return 'other headers';
  const { signer = vector.signer } = outcome;
  if (success && vector.knownKeys !== undefined && !isSame(signer ?? undefined, vector.signer)) {
    return `another signer: ${String(signer)}`;
  }
  const { reply = vector.reply, offers = vector.offers } = outcome;
  if (success && !isSame(reply ?? undefined, vector.reply)) return `another reply: ${canonical(reply)}`;
  if (vector.offers !== undefined && !isSame(offers, vector.offers)) return `other offers: ${canonical(offers)}`;
  const { manifestSha256 = vector.manifestSha256 } = outcome;
  return manifestSha256 === vector.manifestSha256 ? undefined : 'another manifest';
}

const order = ['text', 'html', 'attachment', 'original'];

/** The library gives parts by role, in their own order among each. */
function rank({ role }: OutcomePart): number {
  return order.indexOf(role);
}

function asTold({ type, ...part }: Required<OutcomePart>): OutcomePart {
  return part.role === 'text' || part.role === 'html' ? part : { ...part, type };
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with the keys of objects sorted. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
