import { EnvelopeError, HEADER_TAG, MAX_LINE } from '@sealpost/core';

/** Bytes that are looked at together. The header of a page begins within the first of them: style and first paint are before it. */
const CHUNK = 131_072;

const LF = 0x0a;

/**
 * The form of an envelope's file. Throws `INVALID_ARGUMENT` for anything that is no envelope as `seal` makes it, so that no other
 * file goes out in its place, and no line of it is changed by a mail system (spec/envelope-v1.md, section 8.4).
 */
export function checkEnvelopeFile(file: Uint8Array): 'html' | 'data' {
  const decoder = new TextDecoder();
  const head = decoder.decode(file.subarray(0, CHUNK));
  const form = head.startsWith('sealpost/1\n') ? 'data' : head.includes(`\n${HEADER_TAG}`) ? 'html' : undefined;
  if (form === undefined) throw notAnEnvelope('no envelope');
  for (let at = 0; at < file.length; at += CHUNK) {
    const text = decoder.decode(file.subarray(at, at + CHUNK));
    if (/[^\n -~]/.test(text)) throw notAnEnvelope('an envelope whose bytes were changed');
  }
  let lineStart = 0;
  for (let end = file.indexOf(LF); end !== -1; end = file.indexOf(LF, lineStart)) {
    if (end - lineStart > MAX_LINE) throw notAnEnvelope('an envelope with a line that is too long');
    lineStart = end + 1;
  }
  if (lineStart !== file.length) throw notAnEnvelope('an envelope without its last line end');
  return form;
}

function notAnEnvelope(what: string): EnvelopeError {
  return new EnvelopeError(
    'INVALID_ARGUMENT',
    `sealed.bytes() gives ${what}; hand in what seal() returned, or its file as it was written`,
  );
}
