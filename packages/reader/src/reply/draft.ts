import { fromUtf8, randomBytes, utf8, type Bytes, type ReplyAction } from '@sealpost/core';
import { openChunked, sealChunked } from '@sealpost/core/page';
import { sealingBackend } from './backend.js';

const CONTEXT = utf8('sealpost/v1 draft\0');

/** What somebody is writing. */
export interface Writing {
  readonly action: ReplyAction;
  readonly text: string;
  /** Of the writer's own device: the browser holds no content of these before it is sealed. */
  readonly files: readonly File[];
  /** Those of the forwarded message's attachments that go along, by number: what was taken out stays out. */
  readonly parts: readonly number[];
}

interface Kept extends Omit<Writing, 'text'> {
  readonly sealed: Promise<Bytes>;
}

let kept: Kept | undefined;

/**
 * Keeps what is being written while the page is locked, in memory alone and sealed under the envelope's draft key (spec/envelope-v1.md,
 * 7.5). The key is copied before this returns: whoever locks wipes it.
 */
export function keepDraft({ text, ...rest }: Writing, key: Bytes): void {
  const own = key.slice();
  const sealed = sealChunked(own, CONTEXT, utf8(text), sealingBackend, randomBytes);
  kept = { ...rest, sealed };
  void sealed.finally(() => own.fill(0));
}

/** What was kept, once; nothing where nothing was, it does not open, or the page was locked meanwhile: then it stays. */
export async function takeDraft(key: Bytes, closed: AbortSignal): Promise<Writing | undefined> {
  if (kept === undefined) return undefined;
  const { sealed, ...rest } = kept;
  const text = await openChunked(key, CONTEXT, await sealed, sealingBackend);
  if (closed.aborted) return undefined;
  kept = undefined;
  return text && { ...rest, text: fromUtf8(text) };
}
