import type { ReplyStrings } from './keys.js';

export const ar: ReplyStrings = {
  reply: 'رد',
  replyAll: 'رد على الكل',
  forward: 'إعادة توجيه',
};
