import type { MessageHeaders } from '../message/message.js';
import type { ReplyToken } from './token.js';

/** Ends the identifiers of messages that pages write. No host has this name (RFC 2606). */
export const PAGE_ID_SUFFIX = '@sealpost.invalid';

/** Identifiers of a thread that a token holds. */
const MAX_REFERENCES = 20;

/** A thread as a token holds it: the first identifier, and the last ones before the message. */
export function shortThread(references: readonly string[]): readonly string[] {
  return references.length <= MAX_REFERENCES
    ? references
    : [...references.slice(0, 1), ...references.slice(1 - MAX_REFERENCES)];
}

/**
 * Whether a reply is in the thread of its token: what that message answered, the message, and replies that pages wrote, of which it
 * answers the last. One with any other identifier would be shown in the middle of a conversation that it is no part of.
 */
export function isInThread({ inReplyTo, references = [] }: MessageHeaders, token: ReplyToken): boolean {
  const { messageId, references: before } = token;
  if (inReplyTo !== references.at(-1)) return false;
  if (messageId === undefined) return references.every(isPageId);
  // The last: some programs list a message among its own references.
  const at = references.lastIndexOf(messageId);
  const start = shortThread(references.slice(0, at));
  return (
    at >= 0 &&
    start.length === before.length &&
    start.every((id, index) => id === before[index]) &&
    references.slice(at + 1).every(isPageId)
  );
}

function isPageId(id: string): boolean {
  return id.endsWith(PAGE_ID_SUFFIX);
}
