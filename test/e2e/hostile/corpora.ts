import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
/** html5's package holds html5lib's tests. */
const html5lib = path.join(path.dirname(require.resolve('html5/package.json')), 'test/data');

/** What DOMPurify is tested with, as its last package that holds it has it. */
export function purifyInputs(): readonly string[] {
  const cases = require('dompurify-inputs/test/fixtures/expect.js') as readonly { readonly payload: string }[];
  return cases.map(({ payload }) => payload);
}

/** What html5lib's tokenizer is tested with: inputs that one tokenizer or another took for something else. */
export function tokenizerInputs(): readonly string[] {
  const folder = path.join(html5lib, 'tokenizer');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test'))
    .flatMap((name) => {
      const { tests = [] } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
        readonly tests?: readonly { readonly input: string; readonly doubleEscaped?: boolean }[];
      };
      return tests.map(({ input, doubleEscaped }) =>
        doubleEscaped === true
          ? input.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
          : input,
      );
    });
}

/** What html5lib's tree builder is tested with. */
export function treeInputs(): readonly string[] {
  const folder = path.join(html5lib, 'tree-construction');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.dat'))
    .flatMap((name) =>
      `\n${readFileSync(path.join(folder, name), 'utf8')}`
        .split('\n#data\n')
        .slice(1)
        .map((one) => one.slice(0, one.indexOf('\n#errors'))),
    );
}
