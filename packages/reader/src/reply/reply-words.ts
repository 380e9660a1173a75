import type { Language } from '@sealpost/core';
import { REPLY_KEYS, type ReplyKey } from '../i18n/reply/keys.js';
import { makeText, type Values } from '../words.js';

export type ReplyText = (key: ReplyKey, values?: Values) => string;

/** The module's own texts in a language of the page. */
export function replyText({ code }: Language): ReplyText {
  const block = document.querySelector<HTMLScriptElement>(`#sealpost-reply-${code}`);
  return makeText(REPLY_KEYS, JSON.parse(block?.text ?? '[]') as readonly string[]);
}
