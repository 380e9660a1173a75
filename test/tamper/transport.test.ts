import { encodeText } from '@sealpost/vectors';
import { describe } from 'vitest';
import { forms, longEnvelope, tinyEnvelope } from './envelopes.js';
import { testSweep, type Alteration } from './sweep.js';

const envelopes = [
  ['tiny', tinyEnvelope('pbkdf2')],
  ['of several lines', longEnvelope(2)],
] as const;

// What section 8.4 says transport does. Every copy must open.
describe.each(forms)('%s', (form, write) => {
  describe.each(envelopes)('%s', (size, { sections }) => {
    const text = write(sections);
    const copies = carried(text);
    testSweep(`${size} ${form} in transport`, {
      honest: encodeText(text),
      alterations: () => copies,
      opening: copies.map(({ name }) => name),
    });
  });
});

function carried(text: string): readonly Alteration[] {
  const lineEnds = [
    ['LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['CR', text.replaceAll('\n', '\r')],
    ['blanks at line ends', text.replaceAll('\n', ' \t \n')],
    ['blanks at line ends and CRLF', text.replaceAll('\n', ' \r\n')],
    ['no last line end', text.trimEnd()],
    ['more line ends at the end', `${text}\n\n`],
  ] as const;
  const encodings = ['utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be'] as const;
  return lineEnds.flatMap(([name, changed]) =>
    encodings.map((encoding) => ({ name: `${name}, ${encoding}`, file: encodeText(changed, encoding) })),
  );
}
