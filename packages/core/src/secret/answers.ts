import { concat, u32, type Bytes } from '../bytes.js';
import type { AnswerNormalisation } from '../wire/slot.js';
import { tryNormalise } from './normalise.js';

/** What a person types into an envelope that asks questions. */
export interface Answers {
  /** One for each question of the face, in its order. */
  readonly answers: readonly string[];
  /** The code that was told on another way, where the envelope takes one. */
  readonly code?: string | undefined;
}

/**
 * What is left of an answer (spec/envelope-v1.md, section 6.1): letters and numbers, without accents, whatever the case. So
 * `O'Brien`, `OBRIEN` and `o brien` are one answer.
 */
export function normaliseAnswer(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]|[\u0640\u02bb\u02bc]/gu, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/\u03c2/g, '\u03c3')
    .normalize('NFKC');
}

/**
 * The bytes from which the key of an `answer` slot is derived: all answers are one secret, none can be tried without the others.
 * `undefined` where nothing is left of an answer or of the code, one is longer than 1,024 bytes, or there is none at all.
 */
export function answerBytes({ answers, code = '' }: Answers, norm: AnswerNormalisation): Bytes | undefined {
  const pieces = answers.map((answer) => tryNormalise(normaliseAnswer(answer), 'opaque'));
  if (norm === 'answers-code') pieces.push(tryNormalise(code, 'code'));
  if (answers.length === 0 || pieces.includes(undefined)) return undefined;
  return concat(...pieces.flatMap((piece = new Uint8Array()) => [u32(piece.length), piece]));
}
