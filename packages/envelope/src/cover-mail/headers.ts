import { EnvelopeError, type Address, type MessageHeaders } from '@sealpost/core';
import { cleanLine } from '../clean-line.js';

/** Characters of an ASCII word that fits on a line of mail (998) with all of them escaped. */
const MAX_WORD = 400;

/** Bytes of an address or identifier that fits on a line of mail. No mail system takes an address of more than 320. */
const MAX_ADDRESS = 900;

/**
 * The headers of a cover mail, in a form that always fits into lines of ASCII: a longer word of a subject or name is broken by
 * a blank, and an identifier that does not fit is left out, since nothing could be found by it.
 *
 * Throws `INVALID_ARGUMENT` where there is no From address, or an address that does not fit.
 */
export function coverHeaders(headers: MessageHeaders, subject: string): MessageHeaders {
  const { from = [], sender, replyTo = [], to = [], cc = [], date, messageId, inReplyTo, references = [] } = headers;
  if (!from.some(({ address }) => address !== '')) {
    throw new EnvelopeError('INVALID_ARGUMENT', 'headers.from holds no address, and a mail needs one; give the sender');
  }
  return {
    from: from.map(fitAddress),
    ...(sender === undefined ? {} : { sender: fitAddress(sender) }),
    replyTo: replyTo.map(fitAddress),
    to: to.map(fitAddress),
    cc: cc.map(fitAddress),
    subject: breakLongWords(subject),
    ...(date === undefined ? {} : { date }),
    ...(messageId !== undefined && isIdentifier(messageId) ? { messageId } : {}),
    ...(inReplyTo !== undefined && isIdentifier(inReplyTo) ? { inReplyTo } : {}),
    references: references.filter(isIdentifier),
  };
}

function fitAddress({ name, address }: Address): Address {
  if (address.length > MAX_ADDRESS) {
    throw new EnvelopeError('INVALID_ARGUMENT', `headers hold an address of more than ${MAX_ADDRESS} characters`);
  }
  return { name: breakLongWords(name), address };
}

/** ASCII, since it would have to go unencoded. Control characters are refused later, with all others. */
function isIdentifier(id: string): boolean {
  return id.length <= MAX_ADDRESS && !/\P{ASCII}/u.test(id);
}

function breakLongWords(text: string): string {
  return cleanLine(text).replace(new RegExp(`[!-~]{${MAX_WORD}}(?=[!-~])`, 'g'), '$& ');
}
