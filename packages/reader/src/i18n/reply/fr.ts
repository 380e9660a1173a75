import type { ReplyStrings } from './keys.js';

export const fr: ReplyStrings = {
  reply: 'Répondre',
  replyAll: 'Répondre à tous',
  forward: 'Transférer',
};
