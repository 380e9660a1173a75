import { buildEnvelope, type BuiltEnvelope, type EnvelopeRecipe, type Section } from '@sealpost/vectors';
import { recipe } from './envelopes.js';
import type { Outcome } from './openers.js';

/** An envelope with one thing wrong with it, by a writer that means it: everything else is made to fit. */
export interface WrongEnvelope {
  readonly name: string;
  readonly expected: Outcome;
  readonly build: () => readonly Section[];
}

/** One that is wrong by what its recipe says or by a lie in it. */
export function wrong(name: string, expected: Outcome, changes: Partial<EnvelopeRecipe>): WrongEnvelope {
  return wrongAfter(name, expected, () => buildEnvelope(recipe(name, changes)));
}

/** One that needs more than a change to the recipe. */
export function wrongAfter(
  name: string,
  expected: Outcome,
  build: () => Pick<BuiltEnvelope, 'sections'>,
): WrongEnvelope {
  return { name, expected, build: () => build().sections };
}
