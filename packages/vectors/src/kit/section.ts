import { foldDigits, encodeBase85 } from './base85.js';

/**
 * One text of an envelope, whatever the form: the header, a block or the end block. An array of these is what both
 * forms write and read, so a wrong file is made by changing the array or a text in it.
 */
export interface Section {
  /** The element's id in the HTML form: `sealpost-header`, `sealpost-payload-0`, ..., `sealpost-payload-end`. */
  readonly id: string;
  /** Lines joined by line feeds, without one at the end. */
  readonly text: string;
}

/** With the blank that {@link foldHeader} may add, 900. */
const headerLineLength = 899;

/** An honest file's sections, in order. */
export function sectionsOf(headerBytes: Uint8Array, blocks: readonly Uint8Array[], end: Uint8Array): Section[] {
  return [
    { id: 'sealpost-header', text: foldHeader(Buffer.from(headerBytes).toString('latin1')) },
    ...blocks.map((block, i) => ({ id: `sealpost-payload-${i}`, text: foldDigits(encodeBase85(block)) })),
    { id: 'sealpost-payload-end', text: foldDigits(encodeBase85(end)) },
  ];
}

/**
 * Lines of at most 900 characters. One that would begin with a full stop begins with a blank, which means nothing there:
 * to end the line before it a little earlier is no way out, since a face can hold a thousand full stops in a row.
 */
function foldHeader(text: string): string {
  const lines = text.match(new RegExp(`.{1,${headerLineLength}}`, 'g')) ?? [];
  return lines.map((line) => line.replace(/^\./, ' .')).join('\n');
}
