import type { Manifest } from './manifest.js';
import { readOffer } from './offer.js';
import type { Token } from './token.js';

/** Why a reply that opened may not be taken, of the reasons that need no memory of other replies. */
export type RefusalReason = 'expired' | 'kind' | 'thread';

/** What a reader says of a reply whose slot opened (section 5.5). */
export type Verdict =
  { readonly kind: string; readonly authors: readonly string[] } | { readonly refused: RefusalReason };

/** What identifiers that pages write end with. */
const pageSuffix = '@sealpost.invalid';

const longestThread = { kept: 20, last: 19 };

/** Whether a reply may be taken at a time, in seconds since 1970. */
export function judgeReply(token: Token, { headers, reply }: Manifest, at: number): Verdict {
  const { recipients, actions, expires } = token;
  if (at > expires) return { refused: 'expired' };
  const kind = readOffer(reply)?.kind;
  if (kind === undefined || !actions.includes(kind)) return { refused: 'kind' };
  return isInThread(token, headers) ? { kind, authors: recipients } : { refused: 'thread' };
}

function isInThread({ messageId, references }: Token, headers: Manifest['headers']): boolean {
  // The manifest was checked: these are what section 7.2 says.
  const thread = (headers['references'] ?? []) as readonly string[];
  if (headers['inReplyTo'] !== thread.at(-1)) return false;
  if (messageId === undefined) return thread.every(isFromPage);
  return thread.some((id, at) => {
    const [before, behind] = [thread.slice(0, at), thread.slice(at + 1)];
    return id === messageId && shortened(before).join('\n') === references.join('\n') && behind.every(isFromPage);
  });
}

function isFromPage(id: string): boolean {
  return id.endsWith(pageSuffix);
}

/** Of more than 20 references, the first and the last 19. */
export function shortened(references: readonly string[]): readonly string[] {
  const { kept, last } = longestThread;
  return references.length > kept ? [...references.slice(0, kept - last), ...references.slice(-last)] : references;
}
