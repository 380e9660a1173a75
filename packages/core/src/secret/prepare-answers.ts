import type { Backend, WorkOptions } from '../crypto/backend.js';
import { defaultBackend } from '../crypto/default-backend.js';
import { runKdf, type KdfRunner } from '../crypto/kdf.js';
import { randomBytes, type RandomSource } from '../crypto/random.js';
import { EnvelopeError, invalid } from '../errors.js';
import { MAX_PASSPHRASE_BYTES, MIN_CODE_BITS } from '../limits.js';
import type { AnswerNormalisation } from '../wire/slot.js';
import { answerBytes, normaliseAnswer } from './answers.js';
import type { GeneratedPassphrase } from './generate.js';
import { isFreeformText } from './normalise.js';
import { profileKdf, type KdfProfile } from './profile.js';
import type { SlotSecret } from './slot-secret.js';

/** What a name or a town is worth to somebody who tries the commonest first, and the most that an answer is taken for. */
const BITS_OF_ANSWER = 15;
/** Short answers are found sooner: a colour, a year. */
const BITS_OF_LETTER = 2.5;

export interface PrepareAnswersOptions extends WorkOptions {
  /** A generated one of at least 50 bits. */
  readonly code?: GeneratedPassphrase | undefined;
  /** Take answers without a code. */
  readonly allowWeakSlot?: boolean | undefined;
  /** Default: `light` with a code, `standard` without. */
  readonly kdf?: KdfProfile | undefined;
  readonly backend?: Backend | undefined;
  readonly runKdf?: KdfRunner | undefined;
  /** For tests with vectors only. */
  readonly random?: RandomSource | undefined;
}

/** Answers after their key derivation, for one envelope. Secret. */
export interface PreparedAnswers extends SlotSecret {
  readonly norm: AnswerNormalisation;
  /** With a code those of the code: whoever knows the recipient well knows the answers. */
  readonly strengthBits: number;
}

/**
 * Derives the key of answers, one for each question of the face in its order. Throws `WEAK_SECRET` without a code, unless
 * `allowWeakSlot`, and for a code below 50 bits; `INVALID_ARGUMENT` for an answer of which nothing is left, or with characters that
 * not every system types alike; `LIMIT` for one above 1,024 bytes; `ABORTED`.
 */
export async function prepareAnswers(
  answers: readonly string[],
  options: PrepareAnswersOptions = {},
): Promise<PreparedAnswers> {
  const { code, allowWeakSlot = false, backend = defaultBackend(), random = randomBytes } = options;
  for (const [index, answer] of answers.entries()) checkAnswer(answer, `answer ${String(index + 1)}`);
  if (code === undefined ? !allowWeakSlot : code.bits < MIN_CODE_BITS)
    throw new EnvelopeError(
      'WEAK_SECRET',
      `answers alone are guessed in seconds or days: they need a generated code of at least ${String(MIN_CODE_BITS)} bits, told on another way than the mail`,
    );
  const norm = code === undefined ? 'answers' : 'answers-code';
  const bytes = answerBytes({ answers, code: code?.text }, norm);
  if (bytes === undefined) throw invalid('there is no answer');
  const kdf = profileKdf(options.kdf ?? (code === undefined ? 'standard' : 'light'), random(16));
  const run: KdfRunner = options.runKdf ?? ((secret, parameters, work) => runKdf(secret, parameters, work, backend));
  const key = await run(bytes, kdf, { onProgress: options.onProgress, signal: options.signal });
  bytes.fill(0);
  return { key, kdf, norm, strengthBits: code?.bits ?? estimateAnswerBits(answers) };
}

/** Bits of all answers together, from below: what somebody guesses who knows what people answer, but not the recipient. */
export function estimateAnswerBits(answers: readonly string[]): number {
  const bits = answers.map((answer) =>
    Math.min(BITS_OF_ANSWER, BITS_OF_LETTER * Array.from(normaliseAnswer(answer)).length),
  );
  return bits.reduce((sum, one) => sum + one, 0);
}

function checkAnswer(answer: string, name: string): void {
  if (!isFreeformText(answer))
    throw invalid(`${name} holds characters that cannot be typed alike everywhere (control or unassigned)`);
  const { length } = new TextEncoder().encode(normaliseAnswer(answer));
  if (length === 0) throw invalid(`${name} has no letter and no digit`);
  if (length > MAX_PASSPHRASE_BYTES) throw new EnvelopeError('LIMIT', `${name} is longer than 1,024 bytes`);
}
