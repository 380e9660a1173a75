import { checkReply, EnvelopeError, hex, type OpenedEnvelope, type ReplyKind } from '@sealpost/core';
import type { ReplyToken } from '@sealpost/core/keys';
import type { ReplyLedger } from './reply-ledger.js';

/** A reply that was made by somebody who opened the envelope which it answers. What stands here, the sender's side said itself. */
export interface OpenedReply {
  /** The reply's own identifier, hexadecimal: what a {@link ReplyLedger} notes. */
  readonly id: string;
  /** `replyAll` asks to be sent on to everybody who got the message. */
  readonly kind: ReplyKind;
  /** Identifier of the envelope that began the exchange, hexadecimal. */
  readonly original: string;
  /** Who wrote it, whatever its From says; `undefined` where the envelope was for several. */
  readonly author?: string;
  /** Whom the envelope was for: one of them wrote it. */
  readonly authors: readonly string[];
  /** The message that was sealed in the beginning, and what it answered. */
  readonly thread: { readonly messageId?: string; readonly references: readonly string[] };
  /** Until when {@link OpenedReply.id} has to be remembered. */
  readonly expires: Date;
}

/**
 * Takes a reply. Throws `REPLY_REFUSED`, whose `reason` says why, and what the ledger throws. Without a ledger, the caller looks after
 * second deliveries.
 */
export async function takeReply(
  id: Uint8Array,
  token: ReplyToken,
  opened: OpenedEnvelope,
  ledger: ReplyLedger | undefined,
): Promise<OpenedReply> {
  const { kind, original, authors, thread, expires } = checkReply(token, opened, new Date());
  const [author, ...others] = authors;
  const own = hex(id);
  if ((await ledger?.remember(own, expires)) === false)
    throw new EnvelopeError('REPLY_REFUSED', 'this reply was taken before', { reason: 'repeated' });
  return {
    id: own,
    kind,
    original: hex(original),
    ...(author === undefined || others.length > 0 ? {} : { author }),
    authors,
    thread,
    expires,
  };
}
