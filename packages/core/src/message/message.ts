/** One mailbox: a display name (may be empty) and an address (`local@domain`, may hold non-ASCII). */
export interface Address {
  readonly name: string;
  readonly address: string;
}

/** The headers of a message that an envelope carries. There is no Bcc: it never enters an envelope. */
export interface MessageHeaders {
  readonly from?: readonly Address[];
  readonly sender?: Address;
  readonly replyTo?: readonly Address[];
  readonly to?: readonly Address[];
  readonly cc?: readonly Address[];
  readonly subject?: string;
  /** RFC 3339 with the author's own offset, e.g. `2026-11-22T05:30:00+01:00`. */
  readonly date?: string;
  /** Message identifiers without their angle brackets. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
}

/**
 * Bytes of an attachment: in memory, not to be changed until the file is made, or read once as a stream, whose pieces are the
 * maker's again when the next one is asked for.
 */
export type Content = Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** An attachment as the caller hands it in. The content is not changed and not kept after sealing. */
export interface AttachmentInput {
  /** As the author wrote it; readers clean it before they use it as a file name. */
  readonly name: string;
  /** Media type without parameters but for those that matter (`text/calendar; method=REQUEST`). */
  readonly type: string;
  readonly content: Content;
  /** Content-ID without angle brackets, the target of `cid:` in the HTML body. */
  readonly contentId?: string;
  /** True when the author meant it to be shown within the body, not listed. */
  readonly inline?: boolean;
}

/** A message to be sealed. */
export interface Message {
  readonly headers: MessageHeaders;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly AttachmentInput[];
  /** The exact RFC 5322 bytes, when they are to travel too (a signed mail). */
  readonly original?: Content;
}
