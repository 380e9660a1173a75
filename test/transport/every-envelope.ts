import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vitest/config';

const CHECKED = fileURLToPath(new URL('./checked.ts', import.meta.url));

/** Functions of core by their files: what each begins with, and what it is for tests. */
const WRAPPED = [
  {
    file: '/packages/core/src/document/assemble.ts',
    begins: 'export async function* assemble(',
    unchecked: 'async function* assembleUnchecked(',
    checked:
      'export function assemble(header, page, ...rest) { return checked(assembleUnchecked(header, page, ...rest), header, page); }',
  },
  {
    file: '/packages/core/src/seal.ts',
    begins: 'export async function sealEnvelope(',
    unchecked: 'async function sealUnchecked(',
    checked:
      'export async function sealEnvelope(message, options) { return hidingRecipients(await sealUnchecked(message, options), message); }',
  },
] as const;

/**
 * Makes every envelope that any test assembles from the sources pass the rules of transport and of mail scanners: `assemble` and
 * `sealEnvelope`, through which all of them come, are wrapped while tests load them. A test that builds an envelope which mail
 * transport would change, or a scanner would take for something else, fails, whatever it is about.
 */
export function everyEnvelope(): Plugin {
  return {
    name: 'every-envelope-passes-the-rules-of-transport-and-scanners',
    enforce: 'pre',
    transform(code, id) {
      const found = WRAPPED.find(({ file }) => id.endsWith(file));
      if (found === undefined) return undefined;
      if (!code.includes(found.begins)) throw new Error(`${found.file} has nothing to be wrapped`);
      const wrapped = code.replace(found.begins, found.unchecked);
      return `import { checked, hidingRecipients } from ${JSON.stringify(CHECKED)};\n${wrapped}\n${found.checked}\n`;
    },
  };
}
