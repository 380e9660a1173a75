import type { ReplyStrings } from './keys.js';

export const en: ReplyStrings = {
  reply: 'Reply',
  replyAll: 'Reply to all',
  forward: 'Forward',
};
