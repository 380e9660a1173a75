import type { ReplyStrings } from './keys.js';

export const it: ReplyStrings = {
  reply: 'Rispondi',
  replyAll: 'Rispondi a tutti',
  forward: 'Inoltra',
};
