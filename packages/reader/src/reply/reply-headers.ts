import {
  hex,
  PAGE_ID_SUFFIX,
  randomBytes,
  type Address,
  type MessageHeaders,
  type ReplyAction,
  type ReplyInfo,
} from '@sealpost/core';

/** The one person whom a message was for: whoever answers it writes as that person. `undefined` where there were several. */
export function ownAddress({ to = [], cc = [] }: MessageHeaders): Address | undefined {
  const [own, ...others] = [...to, ...cc];
  return others.length === 0 ? own : undefined;
}

/** Whom a reply to the message goes to. */
export function replyAddresses(
  { to: all = [], cc = [] }: MessageHeaders,
  { to }: ReplyInfo,
  action: ReplyAction,
): Pick<MessageHeaders, 'to' | 'cc'> {
  if (action === 'forward') return {};
  if (action === 'reply') return { to };
  const others = (list: readonly Address[]): readonly Address[] =>
    list.filter(({ address }) => !to.some((one) => one.address === address));
  return { to: [...to, ...others(all)], cc: others(cc) };
}

/** What the writer's mail program would call the answer to a subject that may be an answer already. */
export function replySubject(subject = '', action: ReplyAction): string {
  const prefix = action === 'forward' ? 'Fwd: ' : 'Re: ';
  return subject.toLowerCase().startsWith(prefix.toLowerCase()) ? subject : `${prefix}${subject}`;
}

/** Headers of what is written in the page at the time `now`. A forward begins a thread of its own. */
export function replyHeaders(
  original: MessageHeaders,
  info: ReplyInfo,
  action: ReplyAction,
  now: Date,
): MessageHeaders {
  const own = ownAddress(original);
  const { messageId, references = [], subject } = original;
  return {
    ...(own && { from: [own] }),
    ...replyAddresses(original, info, action),
    subject: replySubject(subject, action),
    date: localDate(now),
    messageId: `${hex(randomBytes(16))}${PAGE_ID_SUFFIX}`,
    ...(action !== 'forward' && messageId !== undefined
      ? { inReplyTo: messageId, references: [...bounded(references), messageId] }
      : {}),
  };
}

/** The first and the last ones: more than whoever checks a thread looks at. */
function bounded(references: readonly string[]): readonly string[] {
  return references.length > 100 ? [...references.slice(0, 1), ...references.slice(-99)] : references;
}

/** RFC 3339, with the writer's own offset. */
function localDate(now: Date): string {
  const offset = -now.getTimezoneOffset();
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  const minutes = Math.abs(offset);
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
