import { findVariables, renamed } from './variables.mjs';

const FIRST = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_';
const NEXT = `${FIRST}0123456789`;
/** Words of the language that are as short. */
const WORDS = /^(?:as|do|if|in|of)$/;

/**
 * Gives a program's variables their shortest names: whatever is named most often first, and the same name again where no place
 * could mean both. Minifiers give them in the order of declarations.
 *
 * @param {string} code
 */
export function withShortVariables(code) {
  const { variables } = findVariables(code);
  const shortest = candidates();
  /** @type {Map<unknown, Set<string>>} */
  const taken = new Map();
  /** @type {Map<unknown, string>} */
  const names = new Map();
  for (const variable of [...variables].sort((a, b) => b.places.length - a.places.length)) {
    const near = [...variable.scopes].map((scope) => taken.get(scope));
    const name = shortest.find((one) => !near.some((set) => set?.has(one)));
    if (name === undefined) throw new Error('there are more variables than short names');
    names.set(variable, name);
    for (const scope of variable.scopes) taken.set(scope, (taken.get(scope) ?? new Set()).add(name));
  }
  return renamed(code, variables, (variable) => names.get(variable) ?? '');
}

function candidates() {
  const first = FIRST.split(/(?=.)/);
  return [...first, ...first.flatMap((start) => NEXT.split(/(?=.)/).map((end) => start + end))].filter(
    (name) => !WORDS.test(name),
  );
}
