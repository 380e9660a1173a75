import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vitest/config';

const RULES = fileURLToPath(new URL('./transport-rules.ts', import.meta.url));
const SIGNATURE = 'export async function* assemble(';

/**
 * Makes every envelope that any test assembles from the sources pass the transport rules: `assemble`, through which all of them
 * come, is wrapped while tests load it. A test that builds an envelope which mail transport would change fails, whatever
 * it is about.
 */
export function everyEnvelope(): Plugin {
  return {
    name: 'every-envelope-passes-the-transport-rules',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/packages/core/src/document/assemble.ts')) return undefined;
      if (!code.includes(SIGNATURE)) throw new Error('assemble.ts has no assemble to be wrapped');
      const wrapped = code.replace(SIGNATURE, 'async function* assembleUnchecked(');
      return `import { checked } from ${JSON.stringify(RULES)};\n${wrapped}\nexport function assemble(...args) { return checked(assembleUnchecked(...args)); }\n`;
    },
  };
}
