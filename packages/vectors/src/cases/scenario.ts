import type { ByteSource } from '../kit/byte-source.js';
import type { BuiltEnvelope, EnvelopeRecipe } from '../kit/envelope.js';
import type { FailureCode } from '../kit/failure.js';
import type { Identity } from '../kit/identity.js';
import type { Lie } from '../kit/lie.js';
import type { Section } from '../kit/section.js';
import type { Signer } from '../kit/signature.js';
import type { Encoding } from '../kit/text.js';
import type { Verdict } from '../kit/verdict.js';

/** What a reader has to say of a vector: `success`, or a code of spec/envelope-v1.md, section 9. */
export type Expected = 'success' | FailureCode;

/**
 * One vector as its author thought of it: an honest envelope, and what is done to it. The steps are applied in the order
 * in which they stand here.
 */
export interface Scenario {
  /** Also the name of its file, without the suffix. Begins with the noun that it is about. */
  readonly name: string;
  /** What is special about it, in one sentence. */
  readonly about: string;
  /** The section of the spec that decides. */
  readonly section: string;
  readonly expected: Expected;
  /** What is typed, where that is not {@link passphrase}. */
  readonly typed?: string;
  /** What is typed in its place for the questions of the face, and the code. */
  readonly answers?: readonly string[];
  readonly code?: string;
  /** The key pair that opens it, where nothing is typed. */
  readonly identity?: Identity;
  /** The public keys, for signatures, that the reader knew before, and what it says of the signer where there is one. */
  readonly knownKeys?: readonly Uint8Array[];
  readonly signer?: Signer;
  /** What a reader says of a reply that an identity opened, and when: in seconds since 1970. */
  readonly reply?: Verdict;
  readonly at?: number;
  /** The actions that `reply` of the manifest offers; empty where it is passed over. */
  readonly offers?: readonly string[];
  /** What the recipe has in place of the plain one's, lies of the writer included. */
  readonly recipe?: Partial<EnvelopeRecipe> | ((random: ByteSource) => Partial<EnvelopeRecipe>);
  /** What happens to the sections after they were sealed. */
  readonly sections?: (honest: readonly Section[], built: BuiltEnvelope) => readonly Section[];
  /** `data` unless said otherwise. A scenario that is about neither form is written in one of them only. */
  readonly form?: 'data' | 'html';
  /** What happens to the file's text. */
  readonly text?: Lie<string>;
  readonly encoding?: Encoding;
  readonly bytes?: Lie<Uint8Array>;
  /** How many parts a reader may have given away, verified, before it meets what is wrong. None unless said. */
  readonly released?: number;
}

/** What is typed to open a vector that is not about passphrases. */
export const passphrase = 'open the envelope';
