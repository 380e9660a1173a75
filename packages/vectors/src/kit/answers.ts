import { concat, u32, utf8 } from './bytes.js';
import { normalise } from './normalise.js';

/** How answers become bytes (section 6.1): alone, or with a code behind them. */
export type AnswerNorm = 'answers' | 'answers-code';

/** What is typed for the questions of a face, in their order, and the code that was told on another way. */
export interface Answers {
  readonly answers: readonly string[];
  readonly code?: string;
}

const greatestAnswer = 1024;

/** What is left of one answer (section 6.1). */
export function normaliseAnswer(answer: string): string {
  return answer
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[\u0640\u02bb\u02bc]/g, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('\u03c2', '\u03c3')
    .normalize('NFKC');
}

/** What a slot's key is derived from; undefined where the rules leave too little or too much of an answer, or of the code. */
export function answerSecret({ answers, code }: Answers, norm: AnswerNorm): Uint8Array | undefined {
  const pieces = answers.map((answer) => bounded(utf8(normaliseAnswer(answer))));
  if (norm === 'answers-code') pieces.push(code === undefined ? undefined : normalise(code, 'code'));
  return pieces.every((piece) => piece !== undefined) ? joinAnswers(pieces) : undefined;
}

/** Each piece behind its length. */
export function joinAnswers(pieces: readonly Uint8Array[]): Uint8Array {
  return concat(...pieces.flatMap((piece) => [u32(piece.length), piece]));
}

function bounded(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length >= 1 && bytes.length <= greatestAnswer ? bytes : undefined;
}
