import { latin1 } from './latin1.js';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

const BCC = /^(?:resent-)?bcc[ \t]*:/i;

/**
 * The exact bytes of a mail, less its Bcc fields (RFC 5322, section 3.6.3): an envelope goes to people who must not learn of the
 * blind copies. No signature of a mail's content covers them.
 *
 * @param lines - the same bytes with LF line ends, where `raw` has others; positions are the same in both.
 * @param start - where the header begins.
 * @returns `raw` itself where it has no such field.
 */
export function withoutBcc(raw: Uint8Array, lines: Uint8Array, start: number): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  let dropping = false;
  let at = start;
  while (at < lines.length && !isBlankLine(lines, at)) {
    const newline = lines.indexOf(LF, at);
    const next = newline < 0 ? lines.length : newline + 1;
    const continued = lines[at] === SPACE || lines[at] === TAB;
    const drop: boolean = continued ? dropping : BCC.test(latin1(lines, at, Math.min(next, at + 100)));
    if (drop && !dropping) kept.push(raw.subarray(from, at));
    if (!drop && dropping) from = at;
    dropping = drop;
    at = next;
  }
  if (dropping) from = at;
  return kept.length === 0 ? raw : Buffer.concat([...kept, raw.subarray(from)]);
}

function isBlankLine(lines: Uint8Array, at: number): boolean {
  return lines[at] === LF || (lines[at] === CR && lines[at + 1] === LF);
}
