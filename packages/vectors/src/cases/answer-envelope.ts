import { utf8 } from '../kit/bytes.js';
import type { EnvelopeRecipe } from '../kit/envelope.js';
import type { JsonObject } from '../kit/header-json.js';
import { smallestPbkdf2, type Pbkdf2 } from '../kit/kdf.js';

/** The KDF of answers in the vectors. */
export const answerKdf: Pbkdf2 = smallestPbkdf2(utf8('a salt of a test'));

/** A face that asks so many questions. */
export function asking(count: number): JsonObject {
  return { questions: ['Where?', 'When?', 'Who?'].slice(0, count) };
}

/** A small message: what is special about these vectors is never in it. */
export const answered: EnvelopeRecipe['message'] = {
  parts: [{ role: 'text', type: 'text/plain', content: utf8('Hi.') }],
};
