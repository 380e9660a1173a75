import { encodeText, writeHtmlForm } from '@sealpost/vectors';
import { bitFlips, flipName } from './bit-flips.js';
import { tinyEnvelope } from './envelopes.js';
import { testSweep } from './sweep.js';

const page = writeHtmlForm(tinyEnvelope('pbkdf2').sections);
const file = encodeText(page);

// What stands before the line feed in front of the header's start tag, and behind the last end tag, is the page's own: a
// decoder does not look at it.
const own = [
  ...positions(0, page.indexOf('\n<script')),
  ...positions(page.lastIndexOf('</script>') + '</script>'.length, page.length),
];
const opening = own.flatMap((at) => Array.from({ length: 8 }, (_, bit) => flipName(at, bit)));

testSweep('every bit of an HTML form', { honest: file, alterations: () => bitFlips(file), opening });

function positions(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
