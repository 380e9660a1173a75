import type { Inspected } from 'sealpost';
import { usageFailure } from './failure.js';
import { askSecrets, readSecretText } from './secret-input.js';

/** Answers to the questions of an envelope, and the code that belongs to them: from a file or the terminal (spec/cli.md, section 8). */

/** What an envelope asks. */
export interface Asked {
  readonly questions: readonly string[];
  /** Whether a code stands behind the answers. */
  readonly takesCode: boolean;
}

/** As `open` of the library takes it. */
export interface GivenAnswers {
  readonly answers: readonly string[];
  readonly code?: string;
}

/** Undefined where no answers open it: slots without a question in the face do not. */
export function askedBy({ slots, face: { questions = [] } }: Inspected): Asked | undefined {
  const asking = slots.filter(({ type }) => type === 'answer');
  if (asking.length === 0 || questions.length === 0) return undefined;
  return { questions, takesCode: asking.some(({ norm }) => norm === 'answers-code') };
}

/** One in each line, in the order of the questions, and the code in the last. */
export async function readAnswersFile(path: string, asked: Asked): Promise<GivenAnswers> {
  const lines = (await readSecretText(path, 'answers')).split(/\r?\n/);
  const { questions, takesCode } = asked;
  const wanted = questions.length + (takesCode ? 1 : 0);
  if (lines.length !== wanted) {
    const answers = `${questions.length} ${questions.length === 1 ? 'answer' : 'answers'}`;
    throw usageFailure(
      `the answers file has ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}, and the envelope takes ${wanted}`,
      takesCode ? `${answers}, each in a line, and the code in the last` : `${answers}, each in a line, and no code`,
    );
  }
  const empty = lines.findIndex((line) => line.trim() === '');
  if (empty !== -1) throw usageFailure(`line ${empty + 1} of the answers file is empty`);
  return given(lines, asked);
}

/** The questions are the envelope's own words: each is said to be the sender's. */
export async function askAnswers(asked: Asked): Promise<GivenAnswers> {
  const prompts = asked.questions.map((question) => ({
    question: `the sender asks: ${question} (not shown):`,
    what: 'the answer',
  }));
  if (asked.takesCode)
    prompts.push({ question: 'the code that belongs to the answers (not shown):', what: 'the code' });
  const missing = ['no answers, and no terminal to ask for them', 'give them with --answers-file'] as const;
  return given(await askSecrets(prompts, missing), asked);
}

function given(texts: readonly string[], { questions, takesCode }: Asked): GivenAnswers {
  const code = takesCode ? texts.at(-1) : undefined;
  return { answers: texts.slice(0, questions.length), ...(code === undefined ? {} : { code }) };
}
