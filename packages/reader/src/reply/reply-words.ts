import type { Language, ReplyAction } from '@sealpost/core';
import { REPLY_KEYS, type ReplyKey } from '../i18n/reply/keys.js';
import { makeText, type Values } from '../words.js';

export type ReplyText = (key: ReplyKey, values?: Values) => string;

const NAMES: Readonly<Record<ReplyAction, ReplyKey>> = { reply: 'reply', replyAll: 'toAll', forward: 'forward' };

/** What the button for an action says. */
export function actionText(action: ReplyAction, text: ReplyText): string {
  return text(NAMES[action]);
}

/** The module's own texts in a language of the page. */
export function replyText({ texts }: Language): ReplyText {
  return makeText<ReplyKey>(texts[1] ?? '', REPLY_KEYS);
}
