import type { Bytes } from '../bytes.js';
import { EnvelopeError, type ReplyFault } from '../errors.js';
import type { OpenedEnvelope } from '../open.js';
import { readReplyInfo, type ReplyKind } from './reply-info.js';
import { isInThread } from './thread.js';
import type { ReplyToken } from './token.js';

/** A reply that may be taken: what the token of the sender's side says about it, and so nobody's claim. */
export interface CheckedReply {
  readonly kind: ReplyKind;
  /** Identifier of the envelope that began the exchange, 16 bytes. */
  readonly original: Bytes;
  /** Whom that envelope was for. One of them wrote the reply, whatever its From says. */
  readonly authors: readonly string[];
  /** The message in that envelope, and what it answered: the thread that the reply belongs to. */
  readonly thread: { readonly messageId?: string; readonly references: readonly string[] };
  /** Until when its identifier has to be remembered. */
  readonly expires: Date;
}

/**
 * Looks at whether a reply, whose slot has proved that its maker opened the envelope of the token, may be taken at the time `now`.
 * Throws `REPLY_REFUSED`: for a token that has expired; for a kind of reply that the token does not allow; for another thread than
 * that of the message that the token is of.
 */
export function checkReply(
  token: ReplyToken,
  { reply, headers }: Pick<OpenedEnvelope, 'reply' | 'headers'>,
  now: Date,
): CheckedReply {
  const { id, recipients, actions, expires, messageId, references } = token;
  const until = new Date(expires * 1_000);
  if (Math.floor(now.getTime() / 1_000) > expires)
    throw refused('expired', 'the time for replies to this message is over');
  const kind = readReplyInfo(reply)?.kind;
  if (kind === undefined || !actions.includes(kind))
    throw refused('kind', 'the sender did not offer this kind of reply');
  if (!isInThread(headers, token)) throw refused('thread', 'the reply belongs to the thread of another message');
  return {
    kind,
    original: id,
    authors: recipients,
    thread: { ...(messageId === undefined ? {} : { messageId }), references },
    expires: until,
  };
}

function refused(reason: ReplyFault, message: string): EnvelopeError {
  return new EnvelopeError('REPLY_REFUSED', message, { reason });
}
