import type { ReplyStrings } from './keys.js';

export const ja: ReplyStrings = {
  reply: '返信',
  replyAll: '全員に返信',
  forward: '転送',
};
