import { EnvelopeError, PAGE_ID_SUFFIX, type Address, type MessageHeaders } from '@sealpost/core';
import type { Opened } from '../open.js';
import type { OpenedReply } from '../opened-reply.js';
import type { MailAttachment } from './body.js';
import { writeMail } from './write-mail.js';

export interface ReplyMailOptions {
  /** Whom the mail names as its recipients. Default: the To that the reply's writer sealed, and of a reply to all the Cc, too. */
  readonly to?: readonly Address[];
}

/**
 * Writes a reply that `open` took as raw mail, ready to be delivered inside. What its writer claims is not believed: From is who wrote
 * it as the sender's side knows it, In-Reply-To and References are those of the message that it answers, and there is no Sender, no
 * Reply-To and no original. The writer's own are subject, date, name, body and attachments; and To and Cc, which need not be those of the
 * message: whoever delivers the mail knows to whom.
 *
 * Where the envelope was for several, From is that of them who claims to have written it, else the first, and its name says "one of
 * 2 recipients".
 *
 * @param opened - not changed, and not closed. Its attachments are in memory together.
 * @throws EnvelopeError `INVALID_ARGUMENT` where `opened` is no reply that was proved to be one, and as `writeMail`; `DAMAGED` where an
 *   attachment does not verify.
 */
export async function replyMail(
  { message, attachments, reply }: Pick<Opened, 'message' | 'attachments' | 'reply'>,
  options: ReplyMailOptions = {},
): Promise<Uint8Array> {
  if (reply === undefined)
    throw new EnvelopeError('INVALID_ARGUMENT', 'opened is no reply whose author is known: write it with writeMail');
  const inMemory: MailAttachment[] = [];
  for (const attachment of attachments) {
    const { name, type, contentId, inline } = attachment;
    const content = await attachment.bytes();
    inMemory.push({ name, type, content, inline, ...(contentId === undefined ? {} : { contentId }) });
  }
  return writeMail({ ...message, headers: deliveredHeaders(message.headers, reply, options), attachments: inMemory });
}

function deliveredHeaders(sealed: MessageHeaders, reply: OpenedReply, options: ReplyMailOptions): MessageHeaders {
  const { subject, date, messageId } = sealed;
  return {
    from: [authorOf(sealed, reply)],
    ...recipientsOf(sealed, reply, options),
    ...(subject === undefined ? {} : { subject }),
    ...(date === undefined ? {} : { date }),
    messageId: messageId !== undefined && isPageId(messageId) ? messageId : `${reply.id}${PAGE_ID_SUFFIX}`,
    ...threadOf(sealed, reply),
  };
}

function recipientsOf(
  { to = [], cc = [] }: MessageHeaders,
  { kind }: OpenedReply,
  options: ReplyMailOptions,
): Pick<MessageHeaders, 'to' | 'cc'> {
  if (options.to !== undefined) return { to: options.to };
  return kind === 'replyAll' ? { to, cc } : { to };
}

/** Always one of the addresses that the envelope was for, as the sender's side wrote it. */
function authorOf({ from: [claimed] = [] }: MessageHeaders, { authors }: OpenedReply): Address {
  const [first, ...others] = authors;
  if (first === undefined) throw new EnvelopeError('INVALID_ARGUMENT', 'reply has nobody who may have written it');
  const own = authors.find((address) => address.toLowerCase() === claimed?.address.toLowerCase());
  const name = own === undefined ? '' : displayName(claimed);
  if (others.length === 0) return { name, address: first };
  // In front, where neither a long name nor one that turns the writing direction hides it.
  const doubt = `one of ${String(authors.length)} recipients`;
  return { name: name === '' ? doubt : `${doubt} (${name})`, address: own ?? first };
}

/** Many programs show the name alone: one with an address in it could pass for somebody else. */
function displayName(claimed: Address | undefined): string {
  const name = claimed?.name ?? '';
  return name.includes('@') ? '' : name.replace(DIRECTION, '');
}

/** Embeddings, overrides and isolates of the writing direction. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** What the message answered, the message, and the replies since, which pages wrote. */
function threadOf(
  { references = [] }: MessageHeaders,
  { thread }: OpenedReply,
): Pick<MessageHeaders, 'inReplyTo' | 'references'> {
  const { messageId } = thread;
  const answered = messageId === undefined ? [] : [messageId];
  const since = references.slice(messageId === undefined ? 0 : references.lastIndexOf(messageId) + 1).filter(isPageId);
  const inReplyTo = [...answered, ...since].at(-1);
  return {
    references: [...thread.references, ...answered, ...since],
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
  };
}

/** Whether it is an identifier as pages write them, and fits on a line. */
function isPageId(id: string): boolean {
  return id.endsWith(PAGE_ID_SUFFIX) && /^[\w.-]{1,200}@[a-z.]+$/.test(id);
}
