import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildWorkedExample, encodeText, openFile, utf8, writeDataForm, writeWorkedExample } from '@sealpost/vectors';

const spec = readFileSync(new URL('../../../spec/envelope-v1.md', import.meta.url), 'utf8');

it('stands in Appendix A as the kit makes it: run tools/make-worked-example.mjs where it does not', () => {
  const [, appendix] = /<!-- worked-example:[^\n]*-->\n\n(.*)\n\n<!-- end of worked-example -->\n/s.exec(spec) ?? [];
  expect(appendix).toBe(writeWorkedExample());
});

it('opens', () => {
  const file = encodeText(writeDataForm(buildWorkedExample().sections));
  const opened = openFile(file, 'seal the post');
  expect(opened.parts.map(({ content }) => content)).toEqual([utf8('Hello.')]);
});
