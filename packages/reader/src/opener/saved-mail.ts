import { EnvelopeError } from '@sealpost/core';
import PostalMime from 'postal-mime';
import {
  MAX_FORWARD_DEPTH,
  MAX_MAIL_DEPTH,
  MAX_MAIL_HEADER_BYTES,
  MAX_MAIL_LINES,
  MAX_MARKS,
  MAX_PARTS,
} from './limits.js';

/** A part of a mail that may be an envelope. */
export interface MailPart {
  /** As the mail says; empty without one. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** How much of a file's beginning is looked at. */
const START = 2_000;

/** Whether a file begins with a field of a mail's header (RFC 5322, section 2.2), or with the line that mailboxes put before it. */
export function looksLikeMail(bytes: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, START));
  return /^(?:\u00ef\u00bb\u00bf)?\s*(?:From .*\r?\n)?[!-9;-~]{1,76}[\t ]*:/.test(start);
}

/**
 * A parser that takes a mail's texts for attachments too. As bodies it would join them, so that two envelopes are none and one is not the
 * file that was sent; and it would make a text of the HTML, which takes minutes where somebody wants it to.
 */
class PartParser extends PostalMime {
  isInlineTextNode(): boolean {
    return false;
  }
}

/**
 * The parts of a saved mail that may be envelopes, in their order: attachments, those of mails that are forwarded in it, and texts, which
 * is what some mail programs send an attachment as. None of what cannot be read as a mail. Throws `LIMIT` for one that would take a parser too long.
 */
export async function mailParts(bytes: Uint8Array, depth = 0): Promise<readonly MailPart[]> {
  const attachments = await parse(bytes);
  const parts: MailPart[] = [];
  for (const { filename, mimeType, content } of attachments.slice(0, MAX_PARTS)) {
    // A string only where the parser is asked for one.
    const inside = new Uint8Array(content as ArrayBuffer);
    if (mimeType === 'message/rfc822') {
      if (depth < MAX_FORWARD_DEPTH) parts.push(...(await mailParts(inside, depth + 1)));
    } else parts.push({ name: filename ?? '', content: inside });
  }
  return parts.slice(0, MAX_PARTS);
}

async function parse(bytes: Uint8Array): Promise<Awaited<ReturnType<PostalMime['parse']>>['attachments']> {
  if (isTooMuch(bytes)) throw new EnvelopeError('LIMIT', 'mail has too many lines');
  try {
    const parser = new PartParser({
      forceRfc822Attachments: true,
      maxNestingDepth: MAX_MAIL_DEPTH,
      maxHeadersSize: MAX_MAIL_HEADER_BYTES,
    });
    return (await parser.parse(bytes)).attachments;
  } catch {
    // It refuses what passes its own limits.
    return [];
  }
}

const LF = 0x0a;
const DASH = 0x2d;

/** Whether a mail has more lines, or lines that may begin a part, than a parser takes in its stride: each is an object of its own there. */
function isTooMuch(bytes: Uint8Array): boolean {
  let lines = 0;
  let marks = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    lines++;
    if (bytes[at + 1] === DASH && bytes[at + 2] === DASH) marks++;
    if (lines > MAX_MAIL_LINES || marks > MAX_MARKS) return true;
  }
  return false;
}
