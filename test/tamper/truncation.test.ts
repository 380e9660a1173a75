import { encodeText } from '@sealpost/vectors';
import { describe } from 'vitest';
import { forms, tinyEnvelope } from './envelopes.js';
import { testSweep, type Alteration } from './sweep.js';

describe.each(forms)('truncation of the %s', (form, write) => {
  const text = write(tinyEnvelope('pbkdf2').sections);
  // What may go: the last line feed of the data form, and what the page has behind its last block.
  const needed = form === 'data form' ? text.length - 1 : text.lastIndexOf('</script>') + '</script>'.length;

  testSweep(`every length of the ${form}`, {
    honest: encodeText(text),
    alterations: () => copies(text, 0, text.length),
    opening: copies(text, needed, text.length).map(({ name }) => name),
  });
});

function copies(text: string, from: number, to: number): Alteration[] {
  return Array.from({ length: to - from }, (_, i) => ({
    name: `${from + i} bytes`,
    file: encodeText(text.slice(0, from + i)),
  }));
}
