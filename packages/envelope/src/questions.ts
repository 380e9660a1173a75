import { backend } from '#backend';
import {
  EnvelopeError,
  generateCode,
  normaliseAnswer,
  prepareAnswers,
  type KdfProfile,
  type PreparedAnswers,
} from '@sealpost/core';
import type { FaceOptions } from './face.js';
import type { Warning } from './warning.js';

/** Twelve characters: 60 bits, what the profile `light` is made for. */
const CODE_CHARACTERS = 12;
/** `fips` wants 77 bits. */
const LONG_CODE_CHARACTERS = 16;
const MAX_QUESTIONS = 3;
/** Answers with fewer letters stand by chance in many a text. */
const MIN_SHOWN = 4;

/** What only the recipient can answer; case, accents, blanks and punctuation of the answer do not matter. */
export interface Question {
  /** Everybody who gets the file can read it, at most 500 characters. */
  readonly question: string;
  readonly answer: string;
}

export interface QuestionOptions {
  /** One to three questions in the place of a passphrase: all of them have to be answered. A code is made, which belongs to the answers. */
  readonly questions?: readonly Question[];
  /** Make no code: the answers alone open the envelope. A warning says how little that is. */
  readonly allowWeakSlot?: boolean;
}

interface PrepareOptions extends QuestionOptions {
  readonly kdf?: KdfProfile;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The secret of an envelope that asks questions, and its code. Throws `INVALID_ARGUMENT` for an answer of which nothing is left,
 * `WEAK_SECRET` for `fips` without a code, `LIMIT`, `ABORTED`.
 */
export async function prepareQuestions(
  options: PrepareOptions,
): Promise<{ readonly secret: PreparedAnswers; readonly code?: string }> {
  const { questions = [], allowWeakSlot = false, kdf, onProgress, signal } = options;
  if (allowWeakSlot && kdf === 'fips')
    throw new EnvelopeError('WEAK_SECRET', 'profile fips is for generated secrets: let a code be made');
  const code = allowWeakSlot
    ? undefined
    : generateCode(undefined, kdf === 'fips' ? LONG_CODE_CHARACTERS : CODE_CHARACTERS);
  const answers = questions.map(({ answer }) => answer);
  const secret = await prepareAnswers(answers, { code, allowWeakSlot, kdf, backend, onProgress, signal });
  return { secret, ...(code && { code: code.text }) };
}

/** Throws `INVALID_ARGUMENT` for questions that are none, and for an answer that everybody reads in a question or in the face. */
export function checkQuestions(questions: readonly Question[] | undefined, face: FaceOptions = {}): void {
  if (questions === undefined) return;
  if (!(questions instanceof Array) || questions.length < 1 || questions.length > MAX_QUESTIONS)
    throw new EnvelopeError('INVALID_ARGUMENT', `questions is not a list of one to ${String(MAX_QUESTIONS)}`);
  for (const one of questions as readonly (Partial<Record<keyof Question, unknown>> | null)[]) {
    if (typeof one?.question !== 'string' || typeof one.answer !== 'string' || one.question.trim() === '')
      throw new EnvelopeError('INVALID_ARGUMENT', 'a question is not { question, answer } with two texts');
  }
  const { org, contact, subject, hint } = face;
  const shown = [...questions.map(({ question }) => question), org, contact, subject, hint].map((text = '') =>
    normaliseAnswer(text),
  );
  for (const [index, { answer }] of questions.entries()) {
    const left = normaliseAnswer(answer);
    if (left.length >= MIN_SHOWN && shown.some((text) => text.includes(left)))
      throw new EnvelopeError(
        'INVALID_ARGUMENT',
        `answer ${String(index + 1)} stands in a question or in the face, where everybody reads it`,
      );
  }
}

/** What a caller should know who did without a code. */
export function questionWarnings({ norm, strengthBits }: PreparedAnswers): readonly Warning[] {
  return norm === 'answers-code'
    ? []
    : [
        {
          code: 'WEAK_ANSWERS',
          message: `answers of about ${String(Math.round(strengthBits))} bits are guessed in ${guessingTime(strengthBits)} by whoever gets the file; who knows the recipient needs no guessing`,
        },
      ];
}

/** Guesses a second at the profile `standard` on one graphics card. */
const GUESSES = 1_800;

/** In words, on the average, from below. */
function guessingTime(bits: number): string {
  const seconds = 2 ** (bits - 1) / GUESSES;
  const units = [
    ['seconds', 1],
    ['minutes', 60],
    ['hours', 3_600],
    ['days', 86_400],
    ['years', 31_557_600],
  ] as const;
  return units.filter(([, length]) => seconds >= 2 * length).at(-1)?.[0] ?? 'seconds';
}
