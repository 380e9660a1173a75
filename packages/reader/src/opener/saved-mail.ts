import PostalMime from 'postal-mime';
import { MAX_FORWARD_DEPTH, MAX_PARTS } from './limits.js';

/** A part of a mail that may be an envelope. */
export interface MailPart {
  /** As the mail says; empty without one. */
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** How much of a file's beginning is looked at. */
const START = 2_000;

/** Whether a file begins with a field of a mail's header (RFC 5322, section 2.2), or with the line that mailboxes put before it. */
export function looksLikeMail(bytes: Uint8Array): boolean {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, START));
  return /^(?:\u00ef\u00bb\u00bf)?\s*(?:From .*\r?\n)?[!-9;-~]{1,76}[\t ]*:/.test(start);
}

/**
 * The parts of a saved mail that may be envelopes, in their order: attachments, those of mails that are forwarded in it, and the mail's
 * own HTML, where some mail programs put the only part. None of what cannot be read as a mail.
 */
export async function mailParts(bytes: Uint8Array, depth = 0): Promise<readonly MailPart[]> {
  const mail = await parse(bytes);
  if (mail === undefined) return [];
  const { attachments, html, text } = mail;
  const parts: MailPart[] = [];
  for (const { filename, mimeType, content } of attachments.slice(0, MAX_PARTS)) {
    // A string only where the parser is asked for one.
    const inside = typeof content === 'string' ? content : new Uint8Array(content as ArrayBuffer);
    if (mimeType === 'message/rfc822' && typeof inside !== 'string') {
      if (depth < MAX_FORWARD_DEPTH) parts.push(...(await mailParts(inside, depth + 1)));
    } else parts.push({ name: filename ?? '', content: inside });
  }
  for (const body of [html, text]) if (body !== undefined) parts.push({ name: '', content: body });
  return parts.slice(0, MAX_PARTS);
}

async function parse(bytes: Uint8Array): Promise<Awaited<ReturnType<PostalMime['parse']>> | undefined> {
  try {
    // Their own bodies are none of this mail's.
    return await new PostalMime({ forceRfc822Attachments: true, maxNestingDepth: 64 }).parse(bytes);
  } catch {
    // It refuses what passes its own limits.
    return undefined;
  }
}
