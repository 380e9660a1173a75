import { EnvelopeError, type Question } from 'sealpost';
import { usageFailure, type Failure } from './failure.js';
import { readSecretText } from './secret-input.js';

/** Questions and their answers, in the file of `seal --question-file` (spec/cli.md, 2.3). */

const MAX_QUESTIONS = 3;
/** In UTF-16 code units (spec/envelope-v1.md, section 4.3). */
const MAX_QUESTION_LENGTH = 500;

export interface QuestionFile {
  readonly questions: readonly Question[];
  /** In which line the answer of each stands, from 1. */
  readonly answerLines: readonly number[];
}

/** Reads it. Says of a file that is not as it should be which line is wrong, and nothing of what it holds. */
export async function readQuestionFile(path: string): Promise<QuestionFile> {
  const lines = (await readSecretText(path, 'questions')).split(/\r?\n/);
  const questions: Question[] = [];
  const answerLines: number[] = [];
  let asked: string | undefined;
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const text = line.trim();
    if (/\p{Cc}/u.test(text)) throw wrongLine(number, 'holds a control character');
    if (asked !== undefined) {
      if (text === '') throw wrongLine(number, 'is empty, and should be the answer to the question above it');
      questions.push({ question: asked, answer: text });
      answerLines.push(number);
      asked = undefined;
    } else if (text === '') {
      if (questions.length === 0) throw wrongLine(number, 'is empty, and should be a question');
      if (number === lines.length) throw wrongLine(number, 'is empty, and no question follows');
    } else {
      // Or the second line of an answer would be shown to everybody, as a question.
      if (answerLines.at(-1) === index) throw wrongLine(number, 'should be empty: it stands under an answer');
      if (questions.length === MAX_QUESTIONS) throw wrongLine(number, `is one question more than ${MAX_QUESTIONS}`);
      if (text.length > MAX_QUESTION_LENGTH)
        throw wrongLine(number, `has ${text.length} characters, more than ${MAX_QUESTION_LENGTH}`);
      asked = text;
    }
  }
  if (asked !== undefined) throw wrongLine(lines.length, 'is a question without an answer under it');
  return { questions, answerLines };
}

function wrongLine(number: number, said: string): Failure {
  return usageFailure(
    `line ${number} of the question file ${said}`,
    'write a question, its answer under it, and an empty line before the next question',
  );
}

/** The library's words about an answer, with the line that it stands in. */
export function inQuestionFile(error: unknown, { answerLines }: QuestionFile): unknown {
  if (!(error instanceof EnvelopeError)) return error;
  const said = error.message.replace(
    /^answer (\d)/,
    (_all, number: string) => `the answer in line ${answerLines[Number(number) - 1] ?? 0} of the question file`,
  );
  return said === error.message ? error : new EnvelopeError(error.code, said);
}
